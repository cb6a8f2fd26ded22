"""The two clocks: the calendar clock says what is due; the elapsed clock measures triggers, leases and retries."""

from datetime import UTC, datetime, timedelta
from threading import Lock


def elapsed() -> datetime:
    """Real time, aware UTC."""
    return datetime.now(UTC)


class CalendarClock:
    """The time of people: real time, which the demo and tests can move forward. It never goes back."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self._ahead = ahead
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self._latest = max(self._latest, datetime.now(UTC) + self._ahead)
            return self._latest

    def move(self, by: timedelta) -> None:
        """Move forward `by` this much. Raises `ValueError` for a move back."""
        if by < timedelta():
            raise ValueError("time only moves forward")
        with self._lock:
            self._ahead += by
