"""Finding who asked to be invited."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Channel, Invitation, Presence


def due_invitations(session: Session, now: datetime) -> list[int]:
    """Our ids of the members who are to be invited now."""
    waiting = select(Invitation.member_id).where(Invitation.next_at <= now)
    return list(session.scalars(waiting.order_by(Invitation.next_at)))


def asked_for_in(session: Session, channel: Channel) -> list[Invitation]:
    """What the members of this channel asked who did and did not pause it, locked."""
    here = select(Invitation).join(Presence, Presence.member_id == Invitation.member_id)
    wanted = here.where(Presence.channel_id == channel.id, Invitation.is_paused.is_(False))
    return list(session.scalars(wanted.order_by(Invitation.member_id).with_for_update(of=Invitation)))
