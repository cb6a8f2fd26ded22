"""Which errands can go, and whose they are while they do.

An errand waits for what its post needs (the channel, the thread's root) and for every earlier one of its lane, so
order holds within a thread while nobody waits behind another channel. Who carries one holds it under a lease, which is
renewed while it takes long; `attempt` tells who holds it now from who held it before.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.crypto.vault import CannotOpen
from bot.outbox.queue import MAKING, REMOVING, Clock, Outbox
from bot.outbox.rate_limits import Blocked
from bot.slack.client import Json
from db.models import OutboxJob, OutboxTarget
from db.session import Database, Instant

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClaimedJob:
    """One claimed errand, with all that is needed to carry it out outside a transaction.

    `doubted`: an earlier attempt, from `since` on, may have reached Slack without our hearing of it.
    """

    job: int
    attempt: int
    operation: str
    post: str
    channel: str | None
    ts: str | None
    thread: str | None
    body: Json
    since: datetime
    doubted: bool

    @property
    def kind(self) -> str:
        """What it asks of Slack: its operation, but changing a message that stands is an update."""
        return "update" if self.operation == "post" and self.ts else self.operation


class LeaseLost(Exception):
    """Somebody else took this errand up, because our lease ran out."""


class Claims:
    """Gives out what can go. `on_sealed` is told, in the claim's transaction, of words that do not open."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        elapsed: Clock,
        lease: timedelta,
        on_sealed: Callable[[Session, OutboxJob, OutboxTarget], None],
    ) -> None:
        self._database, self._outbox, self._elapsed = database, outbox, elapsed
        self._lease, self._on_sealed = lease, on_sealed

    def claim_jobs(self, most: int, resting: Blocked, now: datetime) -> list[ClaimedJob]:
        """At most `most` errands that can go at `now`, no two of them to one channel, and nothing that rests."""
        limits = {"now": now, "most": most} | asdict(resting)
        with self._database.writing(wakes=False) as session:
            while found := session.execute(_READY, limits).all():
                # The first to each channel; where it is not known yet, the errand is about to make it.
                firsts = {post.channel or post.id: (job, post, root) for job, post, root in reversed(found)}
                loads = [self._load(session, *first, now) for first in reversed(firsts.values())]
                if opened := [load for load in loads if load]:
                    return opened
            return []

    def reload_claim(self, session: Session, load: ClaimedJob) -> OutboxJob:
        """The errand of this load, locked. Raises `LeaseLost`."""
        job = session.get_one(OutboxJob, load.job, with_for_update=True)
        if job.state != "sending" or job.attempts != load.attempt:
            raise LeaseLost
        return job

    def renew_lease(self, load: ClaimedJob) -> None:
        """It takes longer: nobody else is to take it up. Raises `LeaseLost` where somebody has."""
        with self._database.writing(wakes=False) as session:
            self.reload_claim(session, load).lease_until = self._elapsed() + self._lease

    def take_over_leases(self, until: datetime) -> None:
        """Whoever was sending is gone: their leases run until this moment and no longer."""
        with self._database.writing(wakes=False) as session:
            session.execute(update(OutboxJob).where(OutboxJob.state == "sending").values(lease_until=until))

    def next_due_at(self) -> datetime | None:
        """The moment from which something that waits may go, or None if nothing waits."""
        begins = func.coalesce(OutboxJob.lease_until, OutboxJob.not_before, OutboxJob.queued_at)
        with self._database.reading() as session:
            return session.scalar(select(func.min(begins)).where(OutboxJob.state.in_(("waiting", "sending"))))

    def _load(
        self, session: Session, job: OutboxJob, post: OutboxTarget, root: OutboxTarget | None, now: datetime
    ) -> ClaimedJob | None:
        try:
            body = self._outbox.open_body(job)
        except CannotOpen as problem:
            _log.error("errand %s of post %s: %s", job.id, post.id, problem)
            self._on_sealed(session, job, post)
            return None
        doubted = job.first_tried_at is not None
        job.state, job.lease_until = "sending", now + self._lease
        job.attempts += 1
        job.first_tried_at = job.first_tried_at or now
        return ClaimedJob(
            job=job.id,
            attempt=job.attempts,
            operation=job.operation,
            post=post.id,
            channel=post.channel,
            ts=post.ts,
            thread=root.ts if root else None,
            body=body,
            since=job.first_tried_at,
            doubted=doubted,
        )


def _ready() -> Select[OutboxJob, OutboxTarget, OutboxTarget]:
    """The first errands that can go at `now`: waiting, or sending under a lease that ran out; nothing that rests."""
    now = bindparam("now", type_=Instant())
    earlier, root = aliased(OutboxJob), aliased(OutboxTarget)
    # What is parked holds up its lane, but for a removal: nothing that follows needs it.
    parked = and_(earlier.state == "failed", earlier.operation.not_in(REMOVING))
    unsent = or_(earlier.state.in_(("waiting", "sending")), parked)
    before = select(earlier.id).where(earlier.id < OutboxJob.id, unsent)
    blocked = before.where(earlier.queue_key == OutboxJob.queue_key).exists()
    # A channel is closed after all that is to be done in it, in its threads too. Asked apart: in one question with an
    # "or", every errand would be held against every other.
    not_yet_closed = before.where(earlier.queue_key.startswith(OutboxJob.queue_key + "/")).exists()
    free = or_(OutboxJob.state == "waiting", (OutboxJob.state == "sending") & (OutboxJob.lease_until <= now))
    is_new = and_(OutboxJob.operation == "post", OutboxTarget.ts.is_(None))
    kind = case(
        (and_(OutboxJob.operation == "post", OutboxTarget.ts.is_not(None)), "update"), else_=OutboxJob.operation
    )
    return (
        select(OutboxJob, OutboxTarget, root)
        .join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
        .outerjoin(root, root.id == OutboxTarget.thread_target_id)
        .where(free, or_(OutboxJob.not_before.is_(None), OutboxJob.not_before <= now), ~blocked)
        .where(~and_(OutboxJob.operation == "archive", not_yet_closed))
        .where(or_(OutboxTarget.thread_target_id.is_(None), root.ts.is_not(None)))
        .where(or_(OutboxTarget.channel.is_not(None), OutboxJob.operation.in_(MAKING)))
        .where(or_(OutboxTarget.channel.is_(None), OutboxTarget.channel.not_in(_listed("busy"))))
        .where(or_(~is_new, OutboxTarget.channel.not_in(_listed("paced"))), kind.not_in(_listed("kinds")))
        .order_by(OutboxJob.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=OutboxJob)
    )


def _listed(name: str) -> BindParameter[list[str]]:
    return bindparam(name, expanding=True)


# Built once: putting it together took longer than running it.
_READY = _ready()
