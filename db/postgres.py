"""How long we wait for a PostgreSQL server, and how soon each side notices that the other is gone.

A connection can end without a word: a cable, a router, a machine. The system then notices by keepalives, unless
something between us and the server answers them; so each wait for the server has an end too. It is a little later than
the server's own limit for a statement, which is an ordinary error and leaves the connection as it is.
"""

from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from sqlalchemy import URL, Engine, event

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


def connect_settings(address: URL) -> dict[str, Any]:
    """What libpq is to know besides `address`; what the address itself says holds."""
    ours = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": _UNACKNOWLEDGED_MS, **_KEEPALIVES}
    return {name: value for name, value in ours.items() if name not in address.query}


def limit_waiting(engine: Engine) -> None:
    """Each connection of `engine` is a `TimedConnection`, and its server has our limits."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _limit_session)


def lift_limits(connection: Any) -> None:
    """Wait for ever in this transaction of SQLAlchemy's `connection`, and on this side from now on."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
    be_patient(connection, None)


def be_patient(connection: Any, seconds: float | None) -> None:
    """On SQLAlchemy's `connection`, wait so long for an answer."""
    connection.connection.driver_connection.patience = seconds


def _connect(_dialect: Any, _record: Any, _: Any, wanted: dict[str, Any]) -> TimedConnection:
    return TimedConnection.connect(**wanted)


def _limit_session(connection: TimedConnection, _record: Any) -> None:
    # In a transaction, a rollback would take the settings back.
    connection.autocommit = True
    connection.execute(_SESSION)
    connection.autocommit = False
