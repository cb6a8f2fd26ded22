"""The least that keeps what was sent: a Bolt app that commits one row, then acknowledges."""

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import make_url

from bot.views import names
from db.session import BUSY_TIMEOUT_MS

Commit = Callable[[str, str], None]
_TABLE = "CREATE TABLE said (id INTEGER PRIMARY KEY GENERATED ALWAYS AS IDENTITY, person TEXT, words TEXT)"


def bare_app(commit: Commit) -> App:
    """A Bolt app with one listener, which commits who sent a form and what it says."""
    ours = AuthorizeResult(enterprise_id=None, team_id="T0KLANK", bot_token="xoxb-bare", bot_id="B1", bot_user_id="U1")
    app = App(signing_secret="bare", authorize=lambda: ours, process_before_response=True)

    @app.view(names.CONTRIBUTION_FORM)
    def sent(ack: Any, body: dict[str, Any]) -> None:
        commit(body["user"]["id"], str(body["view"]["state"]["values"]))
        ack()

    return app


def committing(url: str) -> Commit:
    """Commits one row in a table of its own, in the database that Klankbord writes in or one like it."""
    address = make_url(url)
    return _in_postgres(url) if address.get_backend_name() == "postgresql" else _in_sqlite(address.database or "")


def _in_sqlite(file: str) -> Commit:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute(_TABLE.replace(" GENERATED ALWAYS AS IDENTITY", ""))

    def commit(person: str, words: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO said (person, words) VALUES (?, ?)", (person, words))
        connection.execute("COMMIT")

    return commit


def _in_postgres(url: str) -> Commit:
    connection = psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
    connection.execute(_TABLE)
    connection.commit()

    def commit(person: str, words: str) -> None:
        connection.execute("INSERT INTO said (person, words) VALUES (%s, %s)", (person, words))
        connection.commit()

    return commit
