"""One engine, two kinds of transaction (one for writing, one for reading), and the column type for moments.

SQLite needs both spelled out. With the driver's own transactions, read-then-write loses updates without an error;
with a plain BEGIN it fails at once with "database is locked". BEGIN IMMEDIATE is right for writing, and a plain
BEGIN for reading, so that a long digest does not stop writers.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.types import TypeDecorator

# Below Slack's three seconds on purpose: a handler that waits longer for the lock fails, and Slack tells us again.
BUSY_TIMEOUT_MS = 2000
# How long a thread of ours queues before it tries its luck; with the above still below three seconds.
TURN_SECONDS = 0.8
# A server that is away is said to be away soon.
CONNECT_SECONDS = 5
# Two dozen threads that open forms, ten of the socket, the web server's ten, the clock's and the outbox's seventeen.
POOL_SIZE = 64


class Database:
    """The database behind `url`. `on_commit` is called after each committed writing transaction."""

    def __init__(self, url: str, *, on_commit: Callable[[], None] | None = None) -> None:
        self.engine = _engine(url)
        # Whether no other running copy can have it: a file of SQLite is locked by the one that does.
        self.is_ours_alone = self.engine.dialect.name == "sqlite"
        self.on_commit = on_commit or (lambda: None)
        self._turn = Lock()
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(reading=True), expire_on_commit=False)

    @contextmanager
    def writing(self, *, wakes: bool = True) -> Iterator[Session]:
        """A session in one writing transaction: committed at the end, rolled back if anything raises.

        With `wakes=False`, `on_commit` is not called after it.
        """
        with self._turns(), self._writing.begin() as session:
            yield session
        if wakes:
            self.on_commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in one reading transaction."""
        with self._reading.begin() as session:
            yield session

    @contextmanager
    def _turns(self) -> Iterator[None]:
        """SQLite lets in who happens to ask at the right moment, so under a flood some never were: here we queue."""
        waits = self.is_ours_alone and self._turn.acquire(timeout=TURN_SECONDS)
        try:
            yield
        finally:
            if waits:
                self._turn.release()

    def sweep(self) -> None:
        """What was wiped is gone from SQLite's journal as well, unless somebody is just reading: then the next time.

        `secure_delete` overwrites what was deleted in the file itself; the journal keeps pages as they were before
        until it starts anew.
        """
        if not self.is_ours_alone:
            return
        with self._turns(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def sqlalchemy_url(url: str) -> str:
    """The URL with the driver we ship: people write `postgresql://`, and psycopg 3 answers."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if separator and scheme in {"postgres", "postgresql"} else url


def describe_error(mistake: SQLAlchemyError) -> str:
    """What the database said, in its first line; never the statement."""
    error = mistake.orig if isinstance(mistake, DBAPIError) else mistake
    return next(iter(str(error).strip().splitlines()), type(mistake).__name__)


def _engine(url: str) -> Engine:
    address = make_url(sqlalchemy_url(url))
    engine = create_engine(
        address,
        pool_size=POOL_SIZE,
        max_overflow=16,
        pool_pre_ping=True,
        # What a statement was filled in with stays out of errors, and so out of the log.
        hide_parameters=True,
        connect_args={} if address.get_backend_name() == "sqlite" else {"connect_timeout": CONNECT_SECONDS},
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Instant(TypeDecorator[datetime]):
    """A moment: an aware datetime in UTC, in and out.

    SQLite forgets time zones, so the zone is put back on reading; a naive value is refused on writing.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone, and {value!r} has none")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
