"""Bring a database to the tables this version needs, and tell whether it is there.

Alembic is imported where tables are changed: a start at which nothing is to be done goes without it.
"""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

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


_FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as nobody else's program on the server takes the same.
_TURN = 5_155_265
# Where Alembic keeps at which revision a database stands.
_KEPT_IN = "alembic_version"


def migrate(database: Database) -> None:
    """Upgrade the tables behind `database` to the newest revision. Doing it twice does nothing, nor at once."""
    from alembic import command

    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        command.upgrade(_config(connection), "head")


def draft_revision(database: Database, message: str) -> None:
    """Write a new revision file from the difference between the tables and the models (for developers)."""
    from alembic import command

    number = f"{len(revisions()) + 1:04}"
    with database.engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)


def revisions() -> list[str]:
    """Every revision of the tables, the oldest first: the number its file's name begins with."""
    return sorted(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py"))


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


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
