"""A job that cannot be done: it is recorded, and who can mend it is told."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.outbox.refusals import pause_of_failed
from bot.outbox.withdrawal import other_states, pass_on_doubt
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget


def _ignore(*_: object) -> None:
    """Nothing has to happen."""


@dataclass(frozen=True)
class DeliveryListeners:
    """What is called, in the transaction that records it, when something is not delivered.

    `on_failed(session, target, operation, error)`: it failed, by Slack's word or ours. `on_not_invited(session, target,
    user, error)`: Slack refused one of the invited people. `on_deleted(session, target)`: somebody deleted this
    message. `on_surplus(channel, surplus, kept)` is called outside any: replies under the message `surplus` (its `ts`)
    are to be read as replies to `kept`, since it will be deleted; it raises `SlackError` where that cannot be done yet.
    """

    on_failed: Callable[[Session, OutboxTarget, str, str], None] = _ignore
    on_not_invited: Callable[[Session, OutboxTarget, str, str], None] = _ignore
    on_deleted: Callable[[Session, OutboxTarget], None] = _ignore
    on_surplus: Callable[[str, str, str], None] = _ignore


class Failures:
    """Records failed jobs, and calls `listeners`."""

    def __init__(self, clock: SessionClock, listeners: DeliveryListeners) -> None:
        self._clock, self.listeners = clock, listeners

    def fail(
        self, session: Session, job: OutboxJob, target: OutboxTarget, error: str, *, told_as: str | None = None
    ) -> None:
        """It failed: who can mend it is told, once. No listener hears of a direct conversation or of a Home.

        People are told that the operation `told_as` failed; if not given, that of the job.
        """
        now, is_new = self._clock(session), job.failed_at is None
        job.failed_at = job.failed_at or now
        kind = "update" if job.operation == "post" and target.ts else job.operation
        pause = pause_of_failed(kind, error, now - job.failed_at)
        job.state, job.error, job.lease_until, job.holder = "failed", error, None, None
        job.not_before = now + pause if pause else None
        if pause is None and kind == "post":
            # What failed for good holds up no newer state of it.
            pass_on_doubt(job, other_states(session, job), now)
        if is_new and job.operation not in {"direct", "home"}:
            self.listeners.on_failed(session, target, told_as or job.operation, error)
