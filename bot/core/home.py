"""What the wings put on somebody's Home and offer for a message: pure values, which Home orders and shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.parts import Json
from bot.words import Mrkdwn


@dataclass(frozen=True)
class TodoItem:
    """One thing its reader can do now. Its sentence is the text at `next.KIND`, filled with `words`.

    `label` is the key of the words on its button; `action` and `pointer` are the action id and value of that button.
    `channel` is Slack's id of where it belongs; `place` is how that is said, where it is no channel with a name;
    `question` is the whole weekly question; `confirm` is asked before anything happens.
    """

    kind: str
    label: str
    action: str
    pointer: str
    channel: str
    words: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    confirm: Json | None = None
    place: Mrkdwn | None = None


@dataclass(frozen=True)
class HomeButton:
    """A button on Home or beside one of its reader's circles: the words on it, what it does and what it points at.

    `waiting` is how many things wait behind it for what its reader thinks.
    """

    label: str
    action: str
    pointer: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class HomeRow:
    """A quiet line on Home, with the button to all that is behind it."""

    text: Mrkdwn
    button: HomeButton


@dataclass(frozen=True)
class OwnCircle:
    """One of its reader's circles: Slack's id of its channel, a sentence about it, and what its reader can do there."""

    channel: str
    text: Mrkdwn
    buttons: tuple[HomeButton, ...] = ()


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
