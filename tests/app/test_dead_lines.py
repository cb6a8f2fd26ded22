"""The line to PostgreSQL dies without a word: that is noticed, and when it comes back all goes on."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from db import postgres
from db.migrate import changing_tables
from db.session import Database
from tests.app.odd_slack import Line


@pytest.fixture
def impatient(postgres_over_tcp: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that has half a second to answer, or to let us in."""
    monkeypatch.setattr(postgres.TimedConnection, "patience", 0.5)
    database = Database(f"{postgres_over_tcp}?connect_timeout=2")
    yield database
    database.close()


def answers(database: Database) -> bool:
    try:
        with database.reading() as session:
            return bool(session.scalar(text("SELECT true")))
    except SQLAlchemyError:
        return False


def setting(database: Database, name: str) -> str:
    with database.reading() as session:
        return str(session.scalar(text(f"SHOW {name}")))


def test_a_frozen_line_is_noticed_and_another_is_opened_when_it_thaws(impatient: Database, postgres_line: Line):
    assert answers(impatient)
    postgres_line.freezes()
    assert not answers(impatient)
    postgres_line.thaws()
    assert answers(impatient)


def test_other_processes_are_told_again_that_we_are_there(
    impatient: Database, postgres_line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("db.presence._ANSWER_SECONDS", 0.5)
    presence = impatient.presence
    presence.hold()
    ours = presence.holder
    postgres_line.freezes()
    presence.hold()
    assert not presence.holder
    postgres_line.thaws()
    presence.hold()
    assert presence.holder == ours
    with impatient.reading() as session:
        assert ours in (presence.living_holders(session) or ())


def test_both_sides_know_how_long_to_wait(postgres_over_tcp: str):
    database = Database(postgres_over_tcp)
    with database.engine.connect() as connection:
        ours = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    wanted = ("keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "connect_timeout")
    assert [ours[name] for name in wanted] == ["10", "5", "3", "20000", "5"]
    assert setting(database, "statement_timeout") == "25s"
    assert setting(database, "idle_in_transaction_session_timeout") == "1min"
    database.close()


def test_what_the_url_says_holds(postgres_over_tcp: str):
    database = Database(f"{postgres_over_tcp}?keepalives_idle=3&tcp_user_timeout=9000")
    with database.engine.connect() as connection:
        ours = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    assert (ours["keepalives_idle"], ours["tcp_user_timeout"], ours["keepalives_count"]) == ("3", "9000", "3")
    database.close()


def test_changing_tables_may_take_long(postgres_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres.TimedConnection, "patience", 0.2)
    database = Database(postgres_url)
    with changing_tables(database) as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "0"
        assert connection.scalar(text("SELECT true FROM pg_sleep(0.5)"))
    database.close()


def test_a_statement_that_the_server_ends_leaves_the_connection_as_it_is(postgres_url: str):
    database = Database(postgres_url)
    with database.reading() as session:
        process = session.scalar(text("SELECT pg_backend_pid()"))
    with pytest.raises(SQLAlchemyError), database.reading() as session:
        session.execute(text("SET LOCAL statement_timeout = 50; SELECT pg_sleep(5)"))
    with database.reading() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) == process
    database.close()
