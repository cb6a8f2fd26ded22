"""Finding what became of plan slots, and what is proposed."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Channel, Circle, Objection, Proposal, Round, SlotOtherwise


def slots_had(session: Session, circle: Circle) -> frozenset[str]:
    """Keys of the slots that had their question in this circle."""
    return frozenset(session.scalars(select(Round.slot).where(Round.circle_id == circle.id)))


def slots_skipped(session: Session, circle: Circle) -> frozenset[str]:
    """Keys of the slots that moderators of this circle skipped."""
    skipped = select(SlotOtherwise.slot).where(SlotOtherwise.circle_id == circle.id, SlotOtherwise.why == "skipped")
    return frozenset(session.scalars(skipped))


def slots_otherwise(session: Session, circle: Circle, first: date, today: date, most: int) -> list[SlotOtherwise]:
    """The latest since the day `first` that went otherwise, latest first; not those that are still to come."""
    otherwise = select(SlotOtherwise).where(SlotOtherwise.circle_id == circle.id, SlotOtherwise.planned >= first)
    over = otherwise.where(or_(SlotOtherwise.planned <= today, SlotOtherwise.came.is_not(None)))
    return list(session.scalars(over.order_by(SlotOtherwise.planned.desc()).limit(most)))


def open_proposal(session: Session, circle: Circle) -> Proposal | None:
    """What members of this circle can object to now."""
    open_ = select(Proposal).where(Proposal.circle_id == circle.id, Proposal.state == "open")
    return session.scalar(open_.with_for_update())


def halted_proposals(session: Session, circle: Circle, now: datetime) -> list[Proposal]:
    """Those that somebody objected to, and that go on if the objection is taken back in time."""
    halted = select(Proposal).where(
        Proposal.circle_id == circle.id, Proposal.state == "stopped", Proposal.ends_at > now
    )
    return list(session.scalars(halted.with_for_update()))


def objections_to(session: Session, proposal: Proposal) -> list[Objection]:
    """Every objection to it, those that were taken back too."""
    return list(session.scalars(select(Objection).where(Objection.proposal_id == proposal.id)))


def proposal_by_form(session: Session, form: str) -> Proposal | None:
    """The proposal that came through this form."""
    return session.scalar(select(Proposal).where(Proposal.form == form))


def proposals_due(session: Session, now: datetime) -> list[str]:
    """Ids of the proposals nobody objected to in time, where the bot is in the channel."""
    due = select(Proposal.id).join(Circle, Circle.id == Proposal.circle_id).join(Channel)
    over = due.where(Proposal.state == "open", Proposal.ends_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(over.order_by(Proposal.ends_at)))


def first_proposal(session: Session, circle: Circle) -> Proposal | None:
    """That of the rhythm with which this circle was set up."""
    first = select(Proposal).where(Proposal.circle_id == circle.id, Proposal.kind == "first")
    return session.scalar(first.limit(1))


def circles_to_look_at(session: Session, now: datetime) -> list[int]:
    """Our ids of the circles of which it is looked now whether they are silent."""
    due = select(Circle.id).join(Channel).where(Circle.look_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(due.order_by(Circle.look_at)))


def rounds_since(session: Session, circle: Circle, round_id: int) -> list[Round]:
    """This round of the circle, and those after it."""
    since = select(Round).where(Round.circle_id == circle.id, Round.id >= round_id)
    return list(session.scalars(since))
