"""Working days and decent hours of one circle, in its own time zone.

Everything goes in and comes out as aware UTC; a naive time is refused. Wall-clock moments are
reckoned in the circle's zone and converted last, so a clock change never shifts them.
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
# What the holidays package calls our languages.
_SPOKEN: Final = {"nl": "nl", "en": "en_US", "fr": "fr"}


def is_zone(name: str) -> bool:
    """Whether this names a time zone, with its rules for summer and winter."""
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
    """Every day of the closed periods in the rhythm of a circle, as its column keeps it (ISO dates)."""
    kept = ((date.fromisoformat(one["first"]), date.fromisoformat(one["last"])) for one in rhythm.get("closed", ()))
    periods = (ClosedPeriod(first, last) for first, last in kept)
    return frozenset(day for period in periods for day in period.days())


@dataclass(frozen=True)
class Calendar:
    """The calendar of a circle: its zone, Belgium's public holidays, and the days it is closed besides."""

    zone: str = "Europe/Brussels"
    closed_days: frozenset[date] = frozenset()
    any_hour: bool = False

    def at_any_hour(self) -> Calendar:
        """The same zone, for people who sit together now: every moment is a decent one, and time is plain time."""
        return replace(self, any_hour=True)

    def local(self, now: datetime) -> datetime:
        """An instant on the circle's wall clock; ValueError for a naive one."""
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone, so it is no instant")
        return now.astimezone(ZoneInfo(self.zone))

    def instant(self, day: date, at: time) -> datetime:
        """A wall-clock moment as UTC: the first of two in autumn, an hour on where spring skips it."""
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def is_working(self, day: date) -> bool:
        """Whether people work on this day: no weekend, no Belgian holiday, not closed."""
        return day.weekday() < _SATURDAY and not self.is_closed(day)

    def is_closed(self, day: date) -> bool:
        """Whether this day is a Belgian holiday, or one on which the circle is closed."""
        return day in self.closed_days or day in _belgian_holidays(day.year)

    def presentable(self, now: datetime) -> bool:
        """Whether a card may appear now: on a working day, from 8 until 18 h."""
        here = self.local(now)
        return self.any_hour or (self.is_working(here.date()) and OPENS <= here.time() < CLOSES)

    def next_presentable(self, now: datetime) -> datetime:
        """The first instant from now on at which a card may appear."""
        here = self.local(now)
        if self.presentable(now):
            return now.astimezone(UTC)
        today = here.date() if here.time() < OPENS else here.date() + _ONE_DAY
        return self.instant(next(self._working_days(today)), OPENS)

    def window_end(self, opened: datetime, window: Window) -> datetime:
        """When a step opened now is over.

        Working days end at 12 or 17 h: of those moments after the opening, n days end at number 2n + 1,
        so everyone has at least the whole of them. No days at all end at once. Plain time is not
        stretched over nights and weekends, but its end waits for a presentable hour.
        """
        if window.plain is not None:
            return self.next_presentable(opened + window.plain)
        if window.half_days == 0:
            return self.local(opened).astimezone(UTC)
        return next(islice(self._window_ends(opened), window.half_days, None))

    def share(self, start: datetime, end: datetime, parts: int) -> datetime:
        """When one of so many equal parts of the decent hours between two moments is over; the end if none are."""
        spans = list(self._decent_spans(start, end))
        left = sum((ends - begins for begins, ends in spans), timedelta()) / parts
        for begins, ends in spans:
            if left < ends - begins:
                return begins + left
            left -= ends - begins
        return end

    def _decent_spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
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
    """Public holidays in Belgium; kept by year, as looking one up grows the package's own table."""
    # Not above: it brings the calendars of the whole world, a tenth of the time it takes to start.
    import holidays

    return frozenset(holidays.country_holidays("BE", years=year))


@lru_cache(maxsize=64)
def holiday_names(year: int, language: str) -> Mapping[date, str]:
    """What Belgium's public holidays of a year are called, by day."""
    import holidays

    return dict(holidays.country_holidays("BE", years=year, language=_SPOKEN[language]))


def is_clock(text: str) -> bool:
    """Whether this is an hour, as "09:00"."""
    try:
        return time.fromisoformat(text).tzinfo is None
    except ValueError:
        return False
