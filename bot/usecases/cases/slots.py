"""The shape of a contribution form: which places it has, how much room each has, and what came back in them.

A place is called `new-1`, `own-ID` (what one wrote before) or `about-ID` (an answer to what somebody wrote). All of it
comes back through a client: pointers, checked again when the form is sent.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.rules.case import Contribution
from bot.rules.writing import is_blank, joined
from bot.usecases.refusals import Refusal
from bot.views.parts import Json

_FORM = re.compile(r"[0-9a-f]{16}")
_PLACE = re.compile(r"(new|own|about)-[A-Za-z0-9_-]{1,80}")
MOST_NEW = 9


@dataclass(frozen=True)
class Shape:
    """How many new places a form has, and how many text fields its places have if more than one."""

    form: str = field(default_factory=lambda: secrets.token_hex(8))
    new: int = 0
    room: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, pointers: Json) -> Shape:
        """From what came back; refuses what no form of ours says."""
        form, new, room = pointers.get("form"), pointers.get("new", 0), pointers.get("room", {})
        fine = isinstance(form, str) and _FORM.fullmatch(form) and isinstance(new, int) and isinstance(room, dict)
        if not fine or not all(isinstance(fields, int) for fields in room.values()):
            raise Refusal("common.outdated")
        return cls(str(form), min(new, MOST_NEW), room)

    def pointers(self, case: str, step: str) -> Json:
        """What travels with the form."""
        return {"case": case, "step": step, "form": self.form, "new": self.new, "room": dict(self.room)}

    def fields(self, place: str) -> int:
        """How many text fields a place has."""
        return self.room.get(place, 1)

    def with_more_room(self, place: str) -> Shape:
        """One more text field in this place."""
        return replace(self, room={**self.room, place: self.fields(place) + 1})

    def with_one_more(self, shown: int) -> Shape:
        """One more new place than the form shows."""
        return replace(self, new=max(self.new, shown) + 1)


@dataclass(frozen=True)
class Filled:
    """What came back in one place; `text` is empty where it was left open, or emptied, or only a `rating` is asked."""

    id: str
    text: str = ""
    kind: str | None = None
    rating: str | None = None

    @property
    def about(self) -> str | None:
        """What it answers."""
        return self.id.removeprefix("about-") if self.id.startswith("about-") else None

    @property
    def earlier(self) -> str | None:
        """What was written before that it changes."""
        return self.id.removeprefix("own-") if self.id.startswith("own-") else None


def slot_of(own: Contribution) -> str:
    """The place of what somebody wrote before."""
    return f"own-{own.id}"


def filled(fields: Mapping[str, Any]) -> list[Filled]:
    """The places of a form that was sent, in their order; the fields of one place become one text."""
    texts: dict[str, list[str]] = {}
    for name in sorted(fields):
        kind_of_field, _, rest = name.partition(":")
        place = rest.partition(":")[0]
        if kind_of_field in {"text", "rate"} and _PLACE.fullmatch(place):
            texts.setdefault(place, []).append(written(fields[name]) if kind_of_field == "text" else "")
    return [
        Filled(place, joined(given), _choice(fields.get(f"kind:{place}")), _choice(fields.get(f"rate:{place}")))
        for place, given in texts.items()
    ]


def written(value: Any) -> str:
    """What somebody wrote in a field; nothing if there is nothing to read in it."""
    text = str(value or "")
    return "" if is_blank(text) else text.strip()


def _choice(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
