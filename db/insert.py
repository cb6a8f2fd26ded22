"""Inserting what another process may insert at the same moment, without an error in either."""

from typing import Any

from sqlalchemy.orm import Session

from db.models.base import Base


def insert_unless_there(session: Session, model: type[Base], **values: Any) -> None:
    """Insert a row of `model`, unless there is one with the same unique key.

    If another process is inserting that row, this waits until it has, and then sees the row (PostgreSQL's READ
    COMMITTED; SQLite has one writer).
    """
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        session.execute(insert(model).values(values).on_conflict_do_nothing())
    else:
        from sqlalchemy.dialects.postgresql import insert as insert_on_server

        session.execute(insert_on_server(model).values(values).on_conflict_do_nothing())
