"""Which processes run, as each of them can tell from the database."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.session import Database
from tests.app.waiting import until

ROOT = Path(__file__).parents[2]
# A process that is present, says under which name, and does nothing else.
A_PROCESS = """
import sys
from db.session import Database
database = Database(sys.argv[1])
database.presence.start()
print(database.presence.holder, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Database]:
    """A database of several processes; ours is present."""
    database = Database(postgres_url)
    database.presence.start()
    yield database
    database.close()


def living(database: Database) -> set[str] | None:
    with database.reading() as session:
        return database.presence.living_holders(session)


def test_on_a_file_there_is_only_ours(sqlite_url: str):
    database, later = Database(sqlite_url), Database(sqlite_url)
    assert living(database) == {database.presence.holder}
    assert database.presence.holder != later.presence.holder
    database.close()
    later.close()


def test_another_process_is_there_until_it_is_killed(shared: Database, postgres_url: str):
    ours = shared.presence.holder
    with subprocess.Popen(
        [sys.executable, "-c", A_PROCESS, postgres_url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().strip()
        assert living(shared) == {ours, theirs}
        other.kill()
    until(lambda: living(shared) == {ours}, "the killed process is gone")


def test_who_stops_is_gone(shared: Database, postgres_url: str):
    other = Database(postgres_url)
    other.presence.start()
    assert living(shared) == {shared.presence.holder, other.presence.holder}
    other.close()
    until(lambda: living(shared) == {shared.presence.holder}, "it is gone")


def test_who_is_not_present_cannot_tell(postgres_url: str):
    database = Database(postgres_url)
    assert database.presence.holder is None
    assert living(database) is None
    database.close()


def test_who_loses_the_connection_comes_back_under_the_same_name(shared: Database):
    ours = shared.presence.holder
    with shared.writing() as session:
        session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
    shared.presence.hold()
    assert shared.presence.holder == ours
    assert living(shared) == {ours}
