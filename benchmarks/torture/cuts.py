"""Where a copy of the bot is cut off: before or after any statement, commit, call of Slack or acknowledgement."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from db.session import Database


class Killed(BaseException):
    """The process is gone, in the middle of what it did. No `except Exception` catches that."""


class Cuts:
    """The points that one copy passes, and what happens at one of them: it is killed, or its database fails once."""

    def __init__(self) -> None:
        self._kill_in: int | None = None
        self._fail_in: int | None = None
        self.latest = ""

    def kill_in(self, points: int) -> None:
        """Kill the copy at the so-manieth point from now."""
        self._kill_in = points

    def fail_in(self, statements: int) -> None:
        """Let the so-manieth statement from now fail, as on a line that breaks."""
        self._fail_in = statements

    def disarm(self) -> None:
        """Nothing happens any more."""
        self._kill_in = self._fail_in = None

    def passes(self, point: str) -> None:
        """The copy is at this point. Raises `Killed`."""
        self._kill_in = _one_less(self._kill_in)
        if self._kill_in == 0:
            self.disarm()
            self.latest = point
            raise Killed(point)

    def sends_statement(self, statement: str) -> None:
        """The copy is about to send this statement. Raises `Killed`, and what SQLAlchemy raises on a broken line."""
        self._fail_in = _one_less(self._fail_in)
        if self._fail_in == 0:
            self._fail_in = None
            raise OperationalError(statement.partition(" ")[0], None, ConnectionError("the line broke"))
        self.passes(f"before {statement[:40]}")

    def sent_statement(self, _connection: Connection, cursor: DBAPICursor, statement: str, *_: Any) -> None:
        """The copy sent this statement, and did not read the answer. Raises `Killed`."""
        try:
            self.passes(f"after {statement[:40]}")
        except Killed:
            # With its cursor the statement is over; else SQLite keeps its lock until the garbage is collected.
            cursor.close()
            raise


def _one_less(left: int | None) -> int | None:
    return None if left is None else left - 1


def watch_database(database: Database, cuts: Cuts) -> None:
    """Let every statement and every commit of this database pass `cuts`."""
    event.listen(database.engine, "before_cursor_execute", lambda *given: cuts.sends_statement(given[2]))
    event.listen(database.engine, "after_cursor_execute", cuts.sent_statement)
    event.listen(database.engine, "commit", lambda _connection: cuts.passes("before a commit"))
    writing = database.writing

    @contextmanager
    def watched(**how: Any) -> Iterator[Session]:
        with writing(**how) as session:
            yield session
        cuts.passes("after a commit")

    database.writing = watched  # type: ignore[method-assign]
