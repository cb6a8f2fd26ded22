"""What the form of a step knows, and what came back in it. It may be forged: it is checked where it is used."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.core.errors import Refusal
from bot.core.parts import MOST_FIELDS, Json, is_blank, join_fields
from bot.intervision.rules.case import Contribution
from bot.intervision.rules.fields import field_set, fields_left_open, numbers_on_scale
from bot.library.protocol import FormField, Step

FORM_TOKEN = re.compile(r"[0-9a-f]{16}")


def new_form_token() -> str:
    """A random id for a form that opens: sending it twice makes one contribution or case."""
    return secrets.token_hex(8)


MOST_NEW: Final = 9
"""How many places for something new a form has at most."""

# What no form of ours goes beyond: places with more room than one field, and contributions that were leafed past.
_MOST_PLACES: Final = 100
_MOST_LEAFED: Final = 100_000

ASIDE: Final = "aside"
"""The field for advice that is kept for later."""

_FIELD_OF_A_PLACE = re.compile(r"(?:text|field|scale|rate):((?:new|own|about)-[A-Za-z0-9_-]{1,80})(?::|\Z)")


@dataclass(frozen=True)
class ContributionFormState:
    """A contribution form: of which step, and how far it was unfolded.

    A place in it is called `new-1`, `own-ID` (what one wrote before) or `about-ID` (an answer to what somebody wrote).
    `new` is how many new places it has, `room` how many text fields each place has if more than one; `leafed` is how
    many of the others' contributions were leafed past, where they are read along in the form.
    `has_draft`: what it shows was kept, unsent.
    """

    case: str
    step: str
    form: str = field(default_factory=new_form_token)
    new: int = 0
    room: Mapping[str, int] = field(default_factory=dict)
    leafed: int = 0
    has_draft: bool = False

    @classmethod
    def from_metadata(cls, pointers: Json) -> ContributionFormState:
        """From what came back with the form; refuses what no form of ours says."""
        case, step, form = (str(pointers.get(name)) for name in ("case", "step", "form"))
        new, room, leafed = pointers.get("new", 0), pointers.get("room", {}), pointers.get("leafed", 0)
        fine = FORM_TOKEN.fullmatch(form) and isinstance(room, dict) and len(room) <= _MOST_PLACES
        if not fine or not all(type(number) is int and number >= 0 for number in (new, leafed, *room.values())):
            raise Refusal("common.outdated")
        bounded = {place: min(number, MOST_FIELDS) for place, number in room.items()}
        has_draft = pointers.get("draft") is True
        return cls(case, step, form, min(new, MOST_NEW), bounded, min(leafed, _MOST_LEAFED), has_draft)

    def to_metadata(self) -> Json:
        """What travels with the form."""
        more: Json = {"leafed": self.leafed} if self.leafed else {}
        more |= {"draft": True} if self.has_draft else {}
        pointers = {"case": self.case, "step": self.step, "form": self.form, "new": self.new, "room": dict(self.room)}
        return {**pointers, **more}

    def count_fields(self, place: str) -> int:
        """How many text fields a place has."""
        return self.room.get(place, 1)

    def with_more_room(self, place: str, fields: Mapping[str, Any]) -> ContributionFormState:
        """One more text field in this place; where none is named, in the one in which most is written."""
        place = place if place not in ("", "-") else _fullest_place(fields)
        if place not in self.room and len(self.room) >= _MOST_PLACES:
            raise Refusal("common.outdated")
        return replace(self, room={**self.room, place: min(self.count_fields(place) + 1, MOST_FIELDS)})

    def unfolded_as(self, known: Json) -> ContributionFormState:
        """At least as far unfolded as a form that knew this."""
        room = {place: max(number, self.count_fields(place)) for place, number in known.get("room", {}).items()}
        return replace(self, new=max(self.new, known.get("new", 0)), room={**self.room, **room})

    def leafed_to(self, place: str) -> ContributionFormState:
        """Further on, or from the start again, in what the others wrote."""
        is_number = place.isascii() and place.isdecimal() and len(place) < len(str(_MOST_LEAFED))
        return replace(self, leafed=int(place) if is_number else 0)

    def with_one_more(self, fields: Mapping[str, Any]) -> ContributionFormState:
        """One more new place than the form shows; `fields` are those it shows."""
        shown = len({name.split(":")[1] for name in fields if name.startswith(("text:new-", "field:new-"))})
        return replace(self, new=max(self.new, shown) + 1)


@dataclass(frozen=True)
class FilledSlot:
    """What came back in one place; `text` is empty where it was left open, or emptied, or only a `rating` is asked.

    Where `is_set`, the text is a set of fields (see `field_set`), and `left_open` names the fields without which it is
    not whole. `about` is the id of what it answers, `earlier` of what its writer wrote before.
    """

    id: str
    text: str = ""
    kind: str | None = None
    rating: str | None = None
    left_open: Sequence[str] = ()
    is_set: bool = False
    about: str | None = None
    earlier: str | None = None


def _fullest_place(fields: Mapping[str, Any]) -> str:
    """The place with the longest text in one field; the first one, as long as all are empty."""
    named = [(name, found[1]) for name in sorted(fields) if (found := _FIELD_OF_A_PLACE.match(name))]
    return max(named, key=lambda each: len(str(fields[each[0]] or "")), default=("", "new-1"))[1]


def place_of_contribution(own: Contribution) -> str:
    """The place of what somebody wrote before."""
    return f"own-{own.id}"


def read_slots(fields: Mapping[str, Any], step: Step) -> list[FilledSlot]:
    """The places of a form of this step that was sent, in their order."""
    found = map(_FIELD_OF_A_PLACE.match, sorted(fields))
    return [_filled_slot(fields, place, step) for place in dict.fromkeys(each[1] for each in found if each)]


def _filled_slot(fields: Mapping[str, Any], place: str, step: Step) -> FilledSlot:
    given = {name: value for name, value in fields.items() if isinstance(value, str) and value}
    what, _, id = place.partition("-")
    slot = FilledSlot(
        place,
        kind=given.get(f"kind:{place}"),
        rating=given.get(f"rate:{place}"),
        about=id if what == "about" else None,
        earlier=id if what == "own" else None,
    )
    if not any(name.startswith((f"field:{place}:", f"scale:{place}:")) for name in fields):
        return replace(slot, text=_joined_text(given, f"text:{place}:"))
    answers = {asked.key: text for asked in step.fields if (text := _field_answer(given, place, asked))}
    left_open = [field_name(place, asked) for asked in fields_left_open(step, answers)]
    return replace(slot, text=field_set(step, answers), left_open=left_open, is_set=True)


def _field_answer(given: Mapping[str, str], place: str, asked: FormField) -> str:
    if asked.scale is None:
        return _joined_text(given, f"field:{place}:{asked.key}:")
    chosen = given.get(f"scale:{place}:{asked.key}", "")
    return chosen if chosen in numbers_on_scale(asked.scale) else ""


def _joined_text(given: Mapping[str, str], prefix: str) -> str:
    """The fields of one text, as one."""
    return join_fields(clean_text(given[name]) for name in sorted(given) if name.startswith(prefix))


def field_name(place: str, asked: FormField) -> str:
    """The name in the form of the first field for what is asked."""
    return f"field:{place}:{asked.key}:0" if asked.scale is None else f"scale:{place}:{asked.key}"


def clean_text(value: Any) -> str:
    """What somebody wrote in a field; nothing if there is nothing to read in it."""
    text = str(value or "")
    return "" if is_blank(text) else text.strip()
