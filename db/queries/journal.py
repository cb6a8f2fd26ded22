"""Finds what one member wrote in reflections and insights; never what anybody else wrote."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from db.models import Insight, Member, Reflection, Round

Ts = TypeVarTuple("Ts")
Between = tuple[datetime, datetime]
# How many rows are fetched at once, so that a search costs what it reads.
_AT_ONCE = 50


def reflection_entries(
    session: Session, member: Member, theme: str = "", between: Between | None = None
) -> Iterator[tuple[Reflection, Round]]:
    """The reflections this member wrote and still has, the newest first.

    Of one theme, or from one moment until before another, if given.
    """
    return newest_first(session, _own(member), Reflection, theme, between)


def themes_written_about(session: Session, member: Member) -> list[str]:
    """The themes this member wrote about."""
    # Looked up answer by answer: for a join PostgreSQL would rather read all rounds there are.
    theme = select(Round.theme).where(Round.id == Reflection.round_id).scalar_subquery()
    return sorted(session.scalars(select(theme).where(*_of(member)).distinct()))


def first_at(session: Session, member: Member) -> datetime | None:
    """When this member wrote the first thing they still have."""
    first = session.scalar(select(func.min(Reflection.written_at)).where(*_of(member)))
    return min(filter(None, (first, first_insight_at(session, member))), default=None)


def has_more_than(session: Session, member: Member, number: int) -> bool:
    """Whether this member has more entries than this, insights included."""
    own = select(Reflection.id).where(*_of(member)).union_all(insight_ids(member))
    return len(session.execute(own.limit(number + 1)).all()) > number


def members_to_ask(session: Session, now: datetime) -> list[int]:
    """Our ids of the members who are due to be asked whether their words may stay."""
    due = select(Member.id).where(Member.journal_ask_at <= now, Member.is_deactivated.is_(False))
    return list(session.scalars(due.order_by(Member.journal_ask_at)))


def _own(member: Member) -> Select[Reflection, Round]:
    return select(Reflection, Round).join(Round, Round.id == Reflection.round_id).where(*_of(member))


def _of(member: Member) -> tuple[ColumnElement[bool], ...]:
    return Reflection.member_id == member.id, Reflection.words.is_not(None)


def insight_entries(
    session: Session, member: Member, theme: str = "", between: Between | None = None
) -> Iterator[tuple[Insight, Round | None]]:
    """The insights of this member, the newest first, each with the round it goes back to, if that is still known.

    Of one theme, or from one moment until before another, if given.
    """
    found = select(Insight, Round).outerjoin(Reflection, Reflection.id == Insight.reflection_id)
    found = found.outerjoin(Round, Round.id == Reflection.round_id).where(_own_insights(member))
    return newest_first(session, found, Insight, theme, between)


def insight_ids(member: Member) -> Select[str]:
    """A query for our ids of the insights of this member."""
    return select(Insight.id).where(_own_insights(member))


def has_insights(session: Session, member: Member) -> bool:
    """Whether this member has an insight."""
    return session.scalar(insight_ids(member).limit(1)) is not None


def insight_by_form(session: Session, form: str) -> Insight | None:
    """The insight that came through this form."""
    return session.scalar(select(Insight).where(Insight.form_token == form))


def insight_of_case(session: Session, member: Member, case_id: str) -> Insight | None:
    """What this member took along from this case and still has; the latest."""
    own = select(Insight).where(_own_insights(member), Insight.case_id == case_id)
    return session.scalar(own.order_by(Insight.written_at.desc()).limit(1))


def all_insights_of(session: Session, member: Member) -> list[Insight]:
    """Every insight of this member, locked."""
    return list(session.scalars(select(Insight).where(_own_insights(member)).with_for_update()))


def first_insight_at(session: Session, member: Member) -> datetime | None:
    """When this member made the first insight they still have."""
    return session.scalar(select(Insight.written_at).where(_own_insights(member)).order_by(Insight.written_at).limit(1))


def _own_insights(member: Member) -> ColumnElement[bool]:
    return and_(Insight.member_id == member.id, Insight.words.is_not(None))


def newest_first(
    session: Session, found: Select[*Ts], what: type[Insight | Reflection], theme: str, between: Between | None
) -> Iterator[tuple[*Ts]]:
    """The rows of a query for `what`, the newest first; of one theme, or between two moments, if given."""
    if theme:
        found = found.where(Round.theme == theme)
    if between:
        found = found.where(what.written_at >= between[0], what.written_at < between[1])
    ordered = found.order_by(what.written_at.desc(), what.id.desc())
    return iter(session.execute(ordered.execution_options(yield_per=_AT_ONCE)))
