"""What an answer of Slack means: the one place that decides it, for every method.

Done (`ok: true`), refused (JSON, `ok: false`, an error of Slack's form), later (429) or uncertain (all else: no answer,
5xx, no JSON). No body of an answer is kept, logged or quoted: of a refusal only Slack's name for it, where it has the
form of such a name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from math import inf
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.core.clocks import elapsed
from bot.slack.answers import SlackAnswers
from bot.slack.connection_errors import name_connection_error
from bot.slack.errors import SlackError, SlackLater, SlackRefused, SlackUncertain
from bot.slack.types import Json

# What slack_sdk raises once a request has left: a broken connection, or an answer that it cannot read.
_NO_ANSWER = (SlackRequestError, OSError, HTTPException, ValueError, AttributeError, RecursionError)
# Slack itself calls these ambiguous: a part of the operation may have succeeded.
_AMBIGUOUS = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
_RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# How Slack writes the name of an error, or of a scope.
_ERROR_NAME, _SCOPE_NAME = re.compile(r"[a-z][a-z0-9_]{1,79}"), re.compile(r"[a-z][a-z.:_]{1,79}")
# In seconds. The least is also for an answer that says nothing usable: without a pause the call comes again at once.
LEAST_PAUSE, LONGEST_PAUSE = 1.0, 3600.0


@contextmanager
def as_slack_errors(method: str, answers: SlackAnswers | None = None) -> Iterator[None]:
    """Turns what slack_sdk raises into `SlackRefused`, `SlackLater` or `SlackUncertain`, and notes it in `answers`."""
    noted = answers or SlackAnswers()
    try:
        yield
    except SlackApiError as error:
        raise _noted(_meaning(method, error), noted) from None
    except _NO_ANSWER as error:
        raise _noted(SlackUncertain(method, name_connection_error(error)), noted) from None


def check_status(method: str, status: int, headers: Mapping[str, Any]) -> None:
    """The same for an answer that says all by its HTTP status. It is noted nowhere: it says nothing of our token."""
    if status == 429:
        raise SlackLater(method, retry_after(lower_names(headers)))
    if status >= 500:
        raise SlackUncertain(method, f"HTTP {status}")
    if status != 200:
        raise SlackRefused(method, f"http_{status}")


def read_answer(method: str, read: Callable[[], Any]) -> Any:
    """What `read` takes from an answer. An answer without what Slack promises is uncertain, though it says ok."""
    try:
        return read()
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        raise SlackUncertain(method, "an answer without what it should say") from None


def _noted(error: SlackError, answers: SlackAnswers) -> SlackError:
    match error:
        case SlackRefused():
            answers.note_refused(error.method, error.error, error.scope)
        case SlackLater():
            answers.note_other(error.method, "later")
        case SlackUncertain():
            answers.note_other(error.method, "uncertain")
    return error


def _meaning(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    # For what is no JSON, slack_sdk puts the beginning of the body where the error's name should be.
    data = response.data if isinstance(response.data, dict) else {}
    name = _name(data.get("error"), _ERROR_NAME)
    if response.status_code == 429 or name in _RATE_LIMITED:
        return SlackLater(method, retry_after(lower_names(response.headers)))
    if response.status_code >= 500 or data.get("ok") is not False or name is None or name in _AMBIGUOUS:
        return SlackUncertain(method, f"HTTP {response.status_code} {name or ''}".strip())
    return SlackRefused(method, name, _people(data.get("errors")), _name(data.get("needed"), _SCOPE_NAME))


def _name(found: Any, form: re.Pattern[str]) -> str | None:
    """Slack may name several scopes, with commas between them: then it is the first."""
    first = found.partition(",")[0] if isinstance(found, str) else ""
    return first if form.fullmatch(first) else None


def _people(found: Any) -> list[Json]:
    """The people among these that have a reason of Slack's form."""
    listed = found if isinstance(found, list) else []
    return [one for one in listed if isinstance(one, dict) and "user" in one and _name(one.get("error"), _ERROR_NAME)]


def retry_after(headers: Mapping[str, Any]) -> float:
    """How many seconds to wait: Slack gives seconds or a date (RFC 9110, 10.2.3)."""
    given = str(headers.get("retry-after", ""))
    try:
        seconds = float(given)
    except ValueError:
        seconds = _seconds_until(given, headers.get("date"))
    return min(max(seconds, LEAST_PAUSE), LONGEST_PAUSE) if -inf < seconds < inf else LEAST_PAUSE


def _seconds_until(date: str, sent: str | None) -> float:
    """From the moment that the answer was `sent`, by Slack's clock, or from now; not a number for what is no date."""
    until = _moment(date)
    return (until - (_moment(sent or "") or elapsed())).total_seconds() if until else -inf


def slacks_time(headers: Mapping[str, Any]) -> datetime | None:
    """The moment at which Slack answered, by its own clock."""
    return _moment(str(headers.get("date", "")))


def _moment(date: str) -> datetime | None:
    """The moment of an HTTP date, aware; None for anything else."""
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else None


def lower_names(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Headers by their name in small letters."""
    return {name.lower(): value for name, value in headers.items()}
