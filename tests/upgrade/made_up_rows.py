"""A row in every table that has none, so that each later revision is tried on tables with rows."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, func, insert, select

from tests.upgrade.old_database import opened, reflected

VALUES: dict[type, Any] = {
    str: "x",
    int: 1,
    bool: True,
    bytes: b"x",
    dict: {},
    datetime: datetime(2026, 12, 10, tzinfo=UTC),
    date: date(2026, 12, 10),
}


def fill_empty_tables(url: str) -> None:
    """Give each table without rows one row, with a value in every column."""
    with opened(url) as database, database.engine.begin() as connection:
        for table in reflected(connection).sorted_tables:
            if not connection.scalar(select(func.count()).select_from(table)):
                row = {column.name: _value(connection, column) for column in table.columns}
                connection.execute(insert(table).values(row))


def _value(connection: Connection, column: Column[Any]) -> Any:
    """What a row points at, or any value of the type; a row points at none of its own table."""
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        return connection.scalar(select(key.column).limit(1))
    return VALUES[column.type.python_type]
