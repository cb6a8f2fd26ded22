"""What can be done with a message that somebody points at, in a small form; or why nothing can."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.home.views import todo as next_things
from bot.home.views.todo import TodoItem
from bot.reflection.types import field_id
from bot.words import Speaker

WHAT = "what"


@dataclass(frozen=True)
class ShortcutChoice:
    """One thing to do: `value` comes back, `kind` is round, case or step, `name` says which, `more` explains it."""

    value: str
    kind: str
    name: str = ""
    more: str = ""


def shortcut_form(speaker: Speaker, choices: Sequence[ShortcutChoice], texts: Sequence[str], pointers: Json) -> Json:
    """What its author can make of a message, with its words to go on with; `texts` is at least one field."""
    blocks = [
        parts.section(speaker.mrkdwn("take_up.stays")),
        parts.input_block(
            WHAT, speaker.plain("take_up.what"), parts.radios(_options(speaker, choices), choices[0].value)
        ),
        *[
            parts.context(speaker.mrkdwn("take_up.explained", name=one.name, text=one.more))
            for one in choices
            if one.more
        ],
        *[_field(speaker, number, text) for number, text in enumerate(texts, start=1)],
    ]
    return parts.modal(
        names.TAKE_UP_FORM,
        speaker.plain("common.bot_name"),
        blocks,
        pointers=pointers,
        close=speaker.plain("common.cancel"),
        submit=speaker.plain("take_up.submit"),
    )


def shortcut_explained(speaker: Speaker, key: str, things: Sequence[TodoItem]) -> Json:
    """Why nothing can be done with this message or what it is, and what its reader can do instead."""
    blocks = [parts.section(speaker.mrkdwn(key)), *next_things.todo_ending(speaker, things)]
    title, close = speaker.plain("common.bot_name"), speaker.plain("common.close")
    return parts.modal("notice", title, blocks, pointers={}, close=close)


def _options(speaker: Speaker, choices: Sequence[ShortcutChoice]) -> list[Json]:
    return [parts.option(speaker.plain(f"take_up.{one.kind}", name=one.name)[:75], one.value) for one in choices]


def _field(speaker: Speaker, number: int, text: str) -> Json:
    label = speaker.plain("take_up.words") if number == 1 else speaker.plain("reflection.going_on")
    return parts.input_block(
        field_id(number), label, parts.text_field(multiline=True, initial=text), optional=number > 1
    )
