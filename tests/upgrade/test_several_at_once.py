"""Several copies start the upgrade at once: it happens once, and none of them is hurt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from db.migrate import SchemaState, changing_tables, schema_state
from db.session import Database
from tests.app.waiting import until
from tests.upgrade.old_database import opened

ROOT = Path(__file__).parents[2]


def start_migrating(url: str) -> subprocess.Popen[str]:
    """`python main.py migrate`, as an operator types it."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "migrate"],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def waiting_for_their_turn(database: Database) -> int:
    """How many processes wait until another one is done with the tables."""
    with database.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) or 0


@pytest.mark.postgres
def test_two_that_wait_for_each_other_upgrade_once(old_postgres_url: str) -> None:
    with opened(old_postgres_url) as database:
        with changing_tables(database):
            copies = [start_migrating(old_postgres_url) for _ in range(2)]
            until(lambda: waiting_for_their_turn(database) == len(copies), "both wait")

        said = [copy.communicate(timeout=60) for copy in copies]

        assert said == [("The database has this version's tables.\n", "")] * 2
        assert schema_state(database) is SchemaState.CURRENT


def test_two_on_one_file_upgrade_once(old_sqlite_url: str) -> None:
    copies = [start_migrating(old_sqlite_url) for _ in range(2)]
    said = [copy.communicate(timeout=60) for copy in copies]

    assert "The database has this version's tables.\n" in [out for out, _ in said]
    assert all(not error or "Another copy of Klankbord (process " in error for _, error in said)
    with opened(old_sqlite_url) as database:
        assert schema_state(database) is SchemaState.CURRENT
