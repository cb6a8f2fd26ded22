"""How long we wait for a PostgreSQL server, and how soon each side notices that the other is gone.

A connection can end without a word: a cable, a router, a machine. The system then notices by keepalives, unless
something between us and the server answers them; so each wait for the server has an end too. It is a little later than
the server's own limit for a statement, which is an ordinary error and leaves the connection as it is.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from sqlalchemy import URL

# A server that is down is noticed soon.
CONNECT_SECONDS = 5
STATEMENT_SECONDS, ANSWER_SECONDS = 25, 28.0
# So long a transaction may do nothing: then its process is frozen or gone, and others may need what it locked.
IDLE_SECONDS = 60
# What libpq (PQconnectdb) and the server call these; together less than half a minute.
_KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_UNACKNOWLEDGED_MS = 20_000
_SESSION = "; ".join(
    f"SET {name} = {value}"
    for name, value in {
        "statement_timeout": STATEMENT_SECONDS * 1000,
        "idle_in_transaction_session_timeout": IDLE_SECONDS * 1000,
        "tcp_user_timeout": _UNACKNOWLEDGED_MS,
        **{f"tcp_{name}": value for name, value in _KEEPALIVES.items()},
    }.items()
)


class TimedConnection(Connection[Any]):
    """A connection that is closed when the server gives no answer for `patience` seconds; None waits for ever."""

    patience: float | None = ANSWER_SECONDS

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for one answer of the server, as psycopg does for everything."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except _WaitTimeout:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise OperationalError(f"the server gave no answer for {self.patience:.0f} s") from None


def connector(address: URL) -> Callable[[], TimedConnection]:
    """Opens connections to `address` with our limits; where the address itself says something, that holds."""
    positions, given = address.get_dialect()().create_connect_args(address)
    ours = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": _UNACKNOWLEDGED_MS, **_KEEPALIVES}
    return partial(TimedConnection.connect, *positions, **{**ours, **given})


def limit_session(connection: TimedConnection, _record: Any) -> None:
    """Tell the server our limits, on a new connection."""
    # In a transaction, a rollback would take the settings back.
    connection.autocommit = True
    connection.execute(_SESSION)
    connection.autocommit = False


def lift_limits(connection: Any) -> None:
    """Wait for ever in this transaction of SQLAlchemy's `connection`, and on this side from now on."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
    be_patient(connection, None)


def be_patient(connection: Any, seconds: float | None) -> None:
    """On SQLAlchemy's `connection`, wait so long for an answer."""
    connection.connection.driver_connection.patience = seconds
