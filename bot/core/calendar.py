"""Working days and working hours of one circle, in its own time zone.

Every moment is an aware UTC datetime, as argument and as result; a naive one is refused. Times of the wall clock are
computed in the circle's zone and converted last, so the change to summer time never shifts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count, islice, takewhile
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.window import Window

OPENS: Final = time(8)
CLOSES: Final = time(18)
WINDOW_ENDS: Final = (time(12), time(17))
_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
# The names of our languages in the holidays package.
_LOCALES: Final = {"nl": "nl", "en": "en_US", "fr": "fr"}


def is_zone(name: str) -> bool:
    """True for the name of a time zone that has rules for summer and winter, such as Europe/Brussels."""
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


@dataclass(frozen=True, order=True)
class ClosedPeriod:
    """Days on which a circle is closed, both ends included."""

    first: date
    last: date
    name: str = ""

    def days(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def closed_days(rhythm: Mapping[str, Any]) -> frozenset[date]:
    """Every day of the closed periods in `rhythm`, the column of a circle (ISO dates)."""
    stored = ((date.fromisoformat(one["first"]), date.fromisoformat(one["last"])) for one in rhythm.get("closed", ()))
    periods = (ClosedPeriod(first, last) for first, last in stored)
    return frozenset(day for period in periods for day in period.days())


@dataclass(frozen=True)
class Calendar:
    """The calendar of a circle: its zone, the public holidays of Belgium, and its own closed days."""

    zone: str = "Europe/Brussels"
    closed_days: frozenset[date] = frozenset()
    any_hour: bool = False

    def at_any_hour(self) -> Calendar:
        """The same zone for people who meet now: every hour is a working hour, and windows count plain time."""
        return replace(self, any_hour=True)

    def local(self, now: datetime) -> datetime:
        """A moment on the circle's wall clock. Raises `ValueError` for a naive one."""
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone, so it is no instant")
        return now.astimezone(ZoneInfo(self.zone))

    def instant(self, day: date, at: time) -> datetime:
        """A time of the wall clock as UTC: the first of two in autumn; an hour later where spring skips it."""
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def is_working(self, day: date) -> bool:
        """True if people work on this day: no weekend, no Belgian holiday, not closed."""
        return day.weekday() < _SATURDAY and not self.is_closed(day)

    def is_closed(self, day: date) -> bool:
        """True if this day is a Belgian holiday, or one on which the circle is closed."""
        return day in self.closed_days or day in _belgian_holidays(day.year)

    def presentable(self, now: datetime) -> bool:
        """True if a card may appear now: on a working day, from 8 until 18 h."""
        here = self.local(now)
        return self.any_hour or (self.is_working(here.date()) and OPENS <= here.time() < CLOSES)

    def is_daytime(self, now: datetime) -> bool:
        """True from 8 until 18 h, on any day."""
        return OPENS <= self.local(now).time() < CLOSES

    def next_presentable(self, now: datetime) -> datetime:
        """The first moment, from now on, at which a card may appear."""
        here = self.local(now)
        if self.presentable(now):
            return now.astimezone(UTC)
        today = here.date() if here.time() < OPENS else here.date() + _ONE_DAY
        return self.instant(next(self._working_days(today)), OPENS)

    def window_end(self, opened: datetime, window: Window) -> datetime:
        """When a step that opens at `opened` closes.

        Working days end at 12 or 17 h. Of these moments after the opening, n days end at number 2n + 1, so everybody
        has at least n whole days. A window of no days ends at once. Plain time counts nights and weekends too, but its
        end waits for a presentable hour.
        """
        if window.plain is not None:
            return self.next_presentable(opened + window.plain)
        if window.half_days == 0:
            return self.local(opened).astimezone(UTC)
        return next(islice(self._window_ends(opened), window.half_days, None))

    def next_window_end(self, at: datetime) -> datetime:
        """The first moment, from `at` on, at which a step of working days may end: 12 or 17 h on a working day."""
        return next(self._window_ends(at - timedelta.resolution))

    def working_days_later(self, at: datetime, days: int) -> datetime:
        """The same time of the wall clock, this many working days after `at`."""
        here = self.local(at)
        return self.instant(next(islice(self._working_days(here.date() + _ONE_DAY), days - 1, None)), here.time())

    def working_day_before(self, at: datetime) -> date:
        """The last working day before the day of `at`."""
        days = (self.local(at).date() - timedelta(days=days) for days in count(1))
        return next(day for day in days if self.is_working(day))

    def share(self, start: datetime, end: datetime, parts: int) -> datetime:
        """The end of the first of `parts` equal parts of the working hours until `end`; `end` if there are none."""
        spans = list(self._working_spans(start, end))
        left = sum((ends - begins for begins, ends in spans), timedelta()) / parts
        for begins, ends in spans:
            if left < ends - begins:
                return begins + left
            left -= ends - begins
        return end

    def _working_spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        days = self._working_days(self.local(start).date())
        hours = ((self.instant(day, OPENS), self.instant(day, CLOSES)) for day in days)
        for opens, closes in takewhile(lambda day: day[0] < end, hours):
            if start < closes:
                yield max(start, opens), min(end, closes)

    def _window_ends(self, after: datetime) -> Iterator[datetime]:
        days = self._working_days(self.local(after).date())
        ends = (self.instant(day, at) for day in days for at in WINDOW_ENDS)
        return (end for end in ends if end > after)

    def _working_days(self, first: date) -> Iterator[date]:
        days = (first + timedelta(days=days) for days in count())
        return (day for day in days if self.is_working(day))


@lru_cache(maxsize=64)
def _belgian_holidays(year: int) -> frozenset[date]:
    """Public holidays of Belgium; cached by year, since each look-up makes the package's own table grow."""
    # Not at the top: it loads the calendars of the whole world, a tenth of the time of a start.
    import holidays

    return frozenset(holidays.country_holidays("BE", years=year))


@lru_cache(maxsize=64)
def holiday_names(year: int, language: str) -> Mapping[date, str]:
    """The names of the public holidays of Belgium in a year, by day."""
    import holidays

    return dict(holidays.country_holidays("BE", years=year, language=_LOCALES[language]))


def is_clock(text: str) -> bool:
    """True for a time of day, such as "09:00"."""
    try:
        return time.fromisoformat(text).tzinfo is None
    except ValueError:
        return False
