"""Migrates a database to this version, and says which version it has.

Alembic is imported only where tables change: most starts change none, and are faster without it.
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
    """The tables of a database, compared with those of this version."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


class BrokenReferences(Exception):
    """Rows refer to rows that do not exist; the message names their tables."""


_MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = _MIGRATIONS / "versions"
# Any number that no other program on the server uses.
_LOCK_NUMBER = 5_155_265
# Each version of our tables has this one; another program may number its revisions as we do.
_OUR_TABLE = "key_mark"
# Alembic's table with the revision of the database.
_REVISION_TABLE = "alembic_version"


def migrate(database: Database, revision: str = "head", versions: Path = VERSIONS) -> None:
    """Upgrade the tables of `database` to `revision` of the files in `versions`, by default to the newest.

    It happens as a whole or not at all. Two processes may do this, also at the same time.
    """
    from alembic import command

    with changing_tables(database) as connection:
        command.upgrade(alembic_config(connection, versions), revision)


@contextmanager
def changing_tables(database: Database) -> Iterator[Connection]:
    """A transaction for changing tables, during which no other process changes them."""
    with database.engine.connect() as connection:
        transaction = _without_foreign_keys if connection.dialect.name == "sqlite" else _locked_on_the_server
        with transaction(connection):
            yield connection


@contextmanager
def _locked_on_the_server(connection: Connection) -> Iterator[None]:
    from db.postgres import lift_limits

    with connection.begin():
        # No limit of time: tables may be large, and another process may be changing them now.
        lift_limits(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
        yield


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it again, which foreign keys forbid. They are checked at the end.

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
    """The number of every revision, with which its file name begins; the oldest first."""
    return sorted(file.name.partition("_")[0] for file in versions.glob("[0-9]*.py"))


def schema_state(database: Database) -> SchemaState:
    """The state of the tables of this database."""
    with database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        select_revision = text(f"SELECT version_num FROM {_REVISION_TABLE}")  # noqa: S608
        found = connection.scalar(select_revision) if _REVISION_TABLE in tables else None
    if found is None or _OUR_TABLE not in tables:
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
