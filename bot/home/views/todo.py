"""The next things somebody can do, each with the button that does it: on Home, and at the end of every help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.types import confirm_dialog
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# What each kind of thing is done with: the words on its button, and what the button does.
_BUTTONS = {
    "set_up": ("greeting.set_up", names.SET_UP),
    "write": ("case.write", names.WRITE),
    "write_more": ("case.write", names.WRITE),
    "ready": ("case.ready", names.OWNER_READY),
    "start": ("live.start_calm", names.START_CASE),
    "draft": ("reflection.go_on", names.CHANGE_REFLECTION),
    "answer": ("reflection.answer", names.ANSWER),
    "join": ("case.join", names.JOIN_CASE),
    "bring": ("next.bring_button", names.BRING_CASE),
}


@dataclass(frozen=True)
class TodoItem:
    """One thing its reader can do now. `kind` is a word of `_BUTTONS`, `pointer` what its button points at.

    `channel` is Slack's id of where it belongs; `told` fills its text; `question` is the weekly question, whole.
    """

    kind: str
    pointer: str
    channel: str
    told: Mapping[str, str] = field(default_factory=dict)
    question: str = ""


def todo_blocks(speaker: Speaker, thing: TodoItem) -> list[Json]:
    """A thing with its button."""
    texts = [speaker.mrkdwn(f"next.{thing.kind}", place=channel_link(thing.channel), **thing.told)]
    if thing.question:
        first, *others = parts.split(thing.question, parts.SECTION - 500)
        texts = [Mrkdwn(f"{texts[0]}\n{first}"), *others]
    sections = [parts.section(text) for text in texts]
    return [*sections[:-1], {**sections[-1], "accessory": _button(speaker, thing)}]


def all_todo_blocks(speaker: Speaker, things: Iterable[TodoItem]) -> list[Json]:
    """Several things, one under the other."""
    return [block for thing in things for block in todo_blocks(speaker, thing)]


def todo_ending(speaker: Speaker, things: Sequence[TodoItem]) -> list[Json]:
    """How a help ends: with what its reader can do right now, or with how to begin."""
    if not things:
        return [parts.section(speaker.mrkdwn("home.begin"))]
    return [parts.section(speaker.mrkdwn("next.now")), *all_todo_blocks(speaker, things)]


def _button(speaker: Speaker, thing: TodoItem) -> Json:
    label, action = _BUTTONS[thing.kind]
    ask = confirm_dialog(speaker, "start") if thing.kind == "start" else None
    return parts.button(speaker.plain(label), action, thing.pointer, confirm=ask)
