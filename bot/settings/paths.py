"""The file of a database, since its key and its lock are files in the same folder."""

from pathlib import Path

from sqlalchemy.engine import make_url


def database_file(database_url: str) -> Path | None:
    """The file of a SQLite database; None for one in memory, or on a server.

    >>> database_file("sqlite:///var/klankbord.db")
    PosixPath('var/klankbord.db')
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    path, _, query = url.database.removeprefix("file:").partition("?")
    return None if "mode=memory" in query or url.query.get("mode") == "memory" else Path(path)


def is_in_memory(database_url: str) -> bool:
    """True for a database that is lost when the process ends."""
    return make_url(database_url).get_backend_name() == "sqlite" and database_file(database_url) is None
