"""Tells the processes on one database which of them are running.

A process has a name by chance: its holder. On PostgreSQL it keeps a shared advisory lock of that name, on a connection
of its own, for as long as it runs. The server drops the lock when the process is killed, and within half a minute when
its machine is gone. So what a dead process was doing need not wait until its lease ends. Behind a pooler that lends
a connection for one transaction (PgBouncer), no such lock can be kept; then nobody can tell, and leases end by time.

A file of SQLite has one process at a time (`bot/settings/lock.py`): ours.
"""

import logging
from contextlib import suppress
from secrets import randbits
from threading import Event, Thread

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

_log = logging.getLogger(__name__)
# How often we look whether our lock is still there, how long the server may take to say so, and how long we wait for
# the thread that looks when we stop.
_CHECK_SECONDS, _ANSWER_SECONDS, _STOP_SECONDS = 2.0, 5.0, 1.0
# A lock of one 64-bit number stands in two halves (https://www.postgresql.org/docs/current/view-pg-locks.html).
_HOLDERS = text(
    "SELECT DISTINCT lpad(to_hex((classid::bigint << 32) | objid::bigint), 16, '0') FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Presence:
    """The presence of this process on the database of `engine`, from `start()` or `hold()` until `stop()`."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._is_sqlite = engine, engine.dialect.name == "sqlite"
        self._number = randbits(63)
        self._connection: Connection | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._keep, name="presence", daemon=True)

    @property
    def holder(self) -> str | None:
        """The name to write on what this process holds; None while the other processes cannot tell that it runs."""
        return f"{self._number:016x}" if self._is_sqlite or self._connection is not None else None

    def living_holders(self, session: Session) -> set[str] | None:
        """The holders of all processes that run now, ours among them; None if that cannot be told."""
        ours = self.holder
        if self._is_sqlite or ours is None:
            return {ours} if ours else None
        found = set(session.scalars(_HOLDERS))
        return found if ours in found else None

    def start(self) -> None:
        """Be present from now on. A lost connection is opened again, under the same name."""
        self.hold()
        if not self._is_sqlite:
            self._thread.start()

    def stop(self) -> None:
        """Be present no longer."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(_STOP_SECONDS)
        if not self._thread.is_alive():
            self._let_go()

    def hold(self) -> None:
        """Look whether our lock is still there, and take it anew if not. Where the server is away, try again later."""
        if self._is_sqlite:
            return
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")
                return
        except SQLAlchemyError:
            _log.warning("lost the connection that tells other processes that this one runs; opening another")
            self._let_go()
        with suppress(SQLAlchemyError):
            self._connection = self._take_lock()

    def _take_lock(self) -> Connection:
        from db.postgres import be_patient

        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        be_patient(connection, _ANSWER_SECONDS)
        # It is ours alone: it never goes back to the pool.
        connection.detach()
        # Shared: a connection of ours that the server still takes for alive may have it too.
        connection.execute(text("SELECT pg_advisory_lock_shared(:number)"), {"number": self._number})
        return connection

    def _keep(self) -> None:
        while not self._stopping.wait(_CHECK_SECONDS):
            self.hold()

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._connection = None
