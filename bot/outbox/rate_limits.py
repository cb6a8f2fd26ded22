"""What rests for a while, remembered for all threads of this process that carry.

In memory alone: a copy that does not know is told by Slack itself, with 429 and when to come back. Slack limits posting
by channel, and every other method by itself (docs.slack.dev/apis/web-api/rate-limits).
"""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock


@dataclass(frozen=True)
class Blocked:
    """What cannot go now: anything to a `busy` channel, posts to a `paced` one, errands of these `kinds`."""

    busy: list[str]
    paced: list[str]
    kinds: list[str]


class RateLimits:
    """Channels that are being spoken to or were a moment ago, and kinds of errand that Slack wants fewer of."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy: set[str] = set()
        self._paced: dict[str, datetime] = {}
        self._kinds: dict[str, datetime] = {}
        self._all_until: datetime | None = None

    def blocked(self, now: datetime) -> Blocked:
        """What rests at `now`."""
        with self._lock:
            self._paced, self._kinds = _ahead(self._paced, now), _ahead(self._kinds, now)
            return Blocked(list(self._busy), list(self._paced), list(self._kinds))

    def occupy(self, channel: str | None) -> None:
        """This channel is being spoken to, until `let_go`."""
        with self._lock:
            self._busy.update({channel} if channel else ())

    def release(self, channel: str | None) -> None:
        """Others may speak to this channel."""
        with self._lock:
            self._busy.discard(channel or "")

    def delay_channel(self, channel: str, until: datetime) -> None:
        """No post goes to this channel before `until`."""
        with self._lock:
            self._paced[channel] = until

    def block_kind(self, kind: str, until: datetime) -> None:
        """No errand of this kind goes before `until`."""
        with self._lock:
            self._kinds[kind] = until

    def pause_all(self, until: datetime) -> None:
        """Nothing goes before `until`."""
        self._all_until = until

    def all_paused(self, now: datetime) -> bool:
        """Whether nothing may go at `now`."""
        return self._all_until is not None and now < self._all_until

    def blocked_until(self, now: datetime) -> list[datetime]:
        """The moments after `now` at which something may go again."""
        whole = [self._all_until] if self._all_until and self._all_until > now else []
        with self._lock:
            return [until for until in [*self._paced.values(), *self._kinds.values(), *whole] if until > now]


def _ahead(moments: dict[str, datetime], now: datetime) -> dict[str, datetime]:
    return {name: until for name, until in moments.items() if until > now}
