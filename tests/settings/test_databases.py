"""Every test gets a database of its own, on both kinds."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from db.migrate import SchemaState, revisions, schema_state
from db.session import Database


@pytest.fixture(params=["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of one of both kinds."""
    url: str = request.getfixturevalue(request.param)
    return url


def stains(url: str) -> list[str]:
    """What an earlier test left behind; this test leaves something too."""
    database = Database(url)
    try:
        with database.writing() as session:
            session.execute(text("CREATE TABLE IF NOT EXISTS stain (word TEXT)"))
            found = list(session.scalars(text("SELECT word FROM stain")))
            session.execute(text("INSERT INTO stain VALUES ('spilt')"))
        return found
    finally:
        database.close()


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_is_left_from_an_earlier_test(database_url: str, turn: int) -> None:
    assert stains(database_url) == []


def test_the_tables_are_there(database_url: str) -> None:
    database = Database(database_url)
    try:
        assert schema_state(database) is SchemaState.CURRENT
    finally:
        database.close()


def test_the_name_of_a_revisions_file_begins_with_its_number() -> None:
    scripts = ScriptDirectory("db/migrations").walk_revisions()

    assert revisions() == [script.revision for script in scripts][::-1]
