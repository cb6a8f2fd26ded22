"""A clock that moves only when a test moves it."""

from datetime import UTC, datetime, timedelta

# A Monday at ten in Brussels.
MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


class MovableClock:
    """Aware UTC; it only moves forward."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        assert by >= timedelta(), "time only moves forward"
        self.at += by
