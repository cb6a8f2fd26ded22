"""What the buttons of cases know. A client sends it back, maybe forged: it is checked where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.core.parts import Json
from bot.intervision.rules.case import Pace


@dataclass(frozen=True)
class StepButton:
    """A button on the card of a step, or on a page about it."""

    case: str
    step: str

    @classmethod
    def from_value(cls, value: str) -> StepButton:
        """From the value of the button."""
        case, _, step = value.partition(":")
        return cls(case, step)

    def to_value(self) -> str:
        """For the value of the button."""
        return f"{self.case}:{self.step}"


@dataclass(frozen=True)
class SheetButton:
    """The button for a sheet of a method; `token` is of the page, so that pressing twice sends one."""

    method: str
    token: str

    @classmethod
    def from_value(cls, value: str) -> SheetButton:
        """From the value of the button."""
        method, _, token = value.partition(":")
        return cls(method, token)

    def to_value(self) -> str:
        """For the value of the button."""
        return f"{self.method}:{self.token}"


@dataclass(frozen=True)
class CaseForm:
    """A form about one case: to change what it says, or to choose how it starts."""

    case: str

    @classmethod
    def from_metadata(cls, pointers: Json) -> CaseForm:
        """From what came back with the form."""
        return cls(str(pointers.get("case")))

    def to_metadata(self) -> Json:
        """What travels with the form."""
        return {"case": self.case}


@dataclass(frozen=True)
class StartChoices:
    """How the owner starts: the pace, and which optional steps (None: as the method proposes)."""

    pace: Pace = Pace.CALM
    optional: frozenset[str] | None = None

    # The names of the fields.
    PACE: ClassVar = "pace"
    STEPS: ClassVar = "steps"

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> StartChoices:
        """From the form before the start; a field that an open form lacks has its default."""
        return cls(
            pace=Pace.LIVE if fields.get(cls.PACE) == Pace.LIVE else Pace.CALM,
            optional=frozenset(_ticked(fields, cls.STEPS)),
        )


def _ticked(fields: Mapping[str, Any], name: str) -> list[str]:
    """What is ticked in a field; nothing in one that is no choice of several."""
    found = fields.get(name)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
