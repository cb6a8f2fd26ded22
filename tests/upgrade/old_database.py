"""The database of version 0.1.0 that stands in `tests/data/version_0_1`, on SQLite and on PostgreSQL."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Row,
    Table,
    create_engine,
    select,
    text,
)

from bot.settings.paths import database_file
from db.migrate import alembic_config, changing_tables, migrate
from db.session import Database

DATA = Path("tests/data/version_0_1").resolve()
FIRST = "0001"
Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at `url`, closed afterwards."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def put_old_database(url: str) -> None:
    """Fill the empty database at `url` with the tables and rows of version 0.1.0."""
    if file := database_file(url):
        shutil.copyfile(DATA / "klankbord.db", file)
        return
    with opened(url) as database:
        migrate(database, FIRST)
        copy_rows(DATA / "klankbord.db", database.engine)


def put_upgraded_database(url: str) -> None:
    """As above, and today's tables."""
    put_old_database(url)
    upgrade(url)


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a later revision."""
    with opened(url) as database:
        migrate(database, revision)


def downgrade(url: str, revision: str) -> None:
    """Bring the database at `url` to an earlier revision."""
    with opened(url) as database, changing_tables(database) as connection:
        command.downgrade(alembic_config(connection), revision)


def reflected(engine: Engine | Connection) -> MetaData:
    """The tables that are there, without the one of Alembic."""
    found = MetaData()
    found.reflect(engine)
    found.remove(found.tables["alembic_version"])
    return found


def rows_at(url: str) -> Rows:
    """Every row of every table, by the name of the table, in the order of their keys."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: [_read(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in reflected(connection).sorted_tables
        }
    engine.dispose()
    return found


def _read(row: Row[Any]) -> dict[str, Any]:
    return {name: value.replace(tzinfo=UTC) if _is_naive(value) else value for name, value in row._mapping.items()}


def _is_naive(value: Any) -> bool:
    """SQLite keeps moments without their zone, which is UTC."""
    return isinstance(value, datetime) and value.tzinfo is None


def copy_rows(sqlite_file: Path, engine: Engine) -> None:
    """Copy all rows of a file into the empty tables of the same revision behind `engine`, a PostgreSQL server."""
    with closing(sqlite3.connect(f"file:{sqlite_file}?mode=ro", uri=True)) as source, engine.begin() as connection:
        source.row_factory = sqlite3.Row
        for table in reflected(connection).sorted_tables:
            rows = [_values(table, row) for row in source.execute(f'SELECT * FROM "{table.name}"')]
            for row in _roots_first(table, rows):
                connection.execute(table.insert(), row)
            _continue_numbers(connection, table)


def _values(table: Table, row: sqlite3.Row) -> dict[str, Any]:
    given = dict(row)
    assert set(given) == set(table.columns.keys()), f"{table.name} has other columns in the file"
    return {name: _value(table.columns[name], value) for name, value in given.items()}


def _value(column: Column[Any], given: Any) -> Any:
    """What SQLite keeps, as a value of the column's type."""
    kind = column.type
    if given is None or isinstance(kind, LargeBinary):
        return given
    if isinstance(kind, Boolean):
        return bool(given)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(given).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(given)
    return json.loads(given) if isinstance(kind, JSON) else given


def _roots_first(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each after those of the same table that it points at (a reply after its root)."""
    own = {key.parent.name: key.column.name for key in table.foreign_keys if key.column.table is table}
    waiting, ordered = rows, []
    while own and waiting:
        missing = {(to, row[to]) for row in waiting for to in own.values()}
        ready = [row for row in waiting if not _points_at(row, own, missing - {(to, row[to]) for to in own.values()})]
        assert ready, f"rows of {table.name} point at each other in a circle"
        ordered += ready
        waiting = [row for row in waiting if row not in ready]
    return ordered + waiting


def _points_at(row: dict[str, Any], own: dict[str, str], missing: set[tuple[str, Any]]) -> bool:
    return any((to, row[column]) in missing for column, to in own.items())


def _continue_numbers(connection: Connection, table: Table) -> None:
    """What the server numbers goes on after the highest number."""
    for column in table.primary_key.columns:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        )
        highest = connection.scalar(select(column).order_by(column.desc()).limit(1))
        if sequence and highest:
            connection.execute(text("SELECT setval(:name, :value)"), {"name": sequence, "value": highest})
