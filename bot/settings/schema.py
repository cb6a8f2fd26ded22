"""The database at the start: it gets its tables if it has none, and is left alone, said plainly, if it is not ours."""

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
    """The database cannot be used; its text is one plain line with the remedy."""


def require_schema(settings: Settings) -> None:
    """Give an empty database its tables. Raises `BadDatabase` for one of another version."""
    _bring(settings, leave={SchemaState.CURRENT}, refuse={SchemaState.OLDER, SchemaState.NEWER, SchemaState.FOREIGN})


def migrate_schema(settings: Settings) -> None:
    """Give a database this version's tables. Raises `BadDatabase` for one of a newer version, or of somebody else."""
    _bring(settings, leave={SchemaState.CURRENT}, refuse={SchemaState.NEWER, SchemaState.FOREIGN})


def ensure_directory(settings: Settings) -> None:
    """Make the folder around a database file. Raises `BadDatabase` where that cannot be, or for one in memory."""
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


def _bring(settings: Settings, *, leave: set[SchemaState], refuse: set[SchemaState]) -> None:
    ensure_directory(settings)
    database = Database(settings.database_url)
    try:
        found = schema_state(database)
        if found in refuse:
            raise BadDatabase(f"DATABASE_URL names a database {REMEDIES[found]}")
        if found not in leave:
            migrate(database)
    except BrokenReferences as broken:
        raise BadDatabase(str(broken)) from None
    finally:
        database.close()
