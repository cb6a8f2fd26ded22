"""What the button under a private answer carries, and what the form of a message knows and says."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.core.errors import Refusal
from bot.core.parts import MOST_FIELDS, Json

# The field in which its author chooses what to make of a message.
USE_FIELD: Final = "what"
_FORM_ID: Final = re.compile(r"[0-9a-f]{16}")
_PRIVATE_MESSAGE: Final = re.compile(r"(D[A-Z0-9]+):([0-9.]+)")


@dataclass(frozen=True)
class PrivateMessage:
    """A message that somebody typed to the bot in private: Slack's ids of the conversation and of the message."""

    channel: str
    ts: str

    def to_value(self) -> str:
        """The value of the button that makes something of it."""
        return f"{self.channel}:{self.ts}"

    @classmethod
    def from_value(cls, value: str) -> "PrivateMessage":
        """What `to_value` wrote; `Refusal` for anything else."""
        found = _PRIVATE_MESSAGE.fullmatch(value)
        if found is None:
            raise Refusal("common.outdated")
        return cls(found[1], found[2])


@dataclass(frozen=True)
class MessageForm:
    """Which message a form is about, and the random id by which sending it twice makes one thing."""

    channel: str
    ts: str
    form: str = field(default_factory=lambda: secrets.token_hex(8))

    def to_metadata(self) -> Json:
        """What comes back with the form."""
        return {"channel": self.channel, "ts": self.ts, "form": self.form}

    @classmethod
    def from_metadata(cls, pointers: Json) -> "MessageForm":
        """What `to_metadata` wrote; `Refusal` for a form that never was ours."""
        form = cls(*(str(pointers.get(name)) for name in ("channel", "ts", "form")))
        if not _FORM_ID.fullmatch(form.form):
            raise Refusal("common.outdated")
        return form


@dataclass(frozen=True)
class MessageAnswer:
    """What the author of a message chose in its form (the value of a `MessageUse`), and the texts of its fields."""

    use: str
    texts: tuple[str, ...]

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "MessageAnswer":
        """What the form says."""
        names = map(text_field_id, range(1, MOST_FIELDS + 1))
        return cls(str(fields.get(USE_FIELD)), tuple(str(fields[name]) for name in names if name in fields))


def text_field_id(number: int) -> str:
    """The id of the field with this number, from 1, in which a part of the text is."""
    return f"text_{number}"
