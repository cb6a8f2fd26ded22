"""Bring a database to the tables this version needs, and tell whether it is there.

Alembic is imported where tables are changed: a start at which nothing is to be done goes without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, MetaData, inspect, text

from db.session import Database

if TYPE_CHECKING:
    from alembic.config import Config


class SchemaState(Enum):
    """How a database's tables stand to this version's."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


class BrokenReferences(Exception):
    """Rows point at rows that are not there; its text names the tables."""


_MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = _MIGRATIONS / "versions"
# Any number will do, as long as nobody else's program on the server takes the same.
_TURN = 5_155_265
# Where Alembic keeps at which revision a database stands.
_KEPT_IN = "alembic_version"


def migrate(database: Database, revision: str = "head", versions: Path = VERSIONS) -> None:
    """Upgrade the tables behind `database` to `revision` of the files in `versions`; to the newest if none is given.

    It happens as a whole or not at all. Doing it twice does nothing, nor at once.
    """
    from alembic import command

    with changing_tables(database) as connection:
        command.upgrade(alembic_config(connection, versions), revision)


@contextmanager
def changing_tables(database: Database) -> Iterator[Connection]:
    """One transaction in which tables may be changed, and in which no other process changes them."""
    with database.engine.connect() as connection:
        on_sqlite = _without_foreign_keys if connection.dialect.name == "sqlite" else _alone_on_the_server
        with on_sqlite(connection):
            yield connection


@contextmanager
def _alone_on_the_server(connection: Connection) -> Iterator[None]:
    with connection.begin():
        # Tables may be large, and another process may be at it: a limit that is right for a click is wrong here.
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        yield


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes most of a table by making it again, which foreign keys forbid: they are checked at the end.

    See "Making Other Kinds Of Table Schema Changes" in https://sqlite.org/lang_altertable.html.
    """
    driver = cast(SqliteConnection, connection.connection.driver_connection)
    # Inside a transaction this would do nothing.
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                tables = ", ".join(sorted({str(row[0]) for row in broken}))
                raise BrokenReferences(f"Nothing was changed: rows of {tables} point at rows that are not there")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def revisions(versions: Path = VERSIONS) -> list[str]:
    """Every revision of the tables, the oldest first: the number its file's name begins with."""
    return sorted(file.name.partition("_")[0] for file in versions.glob("[0-9]*.py"))


def schema_state(database: Database) -> SchemaState:
    """How the database's tables stand to this version."""
    with database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = connection.scalar(text(f"SELECT version_num FROM {_KEPT_IN}")) if _KEPT_IN in tables else None  # noqa: S608
    if found is None:
        return SchemaState.FOREIGN if tables else SchemaState.EMPTY
    known = revisions()
    if found == known[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLDER if found in known else SchemaState.NEWER


def alembic_config(connection: Connection, versions: Path = VERSIONS, metadata: MetaData | None = None) -> "Config":
    """What Alembic needs to work on this connection; `metadata` are the tables to compare with, if not the models'."""
    from alembic.config import Config

    config = Config()
    # A folder may have a space in its name, or a percent sign, which means something in this file format.
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata)
    return config
