"""What health and metrics ask of the outbox, and a write that tells whether the database can be written."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from db.models import Channel, OutboxJob, OutboxTarget, Workspace

# The states of jobs that are not over.
OPEN_STATES: Final = ("waiting", "sending", "posted", "failed")
_UNDER_WAY: Final = ("waiting", "sending")
# These make the channel that other jobs wait for.
_MAKE_CHANNELS: Final = ("channel", "direct", "group")


def note_check(session: Session, now: datetime) -> None:
    """Write that the database was checked now."""
    session.execute(update(Workspace).values(checked_at=now))


def open_jobs(session: Session) -> dict[str, int]:
    """How many jobs there are in each state that is not over."""
    counted = select(OutboxJob.state, func.count()).where(OutboxJob.state.in_(OPEN_STATES)).group_by(OutboxJob.state)
    return dict.fromkeys(OPEN_STATES, 0) | {row[0]: row[1] for row in session.execute(counted)}


def sendable_since(session: Session, now: datetime, most: int) -> dict[int, datetime]:
    """The jobs (a few, the oldest first) that could be sent now, each with the moment from which on it could."""
    could_go_at = func.coalesce(OutboxJob.lease_until, OutboxJob.not_before, OutboxJob.queued_at)
    earlier, root = aliased(OutboxJob), aliased(OutboxTarget)
    before = select(earlier.id).where(
        earlier.queue_key == OutboxJob.queue_key, earlier.state.in_(_UNDER_WAY), earlier.id < OutboxJob.id
    )
    is_away = or_(Channel.left_at.is_not(None), Channel.away_reason.is_not(None))
    away = select(Channel.id).where(Channel.slack == OutboxTarget.channel, is_away)
    found = (
        select(OutboxJob.id, could_go_at)
        .join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
        .outerjoin(root, root.id == OutboxTarget.thread_target_id)
        .where(OutboxJob.state.in_(_UNDER_WAY), could_go_at <= now)
        .where(or_(OutboxTarget.thread_target_id.is_(None), root.ts.is_not(None)))
        .where(or_(OutboxTarget.channel.is_not(None), OutboxJob.operation.in_(_MAKE_CHANNELS)))
        .where(~before.exists(), ~away.exists())
        .order_by(could_go_at)
        .limit(most)
    )
    return {row[0]: row[1] for row in session.execute(found)}
