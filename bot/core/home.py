"""What the wings put on somebody's Home and offer for a message: pure values, which Home orders and shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.parts import Json


@dataclass(frozen=True)
class TodoItem:
    """One thing its reader can do now. Its sentence is the text at `next.KIND`, filled with `words`.

    `label` is the key of the words on its button; `action` and `pointer` are the action id and value of that button.
    `channel` is Slack's id of where it belongs; `question` is the whole weekly question; `confirm` is asked before
    anything happens.
    """

    kind: str
    label: str
    action: str
    pointer: str
    channel: str
    words: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    confirm: Json | None = None


@dataclass(frozen=True)
class HomeButton:
    """A button beside one of its reader's circles: the words on it, what it does and what it points at."""

    label: str
    action: str
    pointer: str


@dataclass(frozen=True)
class OwnCircle:
    """One of its reader's circles, as Home shows it: a sentence about it, and what its reader can do there."""

    text: str
    buttons: tuple[HomeButton, ...]

    def without(self, item: TodoItem) -> "OwnCircle":
        """The same without the button that does what `item` does."""
        others = (one for one in self.buttons if (one.action, one.pointer) != (item.action, item.pointer))
        return OwnCircle(self.text, tuple(others))


@dataclass(frozen=True)
class MessageUse:
    """One thing that can be made of a message: `kind` is round, case or step, `pointer` says of which.

    `name` says which to its reader, `more` explains it.
    """

    kind: str
    pointer: str
    name: str = ""
    more: str = ""

    def to_value(self) -> str:
        """The value of this choice in the form."""
        return f"{self.kind}:{self.pointer}"
