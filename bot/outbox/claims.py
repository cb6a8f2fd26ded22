"""Leases jobs to a worker, by the clock of the database: the clocks of two copies of the bot may differ.

A claimed job has a lease, which is renewed while the work takes long, and once more just before a call that cannot be
repeated; `attempt` tells the present claim from an earlier one.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from bot.crypto.vault import CannotOpen
from bot.outbox.failures import Failures
from bot.outbox.queue import Outbox
from bot.outbox.rate_limits import Blocked
from bot.outbox.refusals import NO_BODY, UNCERTAIN, UNKNOWN_OPERATION, UNREADABLE
from bot.outbox.sendable import UNDER_WAY, select_sendable
from bot.outbox.states import end, is_superseded
from bot.outbox.withdrawal import withdraw_unwanted
from bot.slack.client import Json
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget
from db.session import Database

_log = logging.getLogger(__name__)
OPERATIONS = {"post", "home", "file", "channel", "direct", "group", "invite", "remove", "archive", "delete"}
# What is uncertain for so long is not tried any more.
LONGEST_DOUBT = timedelta(days=1)
# Built once: building it took longer than running it.
_SENDABLE = select_sendable()


@dataclass(frozen=True)
class ClaimedJob:
    """One claimed job, with everything that is needed to send it outside a transaction.

    `uncertain`: an earlier attempt, at `first_tried_at` or later, may have reached Slack although no answer came, and
    was looked for `looks` times since. `is_deleted`: nobody wants the message any more, but it may be there.
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
    looks: int
    is_deleted: bool

    @property
    def kind(self) -> str:
        """The operation, but "update" for the change of a message that is already in Slack."""
        return "update" if self.operation == "post" and self.ts else self.operation


class LeaseLost(Exception):
    """Our lease ran out, and somebody else claimed the job."""


class Claims:
    """Claims jobs for a worker. `lease` is how long a claim holds. What cannot be done at all fails here and now."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        clock: SessionClock,
        lease: timedelta,
        failures: Failures,
    ) -> None:
        self._database, self._outbox, self._clock = database, outbox, clock
        self._lease, self._failures = lease, failures

    def claim_jobs(self, limit: int, blocked: Blocked) -> list[ClaimedJob]:
        """Claim at most `limit` jobs that can be sent now: one for each channel, and nothing that is `blocked`."""
        with self._database.writing(wakes=False) as session:
            now = self._clock(session)
            parameters = {"now": now, "limit": limit} | asdict(blocked)
            while found := session.execute(_SENDABLE, parameters).all():
                # The first job of each channel. Where the channel is not known yet, the job is about to make it.
                firsts = {target.channel or target.id: (job, target, root) for job, target, root in reversed(found)}
                claims = [self._claim(session, *first, now) for first in reversed(firsts.values())]
                if claimed := [claim for claim in claims if claim]:
                    return claimed
            return []

    def renew_lease(self, claimed: ClaimedJob) -> None:
        """Extend the lease: the work takes longer, or cannot be repeated. Raises `LeaseLost`, also if it is over."""
        with self._database.writing(wakes=False) as session:
            job, now = reload_claim(session, claimed), self._clock(session)
            if job.lease_until is None or job.lease_until <= now:
                raise LeaseLost
            job.lease_until = now + self._lease

    def take_over_leases(self, after: timedelta) -> None:
        """Let leases of gone processes end `after` a moment. Where nobody can tell who is gone, they end by time."""
        with self._database.writing(wakes=False) as session:
            living = self._database.presence.living_holders(session)
            if living is None:
                return
            until, has_other = self._clock(session) + after, OutboxJob.holder.not_in(living)
            # In a file of SQLite, an unnamed holder is one of an earlier version.
            is_gone = or_(has_other, OutboxJob.holder.is_(None)) if self._database.is_ours_alone else has_other
            held = update(OutboxJob).where(OutboxJob.state == "sending", OutboxJob.lease_until > until)
            session.execute(held.where(is_gone).values(lease_until=until))

    def has_unsent_jobs(self) -> bool:
        """True while a job waits or is being sent."""
        with self._database.reading() as session:
            return session.scalar(select(OutboxJob.id).where(OutboxJob.state.in_(UNDER_WAY)).limit(1)) is not None

    def time_to_next(self) -> timedelta | None:
        """How long until the next unsent job may be sent, which may be past; None if there is none."""
        begins = func.coalesce(OutboxJob.lease_until, OutboxJob.not_before, OutboxJob.queued_at)
        is_tried_again = (OutboxJob.state == "failed") & OutboxJob.not_before.is_not(None)
        with self._database.reading() as session:
            next_at = session.scalar(select(func.min(begins)).where(OutboxJob.state.in_(UNDER_WAY) | is_tried_again))
            return next_at - self._clock(session) if next_at else None

    def _claim(
        self, session: Session, job: OutboxJob, target: OutboxTarget, root: OutboxTarget | None, now: datetime
    ) -> ClaimedJob | None:
        uncertain = job.first_tried_at is not None
        if withdraw_unwanted(session, job, target, uncertain=uncertain):
            return None
        if is_superseded(session, job, target):
            end(job, "withdrawn")
            return None
        body = self._open_body(session, job, target, now)
        if body is None:
            return None
        job.state, job.lease_until, job.holder = "sending", now + self._lease, self._database.presence.holder
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
            looks=job.looks,
            is_deleted=target.deleted_at is not None,
        )

    def _open_body(self, session: Session, job: OutboxJob, target: OutboxTarget, now: datetime) -> Json | None:
        """The content of a job that can be done; None for one that fails here and now."""
        problem = _why_impossible(job, now)
        try:
            if problem is None:
                return self._outbox.open_body(job)
        except CannotOpen:
            problem = UNREADABLE
        _log.error("outbox job %s (%s) cannot be done: %s", job.id, job.operation, problem)
        self._failures.fail(session, job, target, problem)
        return None


def reload_claim(session: Session, claimed: ClaimedJob) -> OutboxJob:
    """The row of this claim, locked. Raises `LeaseLost`."""
    job = session.get_one(OutboxJob, claimed.job_id, with_for_update=True)
    if job.state != "sending" or job.attempts != claimed.attempt:
        raise LeaseLost
    return job


def _why_impossible(job: OutboxJob, now: datetime) -> str | None:
    if job.operation not in OPERATIONS:
        return UNKNOWN_OPERATION
    if job.body is None:
        return NO_BODY
    since = max(filter(None, (job.first_tried_at, job.retried_at)), default=now)
    return UNCERTAIN if job.first_tried_at and since <= now - LONGEST_DOUBT else None
