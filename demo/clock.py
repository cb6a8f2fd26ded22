"""The demo's calendar clock: it jumps through four weeks, and then runs like real time."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Final

from bot.core.calendar import Calendar
from bot.core.clocks import elapsed as real_time

# Between these hours there is time for a whole case today; at other hours the demo begins in the next morning.
EARLIEST, LATEST, MORNING = time(9), time(15), time(9, 30)
ONE_DAY: Final = timedelta(days=1)


class DemoClock:
    """Aware UTC. It does not move until `run_in_real_time`, and never goes back; `elapsed` says how real time goes."""

    def __init__(self, at: datetime, elapsed: Callable[[], datetime] = real_time) -> None:
        self._at = at
        self._elapsed = elapsed
        self._live_since: datetime | None = None
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            return self._now()

    def move_to(self, to: datetime) -> None:
        """Move forward to this moment; a past moment changes nothing."""
        with self._lock:
            now = self._now()
            if to > now:
                self._at += to - now

    def run_in_real_time(self) -> None:
        """From now on, run as fast as real time."""
        with self._lock:
            self._live_since = self._elapsed()

    def _now(self) -> datetime:
        passed = self._elapsed() - self._live_since if self._live_since else timedelta()
        return self._at + max(passed, timedelta())


def working_moment(now: datetime, calendar: Calendar) -> datetime:
    """When the demo begins: now if people are at work and most of the day is left, else in the next morning."""
    here = calendar.local(now)
    if calendar.is_working(here.date()) and EARLIEST <= here.time() < LATEST:
        return now
    day = here.date() if here.time() < EARLIEST else here.date() + ONE_DAY
    while not calendar.is_working(day):
        day += ONE_DAY
    return calendar.instant(day, MORNING)
