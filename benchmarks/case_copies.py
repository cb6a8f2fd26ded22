"""Makes many copies of one played case in the database, and seals again the few that must be opened."""

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
    null,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from bot.core.services import Services
from bot.crypto import places
from db.models import CaseRow, ContributionRow, OutboxTarget, Participation
from db.models.base import Base
from db.session import sqlalchemy_url

# Sent outbox jobs are no longer needed, so they are not copied.
_OF_A_CASE: dict[type[Base], Any] = {
    CaseRow: CaseRow.id,
    Participation: Participation.case_id,
    ContributionRow: ContributionRow.case_id,
    OutboxTarget: OutboxTarget.subject,
}
# Columns that get a prefix in a copy. Each copy has a channel of its own, which is read before a step closes; Slack
# does not know it, and says so.
_PREFIXED = {"id", "case_id", "form_token", "channel_target_id", "thread_target_id", "channel"}
# Columns with the id of the case inside.
_CONTAINING_ID = {"subject", "key"}


def copy_case(url: str, case: str, count: int) -> list[str]:
    """Copy a case `count` times, with its people, contributions and outbox targets; returns the ids of the copies.

    A copy does not open before `activate_copy`: its words are sealed for the first case, and its protocol of thirty
    kilobytes is left out. Foreign keys are not checked.
    """
    # An engine of its own: without our pragmas SQLite checks no foreign keys.
    engine = create_engine(sqlalchemy_url(url))
    on_postgres = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        if on_postgres:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for model in _OF_A_CASE:
            connection.execute(_insert_copies(model, case, count))
        if on_postgres:
            # A running server does this by itself.
            connection.execute(text("ANALYZE"))
    engine.dispose()
    return [f"{number}x{case}" for number in range(1, count + 1)]


def _insert_copies(model: type[Base], case: str, count: int) -> Insert:
    each = numbers(count)
    columns = list(model.__table__.columns)
    found = f"case:{case}" if model is OutboxTarget else case
    copies = select(*(_copied_value(column, case, each) for column in columns))
    copies = copies.select_from(model).join(each, true()).where(_OF_A_CASE[model] == found)
    return insert(model).from_select([column.name for column in columns], copies)


def activate_copy(session: Session, services: Services, case: str, copy: str, due: datetime | None) -> None:
    """Seal the words of a copy again so that it opens, and let it be due at this moment."""
    _seal_again(session, services, CaseRow, case, copy, places.INTAKE)
    for id in session.scalars(select(ContributionRow.id).where(ContributionRow.case_id == case)).all():
        _seal_again(session, services, ContributionRow, id, copy.removesuffix(case) + id, places.CONTRIBUTION)
    protocol = select(CaseRow.protocol).where(CaseRow.id == case)
    values = {"due_at": due, "protocol": session.scalar(protocol)}
    session.execute(update(CaseRow).where(CaseRow.id == copy).values(values))


def _seal_again(session: Session, services: Services, model: Any, first: str, copy: str, column: str) -> None:
    words = services.open_text(
        session.scalar(select(model.words).where(model.id == first)), places.place(column, first)
    )
    session.execute(
        update(model).where(model.id == copy).values(words=services.seal(words, places.place(column, copy)))
    )


def numbers(count: int) -> CTE:
    """Rows with the numbers from 1 to `count` in the column `n`."""
    counted = select(literal(1).label("n")).cte("numbers", recursive=True)
    return counted.union_all(select(counted.c.n + 1).where(counted.c.n < count))


def _copied_value(column: KeyedColumnElement[Any], case: str, numbers: CTE) -> ColumnElement[Any]:
    if column is CaseRow.__table__.c.protocol:
        return literal("", column.type)
    if column is CaseRow.__table__.c.remind_at:
        # Whom to remind is said in the protocol.
        return null()
    prefix = cast(numbers.c.n, String) + "x"
    if column.name in _PREFIXED:
        return prefix + column
    return func.replace(column, case, prefix + case) if column.name in _CONTAINING_ID else column
