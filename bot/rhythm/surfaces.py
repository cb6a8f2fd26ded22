"""The two forms about a circle: how it works, and its rhythm. Their fields, what they know, and what buttons carry."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any, Final

from bot.circles.types import language_options, read_circle_id
from bot.core import parts
from bot.core.calendar import ClosedPeriod, is_clock, is_zone
from bot.core.common_fields import time_zone_field
from bot.core.parts import Json
from bot.core.setting_fields import SettingField
from bot.rhythm.rules.closed_periods import write_periods
from bot.rhythm.rules.rhythm import Rhythm
from bot.words import LANGUAGES, Speaker

WEEKDAYS: Final = range(7)
# Every week, or every other.
WEEKS: Final = (1, 2)
LONGEST_CONTACT: Final = 300
# Fields for a calendar: a year of school holidays, with all that calendar programs write around each.
MOST_CALENDARS: Final = 6
# More people than these do not look after one circle; Slack fills in a hundred at most.
MOST_MODERATORS: Final = 50
_LONGEST_FORM_ID: Final = 64
# What the reading of a field gives for a number that is not among the choices; no check accepts it.
_NO_CHOICE: Final = -1


@dataclass(frozen=True)
class CircleSettings:
    """How a circle works, as its form says it. `weekday` 0 is Monday, `clock` is "HH:MM", `moderators` are Slack's ids.

    `is_agreed`: the circle has a rhythm, so that a change of it is a proposal to its members.
    """

    language: str
    weekday: int
    weeks: int
    clock: str
    timezone: str
    moderators: Sequence[str]
    contact: str
    is_agreed: bool = False

    def rhythm(self) -> Rhythm:
        """The first rhythm of the circle."""
        return Rhythm((self.weekday,), time.fromisoformat(self.clock), self.weeks)


@dataclass(frozen=True)
class RhythmSettings:
    """When questions come, as the form says it. `weekdays` 0 is Monday, `clock` is "HH:MM".

    `closed` is as typed; `calendar` as pasted, with a text for each of its fields.
    """

    weekdays: tuple[int, ...]
    weeks: int
    clock: str
    timezone: str
    moves: bool
    closed: str
    calendar: tuple[str, ...] = ("",)

    @classmethod
    def of(cls, rhythm: Rhythm, timezone: str) -> RhythmSettings:
        """This rhythm, as the form says it."""
        closed, clock = write_periods(rhythm.closed), f"{rhythm.clock:%H:%M}"
        return cls(rhythm.weekdays, rhythm.weeks, clock, timezone, rhythm.moves, closed)

    def rhythm(self, closed: Iterable[ClosedPeriod]) -> Rhythm:
        """The rhythm that the form says, with these closed periods."""
        return Rhythm(self.weekdays, time.fromisoformat(self.clock), self.weeks, moves=self.moves, closed=tuple(closed))

    def with_more_room(self) -> RhythmSettings:
        """The same with one field more for a calendar, if there may be one more."""
        return replace(self, calendar=(*self.calendar, "")[:MOST_CALENDARS])


def weekday_options(speaker: Speaker) -> list[Json]:
    """The seven days."""
    return [parts.option(speaker.weekday(day), str(day)) for day in WEEKDAYS]


def _weeks_options(speaker: Speaker) -> list[Json]:
    return [parts.option(speaker.plain(f"rhythm.weeks_{weeks}"), str(weeks)) for weeks in WEEKS]


def _moves_options(speaker: Speaker) -> list[Json]:
    return [parts.option(speaker.plain(f"rhythm.moves_{answer}"), answer) for answer in ("yes", "no")]


def _clock_element(_: Speaker, clock: str) -> Json:
    return {"type": "timepicker", "initial_time": clock}


def _read_number(choices: Iterable[int]) -> Callable[[Any], int]:
    numbers = {str(number): number for number in choices}
    return lambda sent: numbers.get(str(sent), _NO_CHOICE)


def _read_weekdays(sent: Any) -> tuple[int, ...]:
    chosen = map(_read_number(WEEKDAYS), sent if isinstance(sent, list) else [])
    return tuple(sorted({day for day in chosen if day != _NO_CHOICE}))


def _read_people(sent: Any) -> list[str]:
    return [str(one) for one in sent] if isinstance(sent, list) else []


_CLOCK: Final = SettingField("clock", "circle.clock", _clock_element, is_valid=is_clock, error="circle.wrong_clock")
_WEEKS: Final = SettingField(
    "weeks",
    "rhythm.weeks",
    lambda speaker, weeks: parts.radios(_weeks_options(speaker), str(weeks)),
    _read_number(WEEKS),
    lambda weeks: weeks in WEEKS,
    "circle.wrong_weeks",
)
_TIMEZONE: Final = SettingField(
    "timezone",
    "circle.timezone",
    lambda _, zone: time_zone_field(zone),
    is_valid=is_zone,
    error="circle.wrong_timezone",
)

# Without these a form cannot be shown again.
CLOCK_FIELDS: Final = (_CLOCK, _TIMEZONE)

# The form of a circle's settings. Its first rhythm is asked only while it is set up.
FIRST_RHYTHM_FIELDS: Final = (
    SettingField(
        "weekday",
        "circle.weekday",
        lambda speaker, day: parts.select(weekday_options(speaker), str(day)),
        _read_number(WEEKDAYS),
        lambda day: day in WEEKDAYS,
        "circle.wrong_weekday",
    ),
    replace(_WEEKS, element=lambda speaker, weeks: parts.select(_weeks_options(speaker), str(weeks))),
    replace(_CLOCK, hint=lambda _: "circle.rhythm_hint"),
)
LANGUAGE_FIELD: Final = SettingField(
    "language",
    "circle.language",
    lambda speaker, language: parts.select(language_options(speaker), language),
    is_valid=lambda language: language in LANGUAGES,
    error="circle.wrong_language",
)
CIRCLE_FIELDS: Final = (
    LANGUAGE_FIELD,
    replace(_TIMEZONE, hint=lambda settings: "circle.timezone_hint" if settings.is_agreed else ""),
    SettingField(
        "moderators",
        "circle.moderators",
        lambda _, moderators: {**parts.people(moderators[:MOST_MODERATORS]), "max_selected_items": MOST_MODERATORS},
        _read_people,
        lambda moderators: 0 < len(moderators) <= MOST_MODERATORS,
        "circle.wrong_moderators",
        hint=lambda _: "circle.moderators_hint",
    ),
    SettingField(
        "contact",
        "circle.contact",
        lambda _, contact: parts.text_field(initial=contact, longest=LONGEST_CONTACT),
        is_valid=lambda contact: bool(contact.strip()),
        error="circle.wrong_contact",
        hint=lambda _: "circle.contact_hint",
    ),
)

# The form of a rhythm; the fields for a calendar come after these.
RHYTHM_FIELDS: Final = (
    SettingField(
        "weekdays",
        "rhythm.weekdays",
        lambda speaker, days: parts.checkboxes(weekday_options(speaker), [str(day) for day in days]),
        _read_weekdays,
        bool,
        "rhythm.wrong_weekdays",
    ),
    _WEEKS,
    _CLOCK,
    _TIMEZONE,
    SettingField(
        "moves",
        "rhythm.when_closed",
        lambda speaker, moves: parts.radios(_moves_options(speaker), "yes" if moves else "no"),
        lambda sent: sent != "no",
    ),
    SettingField(
        "closed",
        "rhythm.closed",
        lambda _, closed: parts.text_field(multiline=True, initial=closed),
        hint=lambda _: "rhythm.closed_hint",
        is_optional=True,
    ),
)


def read_calendar_fields(settings: RhythmSettings, sent: Mapping[str, Any]) -> RhythmSettings:
    """The settings with what a sent form says in the fields of a calendar; without any such field, as they are."""
    names = map(calendar_field_id, range(1, MOST_CALENDARS + 1))
    pasted = tuple(str(sent[name] or "") for name in names if name in sent)
    return replace(settings, calendar=pasted or settings.calendar)


def calendar_field_id(number: int) -> str:
    """The block id of one of the fields in which a calendar is pasted, from 1."""
    return f"calendar_{number}"


def _new_form_id() -> str:
    return secrets.token_hex(8)


def _read_form_id(pointers: Json) -> str:
    """The random id of a form that is sent; one that was made up has none, and gets its own."""
    form = pointers.get("form")
    return form if isinstance(form, str) and 0 < len(form) <= _LONGEST_FORM_ID else _new_form_id()


@dataclass(frozen=True)
class CircleForm:
    """The form of a circle's settings: Slack's id of the circle's channel, and the random id of this form."""

    channel: str
    form: str = field(default_factory=_new_form_id)

    def to_metadata(self) -> Json:
        """What comes back with the form."""
        return {"channel": self.channel, "form": self.form}

    @classmethod
    def from_metadata(cls, pointers: Json) -> CircleForm:
        """What `to_metadata` wrote; a channel that is none is refused when the circle is looked for."""
        return cls(str(pointers.get("channel")), _read_form_id(pointers))


@dataclass(frozen=True)
class RhythmForm:
    """The form of a rhythm: our id of the circle, and the random id of this form."""

    circle: int
    form: str = field(default_factory=_new_form_id)

    def to_metadata(self) -> Json:
        """What comes back with the form."""
        return {"circle": self.circle, "form": self.form}

    @classmethod
    def from_metadata(cls, pointers: Json) -> RhythmForm:
        """What `to_metadata` wrote; `Refusal` where it names no circle."""
        return cls(read_circle_id(pointers), _read_form_id(pointers))
