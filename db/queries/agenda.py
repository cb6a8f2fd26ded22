"""What is due next, of everything that happens by itself."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import CaseRow, Channel, Circle


def next_moment(session: Session) -> datetime | None:
    """The earliest moment at which something becomes due; None if nothing ever will."""
    prompts = select(func.min(Circle.next_round_at)).join(Channel).where(Channel.left_at.is_(None))
    moments = (
        prompts,
        select(func.min(CaseRow.due_at)),
        select(func.min(CaseRow.opens_at)),
        select(func.min(CaseRow.forget_at)),
    )
    known = [moment for moment in map(session.scalar, moments) if moment is not None]
    return min(known, default=None)
