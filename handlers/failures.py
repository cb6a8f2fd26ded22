"""What fails in a request: named in the log without what people wrote, and acknowledged where Bolt cannot read it."""

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from bot.settings.log import code_place

_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# What Bolt raises for a payload whose fields are of another type than Slack's, before any listener is asked.
_UNREADABLE: Final = (TypeError, AttributeError, LookupError, ValueError, RecursionError)


def log_failure(error: Exception) -> None:
    """Name a failure by its kind and its place in the code."""
    _log.error("a request failed: %s", code_place(error))


def answer_or_acknowledge(answer: Callable[[], Answer], acknowledge: Callable[[], Answer]) -> Answer:
    """What Bolt answers; a request that it cannot read is acknowledged, since Slack would repeat it as it is.

    What fails in a listener does not come here: Bolt answers it with 500 (see `make_app`).
    """
    try:
        return answer()
    except _UNREADABLE as error:
        _log.warning("a request that cannot be read is acknowledged: %s", code_place(error))
        return acknowledge()
