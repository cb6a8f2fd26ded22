"""Gives jobs up: one that an operator or Slack rules out, and what can only follow it."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.outbox.sendable import CONVERSATION_OPERATIONS, UNSENT
from bot.outbox.states import end
from db.models import OutboxJob, OutboxTarget


def drop_job(session: Session, job: OutboxJob, now: datetime) -> list[OutboxJob]:
    """Withdraw this job, and the jobs that need its result; returns those others.

    Another state of the same message takes its place: nothing else is withdrawn then.
    """
    end(job, "withdrawn")
    target = session.get_one(OutboxTarget, job.target_id)
    in_slack = target.ts if job.operation == "post" else target.channel
    if in_slack or job.operation not in {"post", *CONVERSATION_OPERATIONS}:
        return []
    if states := other_states(session, job):
        pass_on_doubt(job, states, now)
        return []
    if job.operation != "direct":
        # A direct conversation can always be opened again; nothing else can.
        target.deleted_at = now
    return withdraw_dependents(session, target)


def withdraw_unwanted(session: Session, job: OutboxJob, target: OutboxTarget, *, uncertain: bool) -> bool:
    """Withdraw the job of a message that was taken back; returns whether it is one.

    Where the message never came to Slack, its thread is withdrawn too. An `uncertain` one is looked for first.
    """
    if job.operation != "post" or not target.deleted_at or (uncertain and target.ts is None):
        return False
    end(job, "withdrawn")
    if target.ts is None:
        withdraw_dependents(session, target)
    return True


def withdraw_dependents(session: Session, target: OutboxTarget) -> list[OutboxJob]:
    """Withdraw all jobs in the thread or the conversation of a target that will never exist; returns them.

    What is queued there later is withdrawn too, if the target is deleted.
    """
    there = or_(OutboxTarget.thread_target_id == target.id, OutboxTarget.channel_target_id == target.id)
    dependents = session.scalars(select(OutboxTarget).where(there)).all()
    jobs = [job for dependent in dependents for job in unsent_jobs(session, dependent)]
    for job in jobs:
        end(job, "withdrawn")
    for dependent in dependents:
        dependent.deleted_at = dependent.deleted_at or target.deleted_at
    return jobs


def unsent_jobs(session: Session, target: OutboxTarget) -> list[OutboxJob]:
    """The jobs of this target that are waiting or failed, locked."""
    unsent = select(OutboxJob).where(OutboxJob.target_id == target.id, OutboxJob.state.in_(("waiting", "failed")))
    return list(session.scalars(unsent.order_by(OutboxJob.id).with_for_update()))


def other_states(session: Session, job: OutboxJob) -> list[OutboxJob]:
    """The other jobs that would make the same thing, oldest first."""
    same = select(OutboxJob).where(OutboxJob.target_id == job.target_id, OutboxJob.operation == job.operation)
    others = same.where(OutboxJob.id != job.id, OutboxJob.state.in_(UNSENT))
    return list(session.scalars(others.order_by(OutboxJob.id).with_for_update()))


def pass_on_doubt(job: OutboxJob, states: list[OutboxJob], now: datetime) -> None:
    """If this job, which ends here, may be in Slack, it is looked for before the next of the other states is sent."""
    after = next((state for state in states if state.id > job.id), None)
    if after and job.first_tried_at and after.first_tried_at is None:
        after.first_tried_at, after.retried_at, after.looks = job.first_tried_at, now, 0
