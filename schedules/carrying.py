"""The thread that empties the outbox: woken by each commit, and looking for itself now and then."""

import logging
from datetime import timedelta
from threading import Event, Thread

from bot.carrier import Carrier

_log = logging.getLogger(__name__)
# Another process may have queued something; nobody wakes us for that.
LOOK_ANYWAY = timedelta(seconds=2)


class CarrierThread:
    """Carries errands until stopped. `wake` is set by whoever queued something."""

    def __init__(self, carrier: Carrier, wake: Event) -> None:
        self._carrier, self._wake = carrier, wake
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="outbox")

    @property
    def alive(self) -> bool:
        """Whether the outbox is being emptied."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Carry from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is under way, and carry no more; the rest waits in the database."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            wait = self._carry()
            self._wake.wait(min(wait or LOOK_ANYWAY, LOOK_ANYWAY).total_seconds())

    def _carry(self) -> timedelta | None:
        try:
            while not self._stopping.is_set() and self._carrier.carry_one():
                pass
            return self._carrier.next_wait()
        except Exception:  # noqa: BLE001
            # Whatever it is: without this thread nothing is ever said again.
            _log.exception("the outbox could not be emptied, trying again shortly")
            return LOOK_ANYWAY
