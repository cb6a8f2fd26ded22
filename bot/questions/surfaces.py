"""What the pages and forms of the circle's questions know, and what their fields are.

Everything that comes back was sent by a client and may be forged: whether it may be so, the services check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.parts import Json
from bot.core.text import small_number

# The fields of the forms, and what can be ticked in them.
TEXT, THEME, SAYS = "text", "theme", "says"
NAMED, STUDENTS = "named", "students"
# What somebody is in the library for: to read, to choose for a turn of their own, or to plan a question to come.
READ, TAKE, PLAN = "read", "take", "plan"
# How many members may be required to say that they would answer a question.
SUPPORT_CHOICES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
# The largest number that a database takes for an id.
_LARGEST_ID = 2**31


def circle_number(pointers: Json) -> int:
    """Our id of the circle that a page is about; 0, which no circle has, for anything else."""
    pointer = pointers.get("circle")
    return pointer if type(pointer) is int and 0 < pointer < _LARGEST_ID else 0


def field_id(name: str, form_token: str) -> str:
    """The id of a field in one opening of a form: with the same id again, Slack would keep what was in the last one."""
    return f"{name}:{form_token}"


@dataclass(frozen=True)
class LibraryPlace:
    """Where somebody is in the library of a circle, and what for: at a `theme`, or at all (empty).

    `number` is the question to come that they plan.
    """

    circle_id: int
    purpose: str = READ
    number: int = 0
    theme: str = ""

    def to_metadata(self) -> Json:
        """As the pages of the library know it."""
        return {"circle": self.circle_id, "purpose": self.purpose, "number": self.number, "theme": self.theme}

    @classmethod
    def from_metadata(cls, pointers: Json) -> "LibraryPlace":
        """From what a client sent."""
        purpose, number = pointers.get("purpose"), small_number(str(pointers.get("number")))
        known = purpose if purpose in (TAKE, PLAN) else READ
        return cls(circle_number(pointers), known, number, str(pointers.get("theme")))


@dataclass(frozen=True)
class QuestionForm:
    """The form of a question: the one it changes (empty: a new one), its own id, and what is filled in.

    `says` holds what is ticked: NAMED, STUDENTS.
    """

    circle_id: int
    form_token: str
    question_id: str = ""
    text: str = ""
    theme: str = ""
    says: Sequence[str] = ()

    def to_metadata(self) -> Json:
        """What the form knows without its fields."""
        return {"circle": self.circle_id, "id": self.form_token, "question": self.question_id}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "QuestionForm":
        """From what a client sent."""
        return cls(
            circle_id=circle_number(pointers),
            form_token=str(pointers.get("id")),
            question_id=str(pointers.get("question") or ""),
            text=_text_in(TEXT, pointers, fields).strip(),
            theme=_text_in(THEME, pointers, fields),
            says=_ticked_in(pointers, fields),
        )


@dataclass(frozen=True)
class WordingForm:
    """The form in which a moderator proposes other words for a question."""

    circle_id: int
    form_token: str
    question_id: str
    text: str = ""

    def to_metadata(self) -> Json:
        """What the form knows without its field."""
        return {"circle": self.circle_id, "id": self.form_token, "question": self.question_id}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "WordingForm":
        """From what a client sent."""
        text, question = _text_in(TEXT, pointers, fields), str(pointers.get("question"))
        return cls(circle_number(pointers), str(pointers.get("id")), question, text)


@dataclass(frozen=True)
class TurnForm:
    """The form of a member who chose a question to come: their own answer, and whether the card names them."""

    circle_id: int
    form_token: str
    prompt: str
    text: str = ""
    is_named: bool = False

    def to_metadata(self) -> Json:
        """What the form knows without its fields."""
        return {"circle": self.circle_id, "id": self.form_token, "prompt": self.prompt}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "TurnForm":
        """From what a client sent."""
        return cls(
            circle_id=circle_number(pointers),
            form_token=str(pointers.get("id")),
            prompt=str(pointers.get("prompt")),
            text=_text_in(TEXT, pointers, fields),
            is_named=NAMED in _ticked_in(pointers, fields),
        )


def _text_in(name: str, pointers: Json, fields: Mapping[str, Any]) -> str:
    return str(fields.get(field_id(name, str(pointers.get("id", "")))) or "")


def _ticked_in(pointers: Json, fields: Mapping[str, Any]) -> list[str]:
    ticked = fields.get(field_id(SAYS, str(pointers.get("id", ""))))
    return [str(one) for one in ticked] if isinstance(ticked, list) else []
