"""A job that cannot be done: it is recorded, and who can mend it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.outbox.refusals import OUR_WORDS, SELDOM, pause_of_failed
from bot.outbox.withdrawal import other_states, pass_on_doubt
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget

NOTICE: Final = "notice"
"""The subject of a message that must stand and is about no case or round: it greets a channel, or says what failed."""

# For how long it is asked again where nobody could be told, or this is the message that tells it.
_ASKED_FOR: Final = timedelta(days=1)


def _ignore(*_: object) -> None:
    """Nothing has to happen."""


def _tell_nobody(*_: object) -> bool:
    return False


@dataclass(frozen=True)
class DeliveryListeners:
    """What is called, in the transaction that records it, when something is not delivered.

    `on_failed(session, target, operation, error)`: it failed, by Slack's word or ours; returns whether anybody is told
    of it or need not be. `on_not_invited(session, target,
    user, error)`: Slack refused one of the invited people. `on_deleted(session, target)`: somebody deleted this
    message. `on_surplus(channel, surplus, kept)` is called outside any: replies under the message `surplus` (its `ts`)
    are to be read as replies to `kept`, since it will be deleted; it raises `SlackError` where that cannot be done yet.
    """

    on_failed: Callable[[Session, OutboxTarget, str, str], bool] = _tell_nobody
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
        may_tell = is_new and job.operation not in {"direct", "home"}
        is_told = may_tell and self.listeners.on_failed(session, target, told_as or job.operation, error)
        may_be_taken = kind == "post" and error not in OUR_WORDS and now - job.failed_at < _ASKED_FOR
        if pause is None and may_be_taken and (target.subject == NOTICE or not is_told):
            # Else nobody would ever hear: what Slack does not take now it may take later.
            job.not_before = now + SELDOM
