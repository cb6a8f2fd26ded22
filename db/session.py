"""One engine, two kinds of transaction (for writing and for reading), and the column type of moments.

SQLite needs explicit transactions. With those of the driver, read-then-write loses updates without an error; with a
plain BEGIN it fails at once with "database is locked". So we write with BEGIN IMMEDIATE, and read with a plain BEGIN,
so that a long digest does not stop writers.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, DateTime, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from db.presence import Presence

# Less than Slack's three seconds: a handler that waits longer for the lock fails, and Slack repeats the request.
BUSY_TIMEOUT_MS = 2000
# How long a thread waits for the other threads first. Both together are less than three seconds.
QUEUE_SECONDS = 0.8
# The threads: 24 that open forms, 10 of the socket, 10 of the web server, 1 of the scheduler, 17 of the outbox.
POOL_SIZE = 64


class Database:
    """The database at `url`. `on_commit` is called after each committed writing transaction.

    `presence` says which processes run; it begins with `presence.start()`.
    """

    def __init__(self, url: str, *, on_commit: Callable[[], None] | None = None) -> None:
        self.engine = _engine(url)
        # Whether no other running copy can have it: a file of SQLite is locked by the one that does.
        self.is_ours_alone = self.engine.dialect.name == "sqlite"
        # Tells other processes that this one runs.
        self.presence = Presence(self.engine)
        self.on_commit = on_commit or (lambda: None)
        self._writers = Lock()
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(reading=True), expire_on_commit=False)

    @contextmanager
    def writing(self, *, wakes: bool = True) -> Iterator[Session]:
        """A session in one writing transaction: committed at the end, rolled back if anything raises.

        With `wakes=False`, `on_commit` is not called after it.
        """
        with self._queue_writers(), self._writing.begin() as session:
            yield session
        if wakes:
            self.on_commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in one reading transaction."""
        with self._reading.begin() as session:
            yield session

    @contextmanager
    def _queue_writers(self) -> Iterator[None]:
        """Threads wait here in order. SQLite itself has no order, and in a flood some threads never got the lock."""
        is_queued = self.is_ours_alone and self._writers.acquire(timeout=QUEUE_SECONDS)
        try:
            yield
        finally:
            if is_queued:
                self._writers.release()

    def sweep(self) -> None:
        """Remove wiped words from SQLite's journal too. While somebody reads, this does nothing; the next sweep does.

        `secure_delete` overwrites deleted words in the file itself, but the journal keeps old pages until it is
        truncated.
        """
        if not self.is_ours_alone:
            return
        with self._queue_writers(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    def close(self) -> None:
        """Close all connections; other processes may take over what this one holds."""
        self.presence.stop()
        self.engine.dispose()


def sqlalchemy_url(url: str) -> str:
    """The URL with the driver that we install: people write `postgresql://`, and we use psycopg 3."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if separator and scheme in {"postgres", "postgresql"} else url


def describe_error(mistake: SQLAlchemyError) -> str:
    """The first line of the database's message, without the statement."""
    error = mistake.orig if isinstance(mistake, DBAPIError) else mistake
    return next(iter(str(error).strip().splitlines()), type(mistake).__name__)


def _engine(url: str) -> Engine:
    address = make_url(sqlalchemy_url(url))
    if address.get_backend_name() == "sqlite":
        engine = _make_engine(address)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    from db.postgres import connector, limit_session

    engine = _make_engine(address, creator=connector(address))
    event.listen(engine, "connect", limit_session)
    return engine


def _make_engine(address: URL, **how: Any) -> Engine:
    return create_engine(
        address,
        pool_size=POOL_SIZE,
        max_overflow=16,
        pool_pre_ping=True,
        # The parameters of a statement are not in errors, and so not in the log.
        hide_parameters=True,
        **how,
    )


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    kept = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*kept, f"busy_timeout={BUSY_TIMEOUT_MS}"):
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
