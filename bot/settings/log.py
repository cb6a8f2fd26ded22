"""The log: what happened and where, never what anybody wrote.

Exceptions are the danger: their messages quote values, and libraries log those messages, or whole requests. So a
traceback is written without the message, and libraries that see requests log only the kind and place of an error.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType

# These log whole requests, with what people wrote, or a line each second.
_TALKATIVE = ("slack_sdk", "slack_bolt", "websocket", "urllib3", "apscheduler", "alembic", "sqlalchemy", "cheroot")
_SEE_REQUESTS = ("slack_sdk", "slack_bolt", "websocket", "cheroot")


def set_up_logging(level: str) -> None:
    """Log to stderr from `level` on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_PlainTracebacks("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_without_messages)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    threading.excepthook = _thread_failed


def code_place(error: BaseException | None) -> str:
    """The kind of an error, and where it was raised: `KeyError at router.py:12`."""
    if error is None:
        return "nobody knows how"
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where


class _PlainTracebacks(logging.Formatter):
    """Writes a traceback without the message of the exception."""

    def formatException(self, ei: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]) -> str:  # noqa: N802
        """The frames of the traceback, and the kind of exception."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


def _without_messages(record: logging.LogRecord) -> bool:
    if record.name.split(".")[0] not in _SEE_REQUESTS:
        return True
    error = sys.exc_info()[1]
    record.msg, record.args, record.exc_info = "failed: %s", (code_place(error),), None
    return error is not None


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    name = failure.thread.name if failure.thread else "a thread"
    logging.getLogger(__name__).error("%s ended: %s", name, code_place(failure.exc_value))
