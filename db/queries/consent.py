"""Finding proposals, and the objections to them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Channel, Circle, Objection, Proposal


def open_proposal(session: Session, circle: Circle) -> Proposal | None:
    """The open proposal of this circle, locked; members can object to it."""
    open_ = select(Proposal).where(Proposal.circle_id == circle.id, Proposal.state == "open")
    return session.scalar(open_.with_for_update())


def halted_proposals(session: Session, circle: Circle, now: datetime) -> list[Proposal]:
    """The proposals that an objection stopped, locked; each is open again if that is taken back in time."""
    halted = Proposal.circle_id == circle.id, Proposal.state == "stopped", Proposal.ends_at > now
    return list(session.scalars(select(Proposal).where(*halted).with_for_update()))


def objections_to(session: Session, proposal: Proposal) -> list[Objection]:
    """Every objection to this proposal, also those that were taken back."""
    return list(session.scalars(select(Objection).where(Objection.proposal_id == proposal.id)))


def proposal_by_form(session: Session, form: str) -> Proposal | None:
    """The proposal that came through this form."""
    return session.scalar(select(Proposal).where(Proposal.form_token == form))


def proposals_due(session: Session, now: datetime) -> list[str]:
    """Ids of the proposals to which nobody objected in time, where the bot is in the channel."""
    due = select(Proposal.id).join(Circle, Circle.id == Proposal.circle_id).join(Channel)
    over = due.where(Proposal.state == "open", Proposal.ends_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(over.order_by(Proposal.ends_at)))


def first_proposal(session: Session, circle: Circle) -> Proposal | None:
    """The proposal of the rhythm with which this circle was set up."""
    first = select(Proposal).where(Proposal.circle_id == circle.id, Proposal.kind == "first")
    return session.scalar(first.limit(1))
