"""How a job ends or waits, and which jobs of one target are older states than what people read already."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import OutboxJob, OutboxTarget

# Of these a target has one latest state: to do an older one again would show it over a newer one.
_STATES = ("post", "home")


def end(job: OutboxJob, state: str, error: str | None = None) -> None:
    """The job is over: done ("sent", or "posted" with its content until it is verified) or "withdrawn"."""
    job.state, job.lease_until, job.holder, job.error = state, None, None, error
    job.not_before = job.failed_at = job.method = job.scope = None
    if state != "posted":
        job.body = None


def wait_until(job: OutboxJob, until: datetime | None) -> None:
    """The job is to be done, not before this moment."""
    job.state, job.not_before, job.lease_until, job.holder = "waiting", until, None, None


def do_again(job: OutboxJob) -> None:
    """It is done, and not where it should be: it is as if it never was tried."""
    wait_until(job, None)
    job.first_tried_at, job.looks = None, 0


def withdraw_older(session: Session, done: OutboxJob) -> None:
    """People read this state: older ones that failed are not to be tried again."""
    if done.operation in _STATES:
        older = _others(done).where(OutboxJob.id < done.id, OutboxJob.state == "failed")
        for job in session.scalars(older.with_for_update()):
            end(job, "withdrawn")


def is_superseded(session: Session, job: OutboxJob, target: OutboxTarget) -> bool:
    """Whether a newer state than that of this change is on its way, or stands already."""
    is_change = job.operation == "home" or (job.operation == "post" and target.ts is not None)
    if not is_change or not job.attempts:
        return False
    newer = _others(job).where(OutboxJob.id > job.id, OutboxJob.state.not_in(("failed", "withdrawn")))
    return session.scalar(newer.limit(1)) is not None


def has_older(session: Session, job: OutboxJob) -> bool:
    """Whether there were older states, of which one may be in Slack."""
    return session.scalar(_others(job).where(OutboxJob.id < job.id).limit(1)) is not None


def _others(job: OutboxJob) -> Select[OutboxJob]:
    return select(OutboxJob).where(OutboxJob.target_id == job.target_id, OutboxJob.operation == job.operation)
