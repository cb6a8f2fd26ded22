"""The clock of the machine of one copy: it may be wrong, and be set while the copy runs."""

from datetime import datetime, timedelta

from bot.outbox.queue import Clock


class MachineClock:
    """The clock of one machine: the `true` time, and how far it is `off`."""

    def __init__(self, true: Clock) -> None:
        self.true, self.off = true, timedelta()

    def __call__(self) -> datetime:
        return self.true() + self.off

    def steady(self) -> float:
        """Seconds that nobody can set."""
        return self.true().timestamp()
