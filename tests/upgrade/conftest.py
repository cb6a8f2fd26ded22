"""Databases of version 0.1.0, made once a session on each kind; every test gets a copy."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.library.reading import load_library
from tests.databases import PostgresDatabases, PostgresServer, SqliteFiles
from tests.upgrade.old_database import put_old_database, put_upgraded_database
from tests.upgrade.old_world import OldWorld

BOTH_KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("old"), put_old_database)


@pytest.fixture(scope="session")
def upgraded_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("upgraded"), put_upgraded_database)


@pytest.fixture(scope="session")
def old_databases(postgres_server: PostgresServer) -> PostgresDatabases:
    return PostgresDatabases(postgres_server, put_old_database, "old")


@pytest.fixture(scope="session")
def upgraded_databases(postgres_server: PostgresServer) -> PostgresDatabases:
    return PostgresDatabases(postgres_server, put_upgraded_database, "upgraded")


@pytest.fixture
def old_sqlite_url(old_files: SqliteFiles, tmp_path: Path) -> str:
    """A file of version 0.1.0."""
    return old_files.copy_to(tmp_path / "klankbord.db")


@pytest.fixture
def upgraded_sqlite_url(upgraded_files: SqliteFiles, tmp_path: Path) -> str:
    """The same file, upgraded."""
    return upgraded_files.copy_to(tmp_path / "upgraded.db")


@pytest.fixture
def old_postgres_url(old_databases: PostgresDatabases) -> Iterator[str]:
    """The same rows on a server."""
    with old_databases.copy() as url:
        yield url


@pytest.fixture
def upgraded_postgres_url(upgraded_databases: PostgresDatabases) -> Iterator[str]:
    """The same rows on a server, upgraded."""
    with upgraded_databases.copy() as url:
        yield url


@pytest.fixture(params=BOTH_KINDS)
def old_url(request: pytest.FixtureRequest) -> str:
    """A database of version 0.1.0: the test runs once on each kind."""
    return str(request.getfixturevalue("old_sqlite_url" if request.param == "sqlite" else "old_postgres_url"))


@pytest.fixture(params=BOTH_KINDS)
def upgraded_url(request: pytest.FixtureRequest) -> str:
    """A database of version 0.1.0 after the upgrade: the test runs once on each kind."""
    return str(request.getfixturevalue("upgraded_sqlite_url" if request.param == "sqlite" else "upgraded_postgres_url"))


@pytest.fixture(scope="session")
def methods_are_read_once() -> Iterator[None]:
    """Reading them takes longer than most stories."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.composition.load_library", cache(load_library))
        yield


@pytest.fixture
def old_world(upgraded_url: str, methods_are_read_once: None) -> Iterator[OldWorld]:
    """What stood in Slack when version 0.1.0 stopped, and the bot of today on the upgraded database."""
    world = OldWorld(upgraded_url)
    yield world
    world.stops()
