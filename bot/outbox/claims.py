"""Selects the outbox jobs that can be sent, and leases them to a worker.

A job waits for what its target needs (the channel, the first message of the thread) and for the earlier jobs of its
queue key. So order holds within a thread, and no channel waits for another. A claimed job has a lease, which is
renewed while the work takes long; `attempt` tells the present claim from an earlier one.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.crypto.vault import CannotOpen
from bot.outbox.queue import CONVERSATION_OPERATIONS, REMOVAL_OPERATIONS, Clock, Outbox
from bot.outbox.rate_limits import Blocked
from bot.slack.client import Json
from db.models import OutboxJob, OutboxTarget
from db.session import Database, Instant

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClaimedJob:
    """One claimed job, with everything that is needed to send it outside a transaction.

    `uncertain`: an earlier attempt, at `first_tried_at` or later, may have reached Slack although no answer came.
    """

    job_id: int
    attempt: int
    operation: str
    target_id: str
    channel: str | None
    ts: str | None
    thread_ts: str | None
    body: Json
    first_tried_at: datetime
    uncertain: bool

    @property
    def kind(self) -> str:
        """The operation, but "update" for the change of a message that is already in Slack."""
        return "update" if self.operation == "post" and self.ts else self.operation


class LeaseLost(Exception):
    """Our lease ran out, and somebody else claimed the job."""


class Claims:
    """Claims jobs for a worker.

    `lease` is how long a claim holds. `on_unreadable(session, job, target)` is called, in the transaction of the claim,
    for a job whose body our keys do not open.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        elapsed: Clock,
        lease: timedelta,
        on_unreadable: Callable[[Session, OutboxJob, OutboxTarget], None],
    ) -> None:
        self._database, self._outbox, self._elapsed = database, outbox, elapsed
        self._lease, self._on_unreadable = lease, on_unreadable

    def claim_jobs(self, limit: int, blocked: Blocked, now: datetime) -> list[ClaimedJob]:
        """Claim at most `limit` jobs that can be sent at `now`: one for each channel, and nothing that is `blocked`."""
        parameters = {"now": now, "limit": limit} | asdict(blocked)
        with self._database.writing(wakes=False) as session:
            while found := session.execute(_SENDABLE, parameters).all():
                # The first job of each channel. Where the channel is not known yet, the job is about to make it.
                firsts = {target.channel or target.id: (job, target, root) for job, target, root in reversed(found)}
                claims = [self._claim(session, *first, now) for first in reversed(firsts.values())]
                if claimed := [claim for claim in claims if claim]:
                    return claimed
            return []

    def reload_claim(self, session: Session, claimed: ClaimedJob) -> OutboxJob:
        """The row of this claim, locked. Raises `LeaseLost`."""
        job = session.get_one(OutboxJob, claimed.job_id, with_for_update=True)
        if job.state != "sending" or job.attempts != claimed.attempt:
            raise LeaseLost
        return job

    def renew_lease(self, claimed: ClaimedJob) -> None:
        """Extend the lease, because the work takes longer. Raises `LeaseLost`."""
        with self._database.writing(wakes=False) as session:
            self.reload_claim(session, claimed).lease_until = self._elapsed() + self._lease

    def take_over_leases(self, until: datetime) -> None:
        """Let every lease end at `until`: the process that held them is gone."""
        with self._database.writing(wakes=False) as session:
            session.execute(update(OutboxJob).where(OutboxJob.state == "sending").values(lease_until=until))

    def next_due_at(self) -> datetime | None:
        """The moment from which the next unsent job may be sent; None if there is none."""
        begins = func.coalesce(OutboxJob.lease_until, OutboxJob.not_before, OutboxJob.queued_at)
        with self._database.reading() as session:
            return session.scalar(select(func.min(begins)).where(OutboxJob.state.in_(("waiting", "sending"))))

    def _claim(
        self, session: Session, job: OutboxJob, target: OutboxTarget, root: OutboxTarget | None, now: datetime
    ) -> ClaimedJob | None:
        try:
            body = self._outbox.open_body(job)
        except CannotOpen as problem:
            _log.error("outbox job %s of target %s: %s", job.id, target.id, problem)
            self._on_unreadable(session, job, target)
            return None
        uncertain = job.first_tried_at is not None
        job.state, job.lease_until = "sending", now + self._lease
        job.attempts += 1
        job.first_tried_at = job.first_tried_at or now
        return ClaimedJob(
            job_id=job.id,
            attempt=job.attempts,
            operation=job.operation,
            target_id=target.id,
            channel=target.channel,
            ts=target.ts,
            thread_ts=root.ts if root else None,
            body=body,
            first_tried_at=job.first_tried_at,
            uncertain=uncertain,
        )


def _sendable() -> Select[OutboxJob, OutboxTarget, OutboxTarget]:
    """The first jobs that can be sent at `now`: waiting, or sending under a lease that ran out; nothing blocked."""
    now = bindparam("now", type_=Instant())
    earlier, root = aliased(OutboxJob), aliased(OutboxTarget)
    # A failed job blocks its queue key, unless it is a removal: no later job needs that.
    failed = and_(earlier.state == "failed", earlier.operation.not_in(REMOVAL_OPERATIONS))
    unsent = or_(earlier.state.in_(("waiting", "sending")), failed)
    before = select(earlier.id).where(earlier.id < OutboxJob.id, unsent)
    has_predecessor = before.where(earlier.queue_key == OutboxJob.queue_key).exists()
    # A channel is archived after all jobs in it and in its threads. This is a condition of its own: within one
    # condition with an "or", the database compares every job with every other.
    is_channel_in_use = before.where(earlier.queue_key.startswith(OutboxJob.queue_key + "/")).exists()
    is_free = or_(OutboxJob.state == "waiting", (OutboxJob.state == "sending") & (OutboxJob.lease_until <= now))
    is_new_post = and_(OutboxJob.operation == "post", OutboxTarget.ts.is_(None))
    is_update = and_(OutboxJob.operation == "post", OutboxTarget.ts.is_not(None))
    kind = case((is_update, "update"), else_=OutboxJob.operation)
    return (
        select(OutboxJob, OutboxTarget, root)
        .join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
        .outerjoin(root, root.id == OutboxTarget.thread_target_id)
        .where(is_free, or_(OutboxJob.not_before.is_(None), OutboxJob.not_before <= now), ~has_predecessor)
        .where(~and_(OutboxJob.operation == "archive", is_channel_in_use))
        .where(or_(OutboxTarget.thread_target_id.is_(None), root.ts.is_not(None)))
        .where(or_(OutboxTarget.channel.is_not(None), OutboxJob.operation.in_(CONVERSATION_OPERATIONS)))
        .where(or_(OutboxTarget.channel.is_(None), OutboxTarget.channel.not_in(_list_of("busy_channels"))))
        .where(
            or_(~is_new_post, OutboxTarget.channel.not_in(_list_of("limited_channels"))),
            kind.not_in(_list_of("limited_kinds")),
        )
        .order_by(OutboxJob.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=OutboxJob)
    )


def _list_of(name: str) -> BindParameter[list[str]]:
    return bindparam(name, expanding=True)


# Built once: building it took longer than running it.
_SENDABLE = _sendable()
