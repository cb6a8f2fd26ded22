"""The threads that send the outbox and verify what was sent. Each commit wakes them, and they look now and then."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Lock, Thread
from typing import TypeVar

from bot.outbox.worker import OutboxWorker

_log = logging.getLogger(__name__)
# Another process may have queued a job, which sets no event here.
LOOK_EVERY = timedelta(seconds=2)
# So many channels may be without an answer of Slack before any other channel has to wait.
WORKERS = 16
Claimed = TypeVar("Claimed")


class WorkerPool:
    """One thread claims jobs and `size` threads send them, until stopped. `jobs_queued` is set by each commit."""

    def __init__(self, outbox_worker: OutboxWorker, jobs_queued: Event, size: int = WORKERS) -> None:
        self._outbox_worker, self._jobs_queued = outbox_worker, jobs_queued
        self._stopping, self._lock = Event(), Lock()
        self._free = size
        self._executor = ThreadPoolExecutor(size, thread_name_prefix="outbox")
        self._thread = Thread(target=self._run, name="outbox")

    @property
    def alive(self) -> bool:
        """True while the outbox is being sent."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Send from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the jobs that are being sent, and claim no more; the others wait in the database."""
        self._stopping.set()
        self._jobs_queued.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._executor.shutdown(wait=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._jobs_queued.clear()
            wait = self._submit_jobs()
            self._jobs_queued.wait(min(wait or LOOK_EVERY, LOOK_EVERY).total_seconds())

    def _submit_jobs(self) -> timedelta | None:
        """Give every free thread a job; returns how long until there may be more jobs."""
        try:
            while self._free and not self._stopping.is_set():
                jobs = self._outbox_worker.claim_jobs(self._free)
                for job in jobs:
                    self._submit(self._outbox_worker.send_job, job)
                places = [] if jobs else self._outbox_worker.claim_places(self._free)
                for place in places:
                    self._submit(self._outbox_worker.verify, place)
                if not (jobs or places):
                    return self._outbox_worker.time_to_next()
        except Exception:  # noqa: BLE001
            # Any exception: without this thread nothing is sent any more.
            _log.exception("claiming outbox jobs failed, will try again shortly")
        return LOOK_EVERY

    def _submit(self, work: Callable[[Claimed], None], claimed: Claimed) -> None:
        self._change_free(-1)
        self._executor.submit(self._run_one, work, claimed)

    def _run_one(self, work: Callable[[Claimed], None], claimed: Claimed) -> None:
        try:
            work(claimed)
        except Exception:  # noqa: BLE001
            # Such as a database that does not answer: what was claimed is claimed again when its lease is over.
            _log.exception("sending from the outbox failed, will look in Slack before sending again")
        finally:
            self._change_free(1)
            self._jobs_queued.set()

    def _change_free(self, by: int) -> None:
        with self._lock:
            self._free += by
