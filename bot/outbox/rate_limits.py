"""What may not be sent for a while, shared by all worker threads of this process.

It is kept in memory alone: another process learns of a limit from Slack itself, by a 429 that says when to come back.
Slack limits posts by channel, and every other method by itself (docs.slack.dev/apis/web-api/rate-limits).
"""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

# The methods by which we look for what is uncertain.
SEARCH_METHODS = frozenset({"conversations.history", "conversations.replies"})
_SEARCH = "search"


@dataclass(frozen=True)
class Blocked:
    """What cannot be sent now.

    Nothing goes to `busy_channels`; no new post goes to `limited_channels`; no job is of `limited_kinds`. Nothing that
    has to be looked for first is sent unless `may_search`.
    """

    busy_channels: list[str]
    limited_channels: list[str]
    limited_kinds: list[str]
    may_search: bool


class RateLimits:
    """The channels to which somebody is sending, and the channels and kinds of job that have to wait.

    All moments are of a clock that nobody can set.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy: set[str] = set()
        self._channels: dict[str, datetime] = {}
        self._kinds: dict[str, datetime] = {}
        self._all_until: datetime | None = None

    def blocked(self, now: datetime) -> Blocked:
        """What cannot be sent at `now`."""
        with self._lock:
            self._channels, self._kinds = _still_limited(self._channels, now), _still_limited(self._kinds, now)
            return Blocked(list(self._busy), list(self._channels), list(self._kinds), _SEARCH not in self._kinds)

    def occupy(self, channel: str | None) -> None:
        """Nobody else sends to this channel, until `release`."""
        with self._lock:
            self._busy.update({channel} if channel else ())

    def release(self, channel: str | None) -> None:
        """Others may send to this channel again."""
        with self._lock:
            self._busy.discard(channel or "")

    def delay_channel(self, channel: str, until: datetime) -> None:
        """No new post goes to this channel before `until`."""
        with self._lock:
            self._channels[channel] = until

    def block_method(self, method: str, kind: str, until: datetime) -> None:
        """Slack wants no call of `method` before `until`, which a job of this kind made."""
        with self._lock:
            self._kinds[_SEARCH if method in SEARCH_METHODS else kind] = until

    def pause_all(self, until: datetime) -> None:
        """Nothing is sent before `until`."""
        with self._lock:
            self._all_until = until

    def all_paused(self, now: datetime) -> bool:
        """True if nothing may be sent at `now`."""
        with self._lock:
            return self._all_until is not None and now < self._all_until

    def blocked_until(self, now: datetime) -> list[datetime]:
        """The moments after `now` at which something may be sent again."""
        with self._lock:
            pause = [self._all_until] if self._all_until else []
            return [until for until in [*self._channels.values(), *self._kinds.values(), *pause] if now < until]


def _still_limited(limits: dict[str, datetime], now: datetime) -> dict[str, datetime]:
    return {name: until for name, until in limits.items() if now < until}
