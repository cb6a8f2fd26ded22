"""Bring a database to the tables this version needs, and tell whether it is there."""

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from db.session import Database


class Standing(Enum):
    """How a database's tables stand to this version's."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


_FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as nobody else's program on the server takes the same.
_TURN = 5_155_265


def migrate(database: Database) -> None:
    """Upgrade the tables behind `database` to the newest revision. Doing it twice does nothing, nor at once."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        command.upgrade(_config(connection), "head")


def draft(database: Database, message: str) -> None:
    """Write a new revision file from the difference between the tables and the models (for developers)."""
    with database.engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def standing(database: Database) -> Standing:
    """How the database's tables stand to this version."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found is None:
            return Standing.FOREIGN if inspect(connection).get_table_names() else Standing.EMPTY
    scripts = ScriptDirectory(str(_FOLDER))
    if found == scripts.get_current_head():
        return Standing.CURRENT
    return Standing.OLDER if found in {each.revision for each in scripts.walk_revisions()} else Standing.NEWER


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
