"""Finding the rounds of a circle, and the plan slots that had their question on another day or not at all."""

from datetime import date, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from db.models import Channel, Circle, Round, SlotException


def slots_had(session: Session, circle: Circle) -> frozenset[str]:
    """Keys of the slots of this circle that had their question."""
    return frozenset(session.scalars(select(Round.slot).where(Round.circle_id == circle.id)))


def slots_skipped(session: Session, circle: Circle) -> frozenset[str]:
    """Keys of the slots that moderators of this circle skipped."""
    skipped = select(SlotException.slot).where(SlotException.circle_id == circle.id, SlotException.why == "skipped")
    return frozenset(session.scalars(skipped))


def past_slot_exceptions(session: Session, circle: Circle, first: date, today: date, most: int) -> list[SlotException]:
    """The slots planned since the day `first` that had no question on their day, latest first; none that is to come."""
    exceptions = select(SlotException).where(SlotException.circle_id == circle.id, SlotException.planned >= first)
    past = exceptions.where(or_(SlotException.planned <= today, SlotException.came.is_not(None)))
    return list(session.scalars(past.order_by(SlotException.planned.desc()).limit(most)))


def circles_planned_after(session: Session, moment: datetime) -> list[Circle]:
    """The circles whose next question is planned for later than this moment."""
    return list(session.scalars(select(Circle).where(Circle.next_round_at > moment).order_by(Circle.id)))


def latest_round_before(session: Session, circle: Circle, moment: datetime) -> Round | None:
    """The last round of this circle that began until this moment."""
    rounds = select(Round).where(Round.circle_id == circle.id, Round.posted_at <= moment)
    return session.scalar(rounds.order_by(Round.posted_at.desc()).limit(1))


def forget_outcomes_after(session: Session, circle: Circle, day: date) -> None:
    """Delete what is said to have become of slots after this day; not what moderators skipped or had come sooner."""
    outcomes = delete(SlotException).where(SlotException.circle_id == circle.id, SlotException.planned > day)
    is_to_come = or_(SlotException.came.is_(None), SlotException.came > day)
    session.execute(outcomes.where(SlotException.why != "skipped", is_to_come))


def bring_rounds_back(session: Session, circle: Circle, now: datetime) -> None:
    """Rounds of this circle that are said to have begun after this moment began now."""
    later = update(Round).where(Round.circle_id == circle.id, Round.posted_at > now)
    session.execute(later.values(posted_at=now))


def circles_to_check(session: Session, now: datetime) -> list[int]:
    """Our ids of the circles for which it is time to check whether they are silent."""
    due = select(Circle.id).join(Channel).where(Circle.inactivity_check_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(due.order_by(Circle.inactivity_check_at)))


def rounds_since(session: Session, circle: Circle, round_id: int) -> list[Round]:
    """The round with our id, and those of the same circle after it."""
    since = select(Round).where(Round.circle_id == circle.id, Round.id >= round_id)
    return list(session.scalars(since))


def latest_rounds(session: Session, circle: Circle, most: int) -> list[Round]:
    """The last rounds of this circle, the newest first."""
    rounds = select(Round).where(Round.circle_id == circle.id)
    return list(session.scalars(rounds.order_by(Round.posted_at.desc(), Round.id.desc()).limit(most)))
