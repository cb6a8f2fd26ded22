"""Each revision after the first takes a database that people have used for weeks, on both kinds, there and back."""

import pytest

from db.migrate import revisions
from tests.upgrade.made_up_rows import fill_empty_tables
from tests.upgrade.old_database import downgrade, opened, rows_at, upgrade

STEPS = list(zip(revisions(), revisions()[1:], strict=False))


@pytest.mark.parametrize(("before", "after"), STEPS, ids=[after for _, after in STEPS])
def test_a_revision_takes_tables_with_rows(old_url: str, before: str, after: str) -> None:
    upgrade(old_url, before)
    fill_empty_tables(old_url)
    rows = {table: len(found) for table, found in rows_at(old_url).items()}
    assert all(rows.values())

    upgrade(old_url, after)
    assert_sound(old_url)

    downgrade(old_url, before)
    assert_sound(old_url)
    assert {table: len(found) for table, found in rows_at(old_url).items()} == rows


def assert_sound(url: str) -> None:
    """SQLite finds nothing wrong; PostgreSQL lets nothing wrong in."""
    with opened(url) as database, database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
