"""New databases that survive a power cut, as in production: files of SQLite, and a real PostgreSQL server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bare import Commit, in_postgresql, in_sqlite
from tests.databases import running_postgres


@dataclass(frozen=True)
class DatabaseKind:
    """One kind of database; `fresh` makes an empty one and returns its URL, `bare` is what a bare app commits with."""

    name: str
    new_database: Callable[[], str]
    bare_commit: Callable[[], Commit]


@contextmanager
def sqlite() -> Iterator[DatabaseKind]:
    """Files in a temporary folder."""
    numbers = count(1)
    with TemporaryDirectory(prefix="klankbord-bench-") as folder:

        def file() -> str:
            return str(Path(folder) / f"{next(numbers)}.db")

        yield DatabaseKind("SQLite", lambda: f"sqlite:///{file()}", lambda: in_sqlite(file()))


@contextmanager
def postgresql() -> Iterator[DatabaseKind]:
    """Databases on a server that writes as safely as by default."""
    numbers = count(1)
    with running_postgres("max_connections = 300\n") as server:

        def fresh() -> str:
            return server.create(f"bench_{next(numbers)}")

        yield DatabaseKind("PostgreSQL", fresh, lambda: in_postgresql(fresh().replace("+psycopg", "")))
