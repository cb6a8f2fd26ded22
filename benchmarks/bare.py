"""The smallest app that stores a form: a Bolt app that commits one row, then acknowledges."""

import sqlite3
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

Commit = Callable[[str, str], None]
FORM = "contribution_sent"


def bare_app(commit: Commit) -> App:
    """A Bolt app with one listener, which commits the sender and the values of a form."""
    ours = AuthorizeResult(enterprise_id=None, team_id="T0KLANK", bot_token="xoxb-bare", bot_id="B1", bot_user_id="U1")
    app = App(signing_secret="bare", authorize=lambda: ours, process_before_response=True)

    @app.view(FORM)
    def sent(ack: Any, body: dict[str, Any]) -> None:
        commit(body["user"]["id"], str(body["view"]["state"]["values"]))
        ack()

    return app


def in_sqlite(file: str) -> Commit:
    """Commits one row in a file of its own, as safely as Klankbord does (see `db.session`)."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=2)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE form (id INTEGER PRIMARY KEY, person TEXT, words TEXT)")

    def commit(person: str, words: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO form (person, words) VALUES (?, ?)", (person, words))
        connection.execute("COMMIT")

    return commit


def in_postgresql(url: str) -> Commit:
    """Commits one row in a database of its own."""
    import psycopg

    connection = psycopg.connect(url)
    connection.execute("CREATE TABLE form (id SERIAL PRIMARY KEY, person TEXT, words TEXT)")
    connection.commit()

    def commit(person: str, words: str) -> None:
        connection.execute("INSERT INTO form (person, words) VALUES (%s, %s)", (person, words))
        connection.commit()

    return commit
