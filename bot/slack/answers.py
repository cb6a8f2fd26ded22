"""What Slack last answered, kept in memory for health, metrics and the log. Never a word of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.core.clocks import elapsed

# Slack refuses our token with these, and so everything that we ask.
TOKEN_REFUSED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})


@dataclass(frozen=True)
class MethodRefusal:
    """Slack refuses a method as a whole: `error` is Slack's word, `scope` the scope that our token misses, if any."""

    error: str
    scope: str | None


@dataclass(frozen=True)
class SlackStatus:
    """How Slack answers: `good_at` is when it last did what we asked, `token_error` why it refuses our token.

    `clock_skew` is how far our clock is ahead of Slack's; `refused` are the methods that it refuses.
    """

    good_at: datetime | None = None
    clock_skew: timedelta | None = None
    token_error: str | None = None
    refused: tuple[tuple[str, MethodRefusal], ...] = ()


class SlackAnswers:
    """Every client of one process notes its answers here, by the clock `elapsed`. `counts` is by (method, meaning)."""

    def __init__(self, elapsed: Callable[[], datetime] = elapsed) -> None:
        self._lock, self._elapsed = Lock(), elapsed
        self._good_at: datetime | None = None
        self._clock_skew: timedelta | None = None
        self._token_error: str | None = None
        self._refused: dict[str, MethodRefusal] = {}
        self.counts: Counter[tuple[str, str]] = Counter()

    def status(self) -> SlackStatus:
        """How Slack answers now."""
        with self._lock:
            refused = tuple(sorted(self._refused.items()))
            return SlackStatus(self._good_at, self._clock_skew, self._token_error, refused)

    def note_done(self, method: str, slacks_time: datetime | None = None) -> None:
        """Slack did what we asked; it was `slacks_time` by Slack's clock, if it said so."""
        with self._lock:
            now = self._elapsed()
            self.counts[method, "done"] += 1
            self._good_at, self._token_error = now, None
            self._clock_skew = now - slacks_time if slacks_time else self._clock_skew
            self._refused.pop(method, None)

    def note_refused(self, method: str, error: str, scope: str | None) -> None:
        """Slack refused: our token, this method for want of a scope, or only this one call."""
        with self._lock:
            self.counts[method, "refused"] += 1
            if error in TOKEN_REFUSED:
                self._token_error = error
            elif error == "missing_scope":
                self._refused[method] = MethodRefusal(error, scope)

    def note_other(self, method: str, meaning: str) -> None:
        """No answer that decides anything: `meaning` is "later" or "uncertain"."""
        with self._lock:
            self.counts[method, meaning] += 1
