"""Finding what one member wrote in reflections; another's is never among it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db.models import Member, Reflection, Round
from db.queries import insights
from db.queries.written import Between, newest_first


def entries(
    session: Session, member: Member, theme: str = "", between: Between | None = None
) -> Iterator[tuple[Reflection, Round]]:
    """The reflections this member wrote and still has, the newest first.

    Of one theme, or from one moment until before another, if asked.
    """
    return newest_first(session, _own(member), Reflection, theme, between)


def themes(session: Session, member: Member) -> list[str]:
    """The themes this member wrote about."""
    # Looked up answer by answer: for a join PostgreSQL would rather read all rounds there are.
    theme = select(Round.theme).where(Round.id == Reflection.round_id).scalar_subquery()
    return sorted(session.scalars(select(theme).where(*_of(member)).distinct()))


def first_at(session: Session, member: Member) -> datetime | None:
    """When this member wrote the first thing they still have."""
    first = session.scalar(select(func.min(Reflection.written_at)).where(*_of(member)))
    return min(filter(None, (first, insights.first_insight_at(session, member))), default=None)


def has_more_than(session: Session, member: Member, number: int) -> bool:
    """Whether this member has more entries than this, insights included."""
    own = select(Reflection.id).where(*_of(member)).union_all(insights.insight_ids(member))
    return len(session.execute(own.limit(number + 1)).all()) > number


def due_to_ask(session: Session, now: datetime) -> list[int]:
    """Our ids of who is to be asked whether their words may stay."""
    due = select(Member.id).where(Member.journal_ask_at <= now, Member.is_deactivated.is_(False))
    return list(session.scalars(due.order_by(Member.journal_ask_at)))


def all_of_it(session: Session, member: Member) -> list[tuple[Reflection, Round]]:
    """Every reflection this member wrote and still has, locked."""
    found = _own(member).with_for_update(of=Reflection)
    return [(reflection, round_) for reflection, round_ in session.execute(found)]


def _own(member: Member) -> Select[Reflection, Round]:
    return select(Reflection, Round).join(Round, Round.id == Reflection.round_id).where(*_of(member))


def _of(member: Member) -> tuple[ColumnElement[bool], ...]:
    return Reflection.member_id == member.id, Reflection.words.is_not(None)
