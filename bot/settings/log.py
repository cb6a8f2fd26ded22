"""The log: what happened and where, never what anybody wrote.

Exceptions are the leak: their texts quote values, and libraries log those texts, or whole requests. So a traceback is
written as its places and the kind of exception, and of the libraries that see requests no more than kind and place.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType

# These write whole requests, with what people wrote in them, or a line a second.
_TALKATIVE = ("slack_sdk", "slack_bolt", "websocket", "urllib3", "apscheduler", "alembic", "sqlalchemy", "cheroot")
_SEE_REQUESTS = ("slack_sdk", "slack_bolt", "websocket", "cheroot")


def set_up_logging(level: str) -> None:
    """Log to stderr from `level` on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_PlainTracebacks("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_wordless)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    threading.excepthook = _thread_failed


def code_place(error: BaseException | None) -> str:
    """What kind of error, and where it was raised: `KeyError at door.py:12`."""
    if error is None:
        return "nobody knows how"
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where


class _PlainTracebacks(logging.Formatter):
    """Writes a traceback without the exception's own text."""

    def formatException(self, ei: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]) -> str:  # noqa: N802
        """The places a traceback went through, and the kind of exception."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


def _wordless(record: logging.LogRecord) -> bool:
    if record.name.split(".")[0] not in _SEE_REQUESTS:
        return True
    error = sys.exc_info()[1]
    record.msg, record.args, record.exc_info = "failed: %s", (code_place(error),), None
    return error is not None


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    name = failure.thread.name if failure.thread else "a thread"
    logging.getLogger(__name__).error("%s ended: %s", name, code_place(failure.exc_value))
