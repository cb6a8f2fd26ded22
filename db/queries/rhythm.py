"""Finding what became of plan slots."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Circle, Round, SlotWithout


def slots_had(session: Session, circle: Circle) -> frozenset[str]:
    """Keys of the slots that had their question in this circle."""
    return frozenset(session.scalars(select(Round.slot).where(Round.circle_id == circle.id)))


def slots_skipped(session: Session, circle: Circle) -> frozenset[str]:
    """Keys of the slots that moderators of this circle skipped."""
    skipped = select(SlotWithout.slot).where(SlotWithout.circle_id == circle.id, SlotWithout.why == "skipped")
    return frozenset(session.scalars(skipped))
