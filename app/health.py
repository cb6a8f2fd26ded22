"""Whether a process is ready, and if not, why: for `/health/ready`, `/metrics` and the log."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import Final

from app.reasons import REASONS, HealthReason, Parts, free_bytes, open_jobs
from app.timed import TimedLook

_log = logging.getLogger(__name__)
# Whoever asks gets an answer within so long.
PATIENCE_SECONDS: Final = 2.5
# A job is stuck if it was seen two times with some seconds between: so it is said within a minute.
_LOG_EVERY_SECONDS: Final = 15.0


class Health:
    """Looks whether any of `reasons` holds, each in a thread of its own. Writes in the log what changes."""

    def __init__(self, parts: Parts, reasons: Sequence[HealthReason] = REASONS) -> None:
        self._parts = parts
        self._looks = {
            each.key: TimedLook(f"health {each.key}", partial(each.find, parts), each.late) for each in reasons
        }
        self._jobs: TimedLook[dict[str, int]] = TimedLook("health jobs", partial(open_jobs, parts), {})
        self._oldest = TimedLook("health oldest", parts.waiting.oldest, timedelta())
        self._stopping = Event()
        self._thread = Thread(target=self._watch, name="health", daemon=True)
        self._said: dict[str, str] = {}

    def start(self) -> None:
        """Write in the log from now on what changes."""
        self._thread.start()

    def stop(self) -> None:
        """Write no more."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def problems(self) -> dict[str, str]:
        """The reasons that hold, each with the sentence that its key begins; empty if the process is ready."""
        for look in self._looks.values():
            look.begin()
        until = monotonic() + PATIENCE_SECONDS
        found = {key: look.result(until) for key, look in self._looks.items()}
        return {key: problem for key, problem in found.items() if problem}

    def render_metrics(self) -> bytes:
        """The metrics of the bot, with gauges of the same."""
        for numbers in (self._jobs, self._oldest):
            numbers.begin()
        problems, bot, until = self.problems(), self._parts.bot, monotonic() + 0.5
        metrics, socket = bot.metrics, self._parts.socket
        for key in self._looks:
            metrics.problem.labels(key).set(key in problems)
        for state, number in self._jobs.result(until).items():
            metrics.outbox_jobs.labels(state).set(number)
        metrics.oldest_waiting.set(self._oldest.result(until).total_seconds())
        metrics.database_up.set("database" not in problems)
        metrics.connection_up.set(socket is None or socket.connected)
        metrics.clock_skew.set((bot.clock_watch.difference() or timedelta()).total_seconds())
        metrics.disk_free.set(free_bytes(bot) or 0)
        metrics.slack_answers.counts = bot.slack_answers.counts
        return metrics.render_metrics()

    def _watch(self) -> None:
        while not self._stopping.wait(_LOG_EVERY_SECONDS):
            self.log_changes()

    def log_changes(self) -> None:
        """Write in the log which reasons came and went since the last time."""
        problems, before = self.problems(), self._said
        for key in problems.keys() - before.keys():
            _log.error("not ready: %s %s", key, problems[key])
        for key in before.keys() - problems.keys():
            _log.warning("%s is well again", key)
        self._said = problems
