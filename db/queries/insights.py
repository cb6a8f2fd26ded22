"""Finding the insights of one member; another's are never among them."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from db.models import Insight, Member, Reflection, Round
from db.queries.written import Between, newest_first


def insight_entries(
    session: Session, member: Member, theme: str = "", between: Between | None = None
) -> Iterator[tuple[Insight, Round | None]]:
    """The insights of this member, the newest first, each with the round it goes back to, if that is still known.

    Of one theme, or from one moment until before another, if asked.
    """
    found = select(Insight, Round).outerjoin(Reflection, Reflection.id == Insight.reflection_id)
    found = found.outerjoin(Round, Round.id == Reflection.round_id).where(_own_insights(member))
    return newest_first(session, found, Insight, theme, between)


def insight_ids(member: Member) -> Select[str]:
    """Asks for our ids of the insights of this member."""
    return select(Insight.id).where(_own_insights(member))


def has_insights(session: Session, member: Member) -> bool:
    """Whether this member has an insight."""
    return session.scalar(insight_ids(member).limit(1)) is not None


def insight_by_form(session: Session, form: str) -> Insight | None:
    """The insight that came through this form."""
    return session.scalar(select(Insight).where(Insight.form == form))


def all_insights(session: Session, member: Member) -> list[Insight]:
    """Every insight of this member, locked."""
    return list(session.scalars(select(Insight).where(_own_insights(member)).with_for_update()))


def first_insight_at(session: Session, member: Member) -> datetime | None:
    """When this member made the first insight they still have."""
    return session.scalar(select(Insight.written_at).where(_own_insights(member)).order_by(Insight.written_at).limit(1))


def _own_insights(member: Member) -> ColumnElement[bool]:
    return and_(Insight.member_id == member.id, Insight.words.is_not(None))
