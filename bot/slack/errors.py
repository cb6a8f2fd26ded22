"""The results of a call of Slack that are no answer: refused, later, uncertain."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from math import inf
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.core.clocks import elapsed
from bot.slack.types import Json

# Slack itself calls these ambiguous: a part of the operation may have succeeded.
_AMBIGUOUS = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}


_RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}


class SlackError(Exception):
    """Slack did not do what was asked."""


class SlackRefused(SlackError):
    """Slack says no. `error` is Slack's name for the reason; `people` are the people with a reason each, if any."""

    def __init__(self, method: str, error: str, people: Sequence[Json] = ()) -> None:
        super().__init__(f"{method}: {error}")
        self.error = error
        self.people = people


class SlackLater(SlackError):
    """Slack asks to call `method` again after `seconds`."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"{method}: rate limited for {seconds:g} s")
        self.method = method
        self.seconds = seconds


class SlackUncertain(SlackError):
    """No usable answer came: it may have happened or not."""


@contextmanager
def as_slack_errors(method: str) -> Iterator[None]:
    """Turns what slack_sdk raises into `SlackRefused`, `SlackLater` or `SlackUncertain`."""
    try:
        yield
    except SlackApiError as error:
        raise _slack_error(method, error) from None
    except (OSError, HTTPException, ValueError) as error:
        raise SlackUncertain(f"{method}: {type(error).__name__}") from None


def _slack_error(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    data = response.data if isinstance(response.data, dict) else {}
    name = str(data.get("error") or "")
    if response.status_code == 429 or name in _RATE_LIMITED:
        return SlackLater(method, _retry_after(lower_names(response.headers)))
    if response.status_code >= 500 or not name or name in _AMBIGUOUS:
        return SlackUncertain(f"{method}: HTTP {response.status_code} {name}")
    return SlackRefused(method, name, data.get("errors") or ())


def _retry_after(headers: Mapping[str, Any]) -> float:
    """How many seconds to wait: Slack gives seconds or a date (RFC 9110, 10.2.3). One where it gives nothing usable."""
    given = str(headers.get("retry-after", ""))
    try:
        seconds = float(given)
    except ValueError:
        seconds = _seconds_until(given, headers.get("date"))
    return seconds if 0 <= seconds < inf else 1.0


def _seconds_until(date: str, sent: str | None) -> float:
    """From the moment that the answer was `sent`, by Slack's clock, or from now; negative for what is no date."""
    try:
        until, since = parsedate_to_datetime(date), parsedate_to_datetime(sent) if sent else elapsed()
        return (until - since).total_seconds()
    except (ValueError, TypeError):
        return -1.0


def lower_names(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in headers.items()}
