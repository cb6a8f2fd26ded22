"""What can be done with a message that somebody points at, in a small form; or why nothing can."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.home.views import todo as next_things
from bot.home.views.todo import TodoItem
from bot.reflection.views.answers import field_id
from bot.words import Speaker

WHAT = "what"


@dataclass(frozen=True)
class ShortcutChoice:
    """One thing to do: `value` comes back, `kind` is round, case or step, `name` says which, `more` explains it."""

    value: str
    kind: str
    name: str = ""
    more: str = ""


def shortcut_form(say: Speaker, choices: Sequence[ShortcutChoice], texts: Sequence[str], pointers: Json) -> Json:
    """What its author can make of a message, with its words to go on with; `texts` is at least one field."""
    blocks = [
        parts.section(say.mrkdwn("take_up.stays")),
        parts.input_block(WHAT, say.plain("take_up.what"), parts.radios(_options(say, choices), choices[0].value)),
        *[parts.context(say.mrkdwn("take_up.explained", name=one.name, text=one.more)) for one in choices if one.more],
        *[_field(say, number, text) for number, text in enumerate(texts, start=1)],
    ]
    return parts.modal(
        names.TAKE_UP_FORM, say.plain("common.bot_name"), blocks,
        pointers=pointers, close=say.plain("common.cancel"), submit=say.plain("take_up.submit"),
    )  # fmt: skip


def shortcut_explained(say: Speaker, key: str, things: Sequence[TodoItem]) -> Json:
    """Why nothing can be done with this message or what it is, and what its reader can do instead."""
    blocks = [parts.section(say.mrkdwn(key)), *next_things.todo_ending(say, things)]
    title, close = say.plain("common.bot_name"), say.plain("common.close")
    return parts.modal("notice", title, blocks, pointers={}, close=close)


def _options(say: Speaker, choices: Sequence[ShortcutChoice]) -> list[Json]:
    return [parts.option(say.plain(f"take_up.{one.kind}", name=one.name)[:75], one.value) for one in choices]


def _field(say: Speaker, number: int, text: str) -> Json:
    label = say.plain("take_up.words") if number == 1 else say.plain("reflection.going_on")
    return parts.input_block(
        field_id(number), label, parts.text_field(multiline=True, initial=text), optional=number > 1
    )
