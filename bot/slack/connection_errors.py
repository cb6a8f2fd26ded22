"""Why a connection failed, in one word of ours that quotes nothing: for the log, health and an outbox job."""

import errno
import socket
import ssl
from http.client import HTTPException

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}
ODD_ANSWER = "odd_answer"
# The kinds of errors, the narrower ones first.
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "name_not_found"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "no_tls"),
    (TimeoutError, "timed_out"),
    (ConnectionRefusedError, "connection_refused"),
    (ConnectionError, "connection_lost"),
    (HTTPException, "connection_lost"),
)
CONNECTION_ERRORS = frozenset({"unreachable", ODD_ANSWER, *(word for _, word in _WORDS)})


def name_connection_error(error: BaseException) -> str:
    """The word for `error` or for the error inside it, such as "name_not_found"."""
    inner = _inside(error)
    while inner is not None:
        error, inner = inner, _inside(inner)
    if isinstance(error, OSError) and error.errno in _UNREACHABLE:
        return "unreachable"
    return next((word for kind, word in _WORDS if isinstance(error, kind)), ODD_ANSWER)


def _inside(error: BaseException) -> BaseException | None:
    """What urllib's URLError and websocket-client's WebSocketAddressException wrap."""
    return next((inner for inner in error.args if isinstance(inner, BaseException)), None)
