"""The database at the start: an empty one gets its tables; one of another version is refused."""

from typing import Final

from bot.settings.paths import database_file, is_in_memory
from bot.settings.settings import Settings
from db.migrate import BrokenReferences, SchemaState, migrate, schema_state
from db.session import Database

REMEDIES: Final = {
    SchemaState.OLDER: "of an older version of Klankbord: make a backup, then run: python main.py migrate",
    SchemaState.NEWER: "of a newer version of Klankbord than this one: install that version, or put a backup back",
    SchemaState.FOREIGN: "with tables that are not Klankbord's: let it name a database of its own",
}


class BadDatabase(Exception):
    """The database cannot be used; the message is one plain line with the remedy."""


def require_schema(settings: Settings) -> None:
    """Give an empty database its tables. Raises `BadDatabase` for one of another version, or of another program."""
    _migrate_unless(settings, refused={SchemaState.OLDER, SchemaState.NEWER, SchemaState.FOREIGN})


def migrate_schema(settings: Settings) -> None:
    """Migrate a database to this version. Raises `BadDatabase` for one of a newer version, or of another program."""
    _migrate_unless(settings, refused={SchemaState.NEWER, SchemaState.FOREIGN})


def ensure_directory(settings: Settings) -> None:
    """Make the folder of the database file. Raises `BadDatabase` if that fails, and for a database in memory."""
    if is_in_memory(settings.database_url):
        raise BadDatabase(
            "DATABASE_URL names a database in memory, which is gone when Klankbord stops: "
            "write sqlite:///var/klankbord.db"
        )
    file = database_file(settings.database_url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadDatabase(
            f"The folder {file.parent} cannot be made ({problem.strerror}): "
            "let DATABASE_URL name a folder this user may write to"
        ) from None


def _migrate_unless(settings: Settings, *, refused: set[SchemaState]) -> None:
    ensure_directory(settings)
    database = Database(settings.database_url)
    try:
        found = schema_state(database)
        if found in refused:
            raise BadDatabase(f"DATABASE_URL names a database {REMEDIES[found]}")
        if found is not SchemaState.CURRENT:
            migrate(database)
    except BrokenReferences as broken:
        raise BadDatabase(str(broken)) from None
    finally:
        database.close()
