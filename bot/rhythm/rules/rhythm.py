"""When a circle's question comes: its rhythm, the slots of its plan, and what becomes of each.

A slot is a stretch of days in which one question may come, once: the week (or two weeks) of a circle with one day, or
the days until the next chosen day where there are several. All days and hours are in the circle's time zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice, pairwise, takewhile
from typing import Any, Final

from pydantic import TypeAdapter

from bot.core.calendar import Calendar, ClosedPeriod

_ONE_DAY: Final = timedelta(days=1)
# A Monday, from which weeks are counted where a rhythm names no week of its own.
_FIRST_MONDAY: Final = date(2024, 1, 1)


class Fate(StrEnum):
    """What becomes of a slot. Its question comes at its hour, or on another day of the slot; or it does not come.

    A plan says so beforehand. Afterwards the question may also have come sooner, because of moderators, or later, or it
    was missed because the bot was away.
    """

    COMES = "comes"
    MOVED = "moved"
    SOONER = "sooner"
    LATER = "later"
    CLOSED = "closed"
    SKIPPED = "skipped"
    PAUSED = "paused"
    MISSED = "missed"

    @property
    def comes(self) -> bool:
        """Whether there is a question."""
        return self in {Fate.COMES, Fate.MOVED, Fate.SOONER, Fate.LATER}


@dataclass(frozen=True)
class Rhythm:
    """On which days (0 is Monday) of every week, or of every other, at which hour.

    `since` is a day in a week that counts, where only every other does. What falls on a closed day `moves` to the next
    working day of its slot, or is skipped; `closed` are the circle's own closed periods, besides Belgian holidays.
    """

    weekdays: tuple[int, ...] = (0,)
    clock: time = time(9)
    weeks: int = 1
    since: date = _FIRST_MONDAY
    moves: bool = True
    closed: tuple[ClosedPeriod, ...] = ()

    @classmethod
    def from_column(cls, kept: dict[str, Any]) -> Rhythm:
        """The rhythm that `to_column` wrote; the usual one from an empty column."""
        return _KEPT.validate_python(kept)

    def to_column(self) -> dict[str, Any]:
        """As plain values, for a column."""
        plain: dict[str, Any] = _KEPT.dump_python(self, mode="json")
        return plain

    def starting(self, calendar: Calendar, after: datetime) -> Rhythm:
        """The same, with its weeks counted from the week of its first question after `after`."""
        weekly = Plan(replace(self, weeks=1), calendar)
        first = next(slot for slot in weekly.slots(after) if slot.fate.comes)
        return replace(self, since=first.planned)

    def closed_days(self) -> frozenset[date]:
        """Every day of the circle's own closed periods."""
        return frozenset(day for period in self.closed for day in period.days())

    def period_of(self, day: date) -> ClosedPeriod | None:
        """The own closed period in which this day falls."""
        return next((period for period in self.closed if period.first <= day <= period.last), None)


_KEPT = TypeAdapter(Rhythm)


@dataclass(frozen=True)
class PlanSlot:
    """One slot: `planned` is its day by the rhythm alone, `at` when its question comes, `ends` when it is over."""

    key: str
    planned: date
    at: datetime
    ends: datetime
    fate: Fate = Fate.COMES

    def can_come(self, now: datetime) -> bool:
        """Whether its question can come now: at its hour or later in the slot."""
        return self.fate.comes and self.at <= now < self.ends


@dataclass(frozen=True)
class SlotOutcome:
    """A slot that had no question on the day it was `planned` for, and why; the day on which it `came`, if it did.

    `closed_for` is what the circle calls its own closed period; None where it was another day off.
    """

    key: str
    planned: date
    why: Fate
    came: date | None = None
    closed_for: str | None = None


