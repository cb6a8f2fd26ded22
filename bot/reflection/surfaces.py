"""What the buttons and forms of the weekly question carry, and what their fields are.

Everything that comes back was sent by a client and may be forged: whether it is this person's, the services check.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.common_fields import LANGUAGE_FIELD
from bot.core.errors import Refusal
from bot.core.parts import MOST_FIELDS, Json

COLLEAGUE, CLOCK, TIME_ZONE = "colleague", "clock", "timezone"
# The field of the answer form that says who it is for, and in it the states that an answer can get.
READERS = "readers"
KEPT, SHARED, SENT, NAMELESS = "kept", "shared", "sent", "nameless"


def field_id(number: int) -> str:
    """The id of the text field with this number, from 1."""
    return f"text_{number}"


def row_number(pointer: object) -> int:
    """The number of a round or circle, from what a client sent; raises `Refusal` for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}", str(pointer)):
        raise Refusal("common.gone")
    return int(str(pointer))


def _text(found: object) -> str | None:
    return found if isinstance(found, str) else None


@dataclass(frozen=True)
class AnswerForm:
    """The form to answer in: its round, its own id, the answer it changes (None: a new one), and what is written.

    `readers` says for whom it is (KEPT, SHARED, SENT or NAMELESS; empty: not chosen), and `colleague` (Slack's id) to
    whom it is sent; `asks_colleague` whether it has a field for that.
    """

    round_id: int
    form_token: str
    reflection_id: str | None = None
    texts: Sequence[str] = ("",)
    language: str | None = None
    readers: str = ""
    colleague: str = ""
    asks_colleague: bool = False

    def to_metadata(self) -> Json:
        """What the form knows without its fields."""
        return {"round": self.round_id, "form": self.form_token, "reflection": self.reflection_id}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "AnswerForm":
        """From what a client sent."""
        return cls(
            round_id=row_number(pointers.get("round")),
            form_token=str(pointers.get("form")),
            reflection_id=_text(pointers.get("reflection")),
            texts=[_text(fields[id]) or "" for id in map(field_id, range(1, MOST_FIELDS + 1)) if id in fields],
            language=_text(fields.get(LANGUAGE_FIELD)),
            readers=chosen if (chosen := str(fields.get(READERS))) in (KEPT, SHARED, SENT, NAMELESS) else "",
            colleague=_text(fields.get(COLLEAGUE)) or "",
            asks_colleague=COLLEAGUE in fields,
        )

    def with_another_field(self) -> "AnswerForm":
        """The same form with one text field more, as long as there may be more."""
        return replace(self, texts=[*self.texts, ""][:MOST_FIELDS])


@dataclass(frozen=True)
class ColleagueForm:
    """The form that asks to which colleague (by Slack's id) an answer goes."""

    reflection_id: str
    colleague: str = ""

    def to_metadata(self) -> Json:
        """What the form knows without its field."""
        return {"send": self.reflection_id}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "ColleagueForm":
        """From what a client sent."""
        return cls(str(pointers.get("send")), str(fields.get(COLLEAGUE)))


@dataclass(frozen=True)
class LookingBackButton:
    """The button of an invitation to look back: the circle, and the key of the season."""

    circle_id: int
    season: str

    def to_value(self) -> str:
        """As the button carries it."""
        return f"{self.circle_id}:{self.season}"

    @classmethod
    def from_value(cls, value: str) -> "LookingBackButton":
        """From what a client sent; raises `Refusal` for what is no circle."""
        circle, _, season = value.partition(":")
        return cls(row_number(circle), season)
