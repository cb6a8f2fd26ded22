"""What is posted and not verified yet: its content is kept until then, and whether an event said that it is there."""

from collections import deque

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.outbox.refusals import NOT_IN_SLACK
from bot.outbox.states import end
from db.models import OutboxJob, OutboxTarget

_EARLY = 500


def posted_job(session: Session, target: OutboxTarget) -> OutboxJob | None:
    """The job that posted this message, or changed it last, while its content is kept to be verified."""
    posted = select(OutboxJob).where(OutboxJob.target_id == target.id, OutboxJob.state == "posted")
    return session.scalar(posted.order_by(OutboxJob.id.desc()).limit(1))


def forget_posted(session: Session, target: OutboxTarget) -> None:
    """Wipe the content of what was posted and is kept to be verified."""
    posted = update(OutboxJob).where(OutboxJob.target_id == target.id, OutboxJob.state == "posted")
    session.execute(posted.values(state="sent", body=None))


def is_lost(job: OutboxJob) -> bool:
    """Whether Slack does not show this message, and an operator has to say whether it is posted again."""
    return job.state == "failed" and job.error == NOT_IN_SLACK


def give_to_lost(session: Session, job: OutboxJob, target: OutboxTarget) -> bool:
    """Let the lost message of this target, if it is lost, have the content of this change, which is withdrawn."""
    jobs = select(OutboxJob).where(OutboxJob.target_id == target.id, OutboxJob.operation == "post")
    lost = next(filter(is_lost, session.scalars(jobs.with_for_update())), None)
    if lost is None:
        return False
    lost.body, lost.token = job.body, job.token
    end(job, "withdrawn")
    return True


class SeenPosts:
    """The messages of ours that events said are in Slack: if one is not there later, somebody took it down.

    The event of a message often comes before the answer to the call that posted it. Those are kept in memory alone: at
    worst, what somebody took down within minutes is posted again, once.
    """

    def __init__(self) -> None:
        self._early: deque[tuple[str, str]] = deque(maxlen=_EARLY)

    def note_seen(self, session: Session, channel: str, ts: str) -> None:
        """An event says that this message is in Slack."""
        target = session.scalar(select(OutboxTarget).where(OutboxTarget.channel == channel, OutboxTarget.ts == ts))
        if target is None:
            self._early.append((channel, ts))
        else:
            target.is_seen = True

    def came_early(self, channel: str, ts: str) -> bool:
        """Whether the event of this message came before its target was known."""
        return (channel, ts) in self._early
