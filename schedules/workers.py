"""The threads that empty the outbox: woken by each commit, and looking for themselves now and then."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Lock, Thread

from bot.outbox.claims import ClaimedJob
from bot.outbox.worker import OutboxWorker

_log = logging.getLogger(__name__)
# Another process may have queued something; nobody wakes us for that.
LOOK_ANYWAY = timedelta(seconds=2)
# So many channels may leave us without an answer before anybody else has to wait.
WORKERS = 16


class WorkerPool:
    """One thread hands errands out, `hands` threads carry them, until stopped. `wake`: something was queued."""

    def __init__(self, outbox_worker: OutboxWorker, wake: Event, hands: int = WORKERS) -> None:
        self._outbox_worker, self._wake = outbox_worker, wake
        self._stopping, self._lock = Event(), Lock()
        self._free = hands
        self._hands = ThreadPoolExecutor(hands, thread_name_prefix="outbox")
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
        self._hands.shutdown(wait=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            wait = self._hand_out()
            self._wake.wait(min(wait or LOOK_ANYWAY, LOOK_ANYWAY).total_seconds())

    def _hand_out(self) -> timedelta | None:
        """Give every free hand something to carry; returns how long until there may be more."""
        try:
            while self._free and not self._stopping.is_set():
                loads = self._outbox_worker.claim_jobs(self._free)
                for load in loads:
                    self._count(-1)
                    self._hands.submit(self._carry, load)
                if not loads:
                    return self._outbox_worker.time_to_next()
        except Exception:  # noqa: BLE001
            # Whatever it is: without this thread nothing is ever said again.
            _log.exception("the outbox could not be emptied, trying again shortly")
        return LOOK_ANYWAY

    def _carry(self, load: ClaimedJob) -> None:
        try:
            self._outbox_worker.send_job(load)
        except Exception:  # noqa: BLE001
            # It stays under its lease, and is looked up after that.
            _log.exception("errand %s could not be carried, will be looked up", load.job)
        finally:
            self._count(1)
            self._wake.set()

    def _count(self, change: int) -> None:
        with self._lock:
            self._free += change
