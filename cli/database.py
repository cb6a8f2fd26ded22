"""`migrate`: changes the tables of the database to those of this version."""

import typer

from bot.settings.lock import DatabaseLock
from bot.settings.schema import ensure_directory, migrate_schema
from bot.settings.settings import load_settings
from cli.errors import plain_errors


@plain_errors
def migrate() -> None:
    """Change the database to this version's tables. Make a backup first."""
    settings = load_settings()
    ensure_directory(settings)
    with DatabaseLock(settings.database_url):
        migrate_schema(settings)
    typer.echo("The database has this version's tables.")
