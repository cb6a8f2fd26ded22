"""Many cases made of one that was lived: copied by the database, and the few that must be read sealed again."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Insert,
    String,
    cast,
    create_engine,
    func,
    insert,
    literal,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from bot.core.services import Services
from db.models import CaseRow, ContributionRow, OutboxTarget, Participation
from db.models.base import Base
from db.session import sqlalchemy_url

# What was sent of a case is no part of it any more, so its errands are not copied.
_OF_A_CASE: dict[type[Base], Any] = {
    CaseRow: CaseRow.id,
    Participation: Participation.case_id,
    ContributionRow: ContributionRow.case_id,
    OutboxTarget: OutboxTarget.subject,
}
# Each copy has a channel of its own, as cases have: it is read again before a step closes. Slack knows none of them,
# and says so.
_KEYS = {"id", "case_id", "form", "inside", "under", "channel"}
_NAMES = {"subject", "key"}


def multiply(url: str, case: str, count: int) -> list[str]:
    """Copy a case so many times, with its people, contributions and posts; the ids of the copies.

    Nobody can read a copy before it is woken: its words are sealed for the first case, and its protocol, thirty
    kilobytes, is left out. Foreign keys are not looked up.
    """
    # An engine of its own: without our pragmas SQLite looks up none.
    engine = create_engine(sqlalchemy_url(url))
    on_postgres = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        if on_postgres:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for model in _OF_A_CASE:
            connection.execute(_copying(model, case, count))
        if on_postgres:
            # A server that runs for a while does this by itself.
            connection.execute(text("ANALYZE"))
    engine.dispose()
    return [f"{number}x{case}" for number in range(1, count + 1)]


def _copying(model: type[Base], case: str, count: int) -> Insert:
    each = numbers(count)
    columns = list(model.__table__.columns)
    found = f"case:{case}" if model is OutboxTarget else case
    copies = select(*(_copied(column, case, each) for column in columns))
    copies = copies.select_from(model).join(each, true()).where(_OF_A_CASE[model] == found)
    return insert(model).from_select([column.name for column in columns], copies)


def wake(session: Session, services: Services, case: str, copy: str, due: datetime | None) -> None:
    """Make a copy one that can be read, and due at this moment."""
    _seal_again(session, services, CaseRow, case, copy, "intervision.words")
    for id in session.scalars(select(ContributionRow.id).where(ContributionRow.case_id == case)).all():
        _seal_again(session, services, ContributionRow, id, copy.removesuffix(case) + id, "contribution.words")
    protocol = select(CaseRow.protocol).where(CaseRow.id == case)
    values = {"due_at": due, "protocol": session.scalar(protocol)}
    session.execute(update(CaseRow).where(CaseRow.id == copy).values(values))


def _seal_again(session: Session, services: Services, model: Any, first: str, copy: str, column: str) -> None:
    words = services.open_text(session.scalar(select(model.words).where(model.id == first)), f"{column}:{first}")
    session.execute(update(model).where(model.id == copy).values(words=services.seal(words, f"{column}:{copy}")))


def numbers(count: int) -> CTE:
    """So many rows, with the numbers from 1 on in the column `n`."""
    counted = select(literal(1).label("n")).cte("numbers", recursive=True)
    return counted.union_all(select(counted.c.n + 1).where(counted.c.n < count))


def _copied(column: KeyedColumnElement[Any], case: str, numbers: CTE) -> ColumnElement[Any]:
    if column is CaseRow.__table__.c.protocol:
        return literal("", column.type)
    prefix = cast(numbers.c.n, String) + "x"
    if column.name in _KEYS:
        return prefix + column
    return func.replace(column, case, prefix + case) if column.name in _NAMES else column
