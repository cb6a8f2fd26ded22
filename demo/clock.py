"""The demo's calendar: it jumps through the weeks before, and then runs along with real time."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Final

from bot.core.calendar import Calendar
from bot.core.clocks import elapsed as real_time

# Between these hours a whole case can still be played today; outside them the demo stands at a morning.
EARLIEST, LATEST, MORNING = time(9), time(15), time(9, 30)
ONE_DAY: Final = timedelta(days=1)


class DemoClock:
    """Aware UTC. It stands still until `goes_live`, and never goes back; `elapsed` says how real time goes."""

    def __init__(self, at: datetime, elapsed: Callable[[], datetime] = real_time) -> None:
        self._at = at
        self._elapsed = elapsed
        self._live_since: datetime | None = None
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            return self._now()

    def jump(self, to: datetime) -> None:
        """Go on to this moment; a moment that is over changes nothing."""
        with self._lock:
            now = self._now()
            if to > now:
                self._at += to - now

    def goes_live(self) -> None:
        """From now on the calendar runs as fast as real time."""
        with self._lock:
            self._live_since = self._elapsed()

    def _now(self) -> datetime:
        ran = self._elapsed() - self._live_since if self._live_since else timedelta()
        return self._at + max(ran, timedelta())


def working_moment(now: datetime, calendar: Calendar) -> datetime:
    """Where the demo's calendar stands: now if people are at work with most of the day left, else the next morning."""
    here = calendar.local(now)
    if calendar.is_working(here.date()) and EARLIEST <= here.time() < LATEST:
        return now
    day = here.date() if here.time() < EARLIEST else here.date() + ONE_DAY
    while not calendar.is_working(day):
        day += ONE_DAY
    return calendar.instant(day, MORNING)
