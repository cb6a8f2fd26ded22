"""The jobs that are not done yet, for the operator: what, since when, why, what waits behind. Retry and drop."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from bot.outbox.refusals import NOT_IN_SLACK, RULED_OUT, STANDS_TWICE
from bot.outbox.sendable import CONVERSATION_OPERATIONS, UNDER_WAY, UNSENT
from bot.outbox.withdrawal import drop_job
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget
from db.session import Database


@dataclass(frozen=True)
class UnfinishedJob:
    """A job that is not done.

    `since` is when it was queued, or failed; `error` is Slack's or our own word for what went wrong, at `method`, for
    want of `scope`; `next_at` is when it is tried again, if not at once. It waits for the job `waits_for`; `behind`
    jobs wait for it.
    """

    number: int
    operation: str
    state: str
    attempts: int
    where: str
    since: datetime
    error: str | None
    method: str | None
    scope: str | None
    next_at: datetime | None
    waits_for: int | None
    behind: int


class UnfinishedJobs:
    """Lists, retries and drops the jobs that are not done. `clock` is that of their moments."""

    def __init__(self, database: Database, clock: SessionClock) -> None:
        self._database, self._clock = database, clock

    def list_jobs(self) -> list[UnfinishedJob]:
        """Every job that is not done, in the order in which they were queued."""
        with self._database.reading() as session:
            rows, now = session.execute(_unfinished()).all(), self._clock(session)
        parents = _parents(rows)
        behind = Counter(_all_before(parents))
        return [_describe(job, target, parents.get(job.id), behind[job.id], now) for job, target in rows]

    def retry_jobs(self, number: int | None = None) -> int:
        """Let a job that is not done, or every failed one, be tried at once. Returns how many."""
        with self._database.writing() as session:
            jobs = [job for job in self._chosen(session, number) if job.state != "sending"]
            for job in jobs:
                self._retry(session, job)
            return len(jobs)

    def drop_jobs(self, number: int | None = None) -> tuple[int, int]:
        """Give up a job that is not done, or every failed one.

        Returns how many, and how many others were given up with them: replies to a post that was never made.
        """
        with self._database.writing() as session:
            jobs = [job for job in self._chosen(session, number) if job.state != "sending"]
            behind = {other.id for job in jobs for other in drop_job(session, job, self._clock(session))}
            return len(jobs), len(behind - {job.id for job in jobs})

    def retry_at_start(self) -> int:
        """A new version may have mended what failed through a mistake of our own: it is tried once more."""
        with self._database.writing() as session:
            failed = select(OutboxJob).where(OutboxJob.state == "failed", OutboxJob.not_before.is_(None))
            failed = failed.where(func.coalesce(OutboxJob.error, "").not_in(RULED_OUT))
            jobs = session.scalars(failed.with_for_update(skip_locked=True)).all()
            for job in jobs:
                job.not_before = job.retried_at = self._clock(session)
            return len(jobs)

    def _retry(self, session: Session, job: OutboxJob) -> None:
        now, target = self._clock(session), session.get_one(OutboxTarget, job.target_id)
        job.state, job.not_before, job.failed_at = "waiting", None, None
        job.retried_at, job.looks = now, 0
        if job.error == NOT_IN_SLACK:
            # It is posted anew.
            target.ts, target.is_reposted, job.first_tried_at = None, True, target.posted_at
        elif job.error == STANDS_TWICE:
            # Only the deletion of the surplus is tried anew.
            job.state, target.verify_at = "posted", now

    def _chosen(self, session: Session, number: int | None) -> list[OutboxJob]:
        unsent = select(OutboxJob).where(OutboxJob.state.in_(UNSENT)).order_by(OutboxJob.id).with_for_update()
        chosen = unsent.where(OutboxJob.state == "failed") if number is None else unsent.where(OutboxJob.id == number)
        return list(session.scalars(chosen))


def _unfinished() -> Select[OutboxJob, OutboxTarget]:
    unsent = select(OutboxJob, OutboxTarget).join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
    return unsent.where(OutboxJob.state.in_(UNSENT)).order_by(OutboxJob.id)


def _parents(rows: Sequence[Row[OutboxJob, OutboxTarget]]) -> dict[int, int]:
    """For each job, the job that it waits for: of its channel, its thread, its target, or an earlier new post."""
    parents: dict[int, int] = {}
    by_target: dict[str, int] = {}
    last_post: dict[str, int] = {}
    for job, target in rows:
        needs_channel = by_target.get(target.channel_target_id or "") if target.channel is None else None
        is_new_post = job.operation == "post" and target.ts is None
        earlier = last_post.get(job.queue_key) if is_new_post else None
        parent = by_target.get(target.id) or needs_channel or by_target.get(target.thread_target_id or "") or earlier
        if parent:
            parents[job.id] = parent
        if is_new_post and (job.state in UNDER_WAY or job.not_before):
            last_post[job.queue_key] = job.id
        if is_new_post or job.operation in CONVERSATION_OPERATIONS or job.state in UNDER_WAY:
            by_target[target.id] = job.id
    return parents


def _all_before(parents: dict[int, int]) -> list[int]:
    """For each job that waits, every job before it in its chain."""
    found = []
    for job in parents:
        before = parents.get(job)
        while before is not None:
            found.append(before)
            before = parents.get(before)
    return found


def _describe(job: OutboxJob, target: OutboxTarget, waits_for: int | None, behind: int, now: datetime) -> UnfinishedJob:
    next_at = job.lease_until or job.not_before
    return UnfinishedJob(
        number=job.id,
        operation="update" if job.operation == "post" and target.ts else job.operation,
        state=job.state,
        attempts=job.attempts,
        where=target.channel or "a channel that is not made yet",
        since=job.failed_at or job.queued_at,
        error=job.error,
        method=job.method,
        scope=job.scope,
        next_at=next_at if next_at and next_at > now else None,
        waits_for=waits_for,
        behind=behind,
    )
