"""The clocks of one copy of the bot: each may be off, and be set right or wrong again while it runs."""

from datetime import UTC, datetime, timedelta

from bot.outbox.queue import Clock


class MachineClock:
    """The clock of one machine: the `true` time, and how far it is `off`."""

    def __init__(self, true: Clock) -> None:
        self.true, self.off = true, timedelta()

    def __call__(self) -> datetime:
        return self.true() + self.off


class ForwardClock:
    """The calendar of a process on that machine: like its clock, but it never goes back."""

    def __init__(self, machine: Clock) -> None:
        self._machine, self._latest = machine, datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        self._latest = max(self._latest, self._machine())
        return self._latest
