"""What Slack last answered, kept in memory for health, metrics and the log. Never a word of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from bot.core.clocks import elapsed
from bot.slack.requirements import METHODS

# Slack refuses our token with these, and so everything that we ask.
TOKEN_REFUSED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
# And with these the one method that we called.
SCOPE_REFUSED = frozenset({"missing_scope", "not_allowed_token_type"})
_SCOPES = {method.name: method.scopes for method in METHODS}


@dataclass(frozen=True)
class MethodRefusal:
    """Slack refuses a method as a whole: `error` is Slack's word, `scope` the scope that our token misses, if any."""

    error: str
    scope: str | None


def scopes_needed(method: str, refusal: MethodRefusal) -> tuple[str, ...]:
    """The scope that Slack named when it refused this method, or else those that it needs by our own table."""
    return (refusal.scope,) if refusal.scope else _SCOPES.get(method, ())


@dataclass(frozen=True)
class SlackStatus:
    """How Slack answers: `good_at` is when it last did what we asked, `token_error` why it refuses our token.

    `good_age` is how long ago that was, by no clock that can be set. `clock_skew` is how far our clock is ahead of
    Slack's now; `refused` are the methods that it refuses.
    """

    good_at: datetime | None = None
    good_age: timedelta | None = None
    clock_skew: timedelta | None = None
    token_error: str | None = None
    refused: tuple[tuple[str, MethodRefusal], ...] = ()


class SlackAnswers:
    """Every client of one process notes its answers here. `counts` is by (method, meaning).

    `elapsed` is the clock of this machine, which somebody may set; `steady` counts seconds whatever is done to it.
    """

    def __init__(self, elapsed: Callable[[], datetime] = elapsed, steady: Callable[[], float] = monotonic) -> None:
        self._lock, self._elapsed, self._steady = Lock(), elapsed, steady
        self._good_at: datetime | None = None
        self._good_steady = 0.0
        self._slacks_clock: _SlacksClock | None = None
        self._token_error: str | None = None
        self._refused: dict[str, MethodRefusal] = {}
        self.counts: Counter[tuple[str, str]] = Counter()

    def status(self) -> SlackStatus:
        """How Slack answers now."""
        with self._lock:
            refused = tuple(sorted(self._refused.items()))
            steady, slacks = self._steady(), self._slacks_clock
            age = timedelta(seconds=steady - self._good_steady) if self._good_at else None
            skew = self._elapsed() - slacks.now(steady) if slacks else None
            return SlackStatus(self._good_at, age, skew, self._token_error, refused)

    def slacks_time(self) -> datetime | None:
        """What Slack's clock says now; None before its first answer."""
        clock = self._slacks_clock
        return clock.now(self._steady()) if clock else None

    def note_done(self, method: str, slacks_time: datetime | None = None) -> None:
        """Slack did what we asked; it was `slacks_time` by Slack's clock, if it said so."""
        with self._lock:
            now, steady = self._elapsed(), self._steady()
            self.counts[method, "done"] += 1
            self._good_at, self._good_steady, self._token_error = now, steady, None
            if slacks_time:
                self._slacks_clock = _SlacksClock(slacks_time, steady)
            self._refused.pop(method, None)

    def note_refused(self, method: str, error: str, scope: str | None) -> None:
        """Slack refused: our token, this method for want of a scope, or only this one call."""
        with self._lock:
            self.counts[method, "refused"] += 1
            if error in TOKEN_REFUSED:
                self._token_error = error
            elif error in SCOPE_REFUSED:
                self._refused[method] = MethodRefusal(error, scope)

    def forget_refusals(self, granted: set[str]) -> None:
        """Our token has these scopes now, so the methods that need no other are not refused any more."""
        with self._lock:
            for method, refusal in list(self._refused.items()):
                needed = scopes_needed(method, refusal)
                if needed and set(needed) <= granted:
                    del self._refused[method]

    def note_other(self, method: str, meaning: str) -> None:
        """No answer that decides anything: `meaning` is "later" or "uncertain"."""
        with self._lock:
            self.counts[method, meaning] += 1


@dataclass(frozen=True)
class _SlacksClock:
    """What Slack's clock said at one moment of `steady`; from there on, steady seconds tell what it says."""

    slacks: datetime
    steady: float

    def now(self, steady: float) -> datetime:
        """Slack's clock now."""
        return self.slacks + timedelta(seconds=steady - self.steady)
