"""The shape of a contribution form: which places it has, how much room each has, and what came back in them.

A place is called `new-1`, `own-ID` (what one wrote before) or `about-ID` (an answer to what somebody wrote). All of it
comes back through a client: pointers, checked again when the form is sent.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.writing import is_blank, join_fields
from bot.intervision.rules.case import Contribution
from bot.intervision.rules.fields import body, left_open, on_scale
from bot.library.protocol import FormField, Step

_FORM = re.compile(r"[0-9a-f]{16}")
_PLACE = re.compile(r"(new|own|about)-[A-Za-z0-9_-]{1,80}")
MOST_NEW = 9


@dataclass(frozen=True)
class FormShape:
    """How many new places a form has, and how many text fields its places have if more than one.

    `leafed` is how many of the others' contributions were leafed past, where they are read along in the form.
    """

    form: str = field(default_factory=lambda: secrets.token_hex(8))
    new: int = 0
    room: Mapping[str, int] = field(default_factory=dict)
    leafed: int = 0

    @classmethod
    def from_pointers(cls, pointers: Json) -> FormShape:
        """From what came back; refuses what no form of ours says."""
        form, new, room = pointers.get("form"), pointers.get("new", 0), pointers.get("room", {})
        leafed = pointers.get("leafed", 0)
        fine = isinstance(form, str) and _FORM.fullmatch(form) and isinstance(new, int) and isinstance(room, dict)
        if not fine or not all(isinstance(number, int) for number in (leafed, *room.values())):
            raise Refusal("common.outdated")
        return cls(str(form), min(new, MOST_NEW), room, leafed)

    def pointers(self, case: str, step: str) -> Json:
        """What travels with the form."""
        more = {"leafed": self.leafed} if self.leafed else {}
        return {"case": case, "step": step, "form": self.form, "new": self.new, "room": dict(self.room), **more}

    def count_fields(self, place: str) -> int:
        """How many text fields a place has."""
        return self.room.get(place, 1)

    def with_more_room(self, place: str) -> FormShape:
        """One more text field in this place."""
        return replace(self, room={**self.room, place: self.count_fields(place) + 1})

    def leafed_to(self, place: str) -> FormShape:
        """Further on, or from the start again, in what the others wrote."""
        return replace(self, leafed=int(place) if place.isdecimal() else 0)

    def with_one_more(self, shown: int) -> FormShape:
        """One more new place than the form shows."""
        return replace(self, new=max(self.new, shown) + 1)


@dataclass(frozen=True)
class FilledSlot:
    """What came back in one place; `text` is empty where it was left open, or emptied, or only a `rating` is asked.

    Where `is_set`, the text is the body of a set of fields (see `bot.intervision.rules.fields`), and `left_open` names the fields
    without which it is not whole.
    """

    id: str
    text: str = ""
    kind: str | None = None
    rating: str | None = None
    left_open: Sequence[str] = ()
    is_set: bool = False

    @property
    def about(self) -> str | None:
        """What it answers."""
        return self.id.removeprefix("about-") if self.id.startswith("about-") else None

    @property
    def earlier(self) -> str | None:
        """What was written before that it changes."""
        return self.id.removeprefix("own-") if self.id.startswith("own-") else None


def slot_of_contribution(own: Contribution) -> str:
    """The place of what somebody wrote before."""
    return f"own-{own.id}"


def read_slots(fields: Mapping[str, Any], step: Step) -> list[FilledSlot]:
    """The places of a form of this step that was sent, in their order."""
    return [_filled(fields, place, step) for place in dict.fromkeys(map(_place, sorted(fields))) if place]


def _place(name: str) -> str:
    """The place that a field belongs to; empty if it is no field to write in, or to rate with."""
    kind_of_field, _, rest = name.partition(":")
    place = rest.partition(":")[0]
    return place if kind_of_field in {"text", "field", "scale", "rate"} and _PLACE.fullmatch(place) else ""


def _filled(fields: Mapping[str, Any], place: str, step: Step) -> FilledSlot:
    kind, rating = _choice(fields.get(f"kind:{place}")), _choice(fields.get(f"rate:{place}"))
    if not any(name.startswith((f"field:{place}:", f"scale:{place}:")) for name in fields):
        return FilledSlot(place, _text(fields, f"text:{place}:"), kind, rating)
    answers = {asked.key: _answer(fields, place, asked) for asked in step.fields}
    given = {key: answer for key, answer in answers.items() if answer}
    names = [field_name(place, asked) for asked in left_open(step, given)]
    return FilledSlot(place, body(step, given), kind, rating, names, is_set=True)


def _answer(fields: Mapping[str, Any], place: str, asked: FormField) -> str:
    if asked.scale is None:
        return _text(fields, f"field:{place}:{asked.key}:")
    chosen = _choice(fields.get(f"scale:{place}:{asked.key}")) or ""
    return chosen if chosen in on_scale(asked.scale) else ""


def _text(fields: Mapping[str, Any], name: str) -> str:
    """The fields of one text, as one."""
    return join_fields(clean_text(fields[each]) for each in sorted(fields) if each.startswith(name))


def field_name(place: str, asked: FormField) -> str:
    """The name in the form of the first field for what is asked."""
    return f"field:{place}:{asked.key}:0" if asked.scale is None else f"scale:{place}:{asked.key}"


def clean_text(value: Any) -> str:
    """What somebody wrote in a field; nothing if there is nothing to read in it."""
    text = str(value or "")
    return "" if is_blank(text) else text.strip()


def _choice(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
