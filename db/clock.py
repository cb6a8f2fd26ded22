"""The clock by which copies of the bot judge leases: that of the database, which all of them share."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.session import Database

Clock = Callable[[], datetime]
SessionClock = Callable[[Session], datetime]


def database_clock(database: Database, elapsed: Clock) -> SessionClock:
    """The present moment of PostgreSQL. A file of SQLite has one process, and so the clock `elapsed` of that one."""
    return (lambda _session: elapsed()) if database.is_ours_alone else _time_of_postgresql


def _time_of_postgresql(session: Session) -> datetime:
    """Not that of the beginning of the transaction, which may have waited for a lock."""
    moment: datetime = session.scalars(select(func.clock_timestamp())).one()
    return moment.astimezone(UTC)


def process_clock(_database: Database, elapsed: Clock) -> SessionClock:
    """The clock `elapsed` of this process, for a bot that is alone with its database, or whose time moves by hand."""
    return lambda _session: elapsed()