@dataclass(frozen=True)
class Plan:
    """A rhythm in a calendar (which knows its closed days), and what the circle decided besides.

    `skipped` and `had` are keys of slots; before the day `paused_until` no question comes.
    """

    rhythm: Rhythm
    calendar: Calendar
    skipped: frozenset[str] = frozenset()
    had: frozenset[str] = frozenset()
    paused_until: date | None = None

    def slots(self, after: datetime) -> Iterator[PlanSlot]:
        """The slots whose moment is later than `after` and that have had no question yet, in order, without end."""
        stretches = (one for one in self._stretches(self.calendar.local(after).date()) if not self._has_had(one.key))
        return (slot for slot in map(self._slot, stretches) if slot.at > after)

    def next(self, after: datetime) -> PlanSlot:
        """The first slot after this moment whose question comes."""
        return next(slot for slot in self.slots(after) if slot.fate.comes)

    def outlook(self, after: datetime, most: int = 4) -> list[PlanSlot]:
        """The next few slots, and what becomes of each."""
        return list(islice(self.slots(after), most))

    def passed(self, since: datetime, now: datetime) -> list[PlanSlot]:
        """The slots whose moment came between these two, and that had no question."""
        return list(takewhile(lambda slot: slot.at <= now, self.slots(since)))

    def outcome_when_passed(self, slot: PlanSlot) -> SlotOutcome:
        """What became of a slot whose question did not come: if it could have come until the end, it is missed."""
        return self._outcome(slot, Fate.MISSED if slot.fate.comes else slot.fate)

    def outcome_when_posted(self, slot: PlanSlot, now: datetime) -> SlotOutcome | None:
        """What became of a slot whose question comes now; None where it comes on the day it was planned for."""
        today, day = self.calendar.local(now).date(), self.calendar.local(slot.at).date()
        if today == slot.planned:
            return None
        why = Fate.SOONER if today < day else Fate.MOVED if today == day else Fate.LATER
        return self._outcome(slot, why, today)

    def _outcome(self, slot: PlanSlot, why: Fate, came: date | None = None) -> SlotOutcome:
        period = self.rhythm.period_of(slot.planned)
        return SlotOutcome(slot.key, slot.planned, why, came, period.name if period else None)

    def _slot(self, one: _Stretch) -> PlanSlot:
        day, fate = one.day, Fate.COMES
        if self.calendar.is_closed(day):
            working = (one.day + timedelta(days=n) for n in range(1, (one.end - one.day).days))
            moved = next((later for later in working if self.calendar.is_working(later)), None)
            day, fate = (moved, Fate.MOVED) if moved and self.rhythm.moves else (day, Fate.CLOSED)
        if one.key in self.skipped:
            fate = Fate.SKIPPED
        elif self.paused_until and day < self.paused_until:
            fate = Fate.PAUSED
        at = self.calendar.instant(day, self.rhythm.clock)
        return PlanSlot(one.key, one.day, at, self.calendar.instant(one.end, time()), fate)

    def _has_had(self, key: str) -> bool:
        """Whether the slot had its question; also a week whose question came by the days of an earlier rhythm."""
        return any(one == key or one.startswith(f"{key}-") for one in self.had)

    def _stretches(self, today: date) -> Iterator[_Stretch]:
        """The stretches of days that slots are made of, from the one with today in it on, without end."""
        weeks = self.rhythm.weeks
        this_monday, since = _monday(today), _monday(self.rhythm.since)
        first = this_monday - timedelta(weeks=(this_monday - since).days // 7 % weeks)
        for monday in (first + timedelta(weeks=n * weeks) for n in count()):
            days = [monday + timedelta(days=weekday) for weekday in self.rhythm.weekdays]
            for day, end in pairwise([*days, monday + timedelta(weeks=weeks)]):
                week = _iso_week(day)
                yield _Stretch(f"{week}-{day.isoweekday()}" if len(days) > 1 else week, day, end)


@dataclass(frozen=True)
class _Stretch:
    key: str
    day: date
    end: date


def _monday(day: date) -> date:
    return day - day.weekday() * _ONE_DAY


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
