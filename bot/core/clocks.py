"""The two clocks: the calendar clock says what is due; the elapsed clock measures triggers, leases and retries."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Final

# A larger difference between two readings of the machine's clock is a jump: somebody or something set the clock.
JUMP: Final = timedelta(minutes=1)
# How long a jump has to last where Slack's clock is not known.
_BELIEVED_AFTER: Final = timedelta(minutes=1)
_NO_MOMENT: Final = datetime(1970, 1, 1, tzinfo=UTC)


def elapsed() -> datetime:
    """Real time, aware UTC."""
    return datetime.now(UTC)


def steady_clock(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """The clock beside `clock` that nobody can set: it tells how long something takes, and not when it is.

    Only real time has one; time that is moved by hand is its own.
    """
    return _steady_time if clock is elapsed else clock


def _steady_time() -> datetime:
    return _NO_MOMENT + timedelta(seconds=monotonic())


def _unknown() -> datetime | None:
    """Slack's time, before it said any."""
    return None


class CalendarClock:
    """The time of people: the machine's time, which the demo and tests can move forward.

    A jump of the machine's clock (`wall`) is not believed at once: meanwhile the calendar goes on by `steady` seconds.
    It is believed if `slacks_time` is nearer to it, or lasts a minute where that is not known. Only then the calendar
    can go back; after a small step back of the machine's clock it stands still until that has caught up.
    """

    def __init__(
        self,
        ahead: timedelta = timedelta(),
        *,
        wall: Callable[[], datetime] = elapsed,
        steady: Callable[[], float] = monotonic,
        slacks_time: Callable[[], datetime | None] = _unknown,
    ) -> None:
        self._ahead, self._wall, self._steady, self._slacks_time = ahead, wall, steady, slacks_time
        self._at, self._steady_at = wall(), steady()
        self._jumped_at: float | None = None
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            wall, steady = self._wall(), self._steady()
            expected = self._at + timedelta(seconds=steady - self._steady_at)
            self._at, self._steady_at = self._believed(wall, expected, steady), steady
            return self._at + self._ahead

    def move(self, by: timedelta) -> None:
        """Move forward `by` this much. Raises `ValueError` for a move back."""
        if by < timedelta():
            raise ValueError("time only moves forward")
        with self._lock:
            self._ahead += by

    def _believed(self, wall: datetime, expected: datetime, steady: float) -> datetime:
        if abs(wall - expected) <= JUMP:
            self._jumped_at = None
            return max(wall, self._at)
        self._jumped_at = steady if self._jumped_at is None else self._jumped_at
        slacks = self._slacks_time()
        if slacks is None:
            return wall if steady - self._jumped_at >= _BELIEVED_AFTER.total_seconds() else expected
        return wall if abs(wall - slacks) < abs(expected - slacks) else expected
