"""Migrates a database to this version, and says which version it has.

Alembic is imported only where tables change: most starts change none, and are faster without it.
"""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

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


_FOLDER = Path(__file__).parent / "migrations"
# Any number that no other program on the server uses.
_LOCK_NUMBER = 5_155_265
# Alembic's table with the revision of the database.
_REVISION_TABLE = "alembic_version"


def migrate(database: Database) -> None:
    """Upgrade the tables of `database` to the newest revision. Two processes may do this, also at the same time."""
    from alembic import command

    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
        command.upgrade(_config(connection), "head")


def draft_revision(database: Database, message: str) -> None:
    """Write a revision file with the differences between the tables and the models (for developers)."""
    from alembic import command

    number = f"{len(revisions()) + 1:04}"
    with database.engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)


def revisions() -> list[str]:
    """The number of every revision, with which its file name begins; the oldest first."""
    return sorted(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py"))


def schema_state(database: Database) -> SchemaState:
    """The state of the tables of this database."""
    with database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = (
            connection.scalar(text(f"SELECT version_num FROM {_REVISION_TABLE}")) if _REVISION_TABLE in tables else None
        )  # noqa: S608
    if found is None:
        return SchemaState.FOREIGN if tables else SchemaState.EMPTY
    known = revisions()
    if found == known[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLDER if found in known else SchemaState.NEWER


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
