"""How often the app may call: one post a second a channel; other methods by tier, if asked for."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from datetime import datetime, timedelta

from playground.model import ApiError, Clock, Limits


class RateLimiter:
    """Refuses with 429 and `Retry-After`, by the elapsed clock."""

    def __init__(self, limits: Limits, elapsed: Clock) -> None:
        self.limits = limits
        self._elapsed = elapsed
        self._free_at: dict[str, datetime] = {}
        self._recent: dict[str, deque[datetime]] = defaultdict(deque)

    def count_post(self, channel_id: str) -> None:
        """Count one post in a channel, or raise `ratelimited` while the channel is not free yet."""
        if self.limits.posts_per_second is None:
            return
        now = self._elapsed()
        free_at = self._free_at.get(channel_id, now)
        if free_at > now:
            raise _too_many(free_at - now)
        self._free_at[channel_id] = now + timedelta(seconds=1 / self.limits.posts_per_second)

    def count_call(self, name: str, tier: str) -> None:
        """Count one call of a method against its tier's calls a minute."""
        allowed = (self.limits.calls_per_minute or {}).get(tier)
        if allowed is None:
            return
        now, minute = self._elapsed(), timedelta(minutes=1)
        recent = self._recent[name]
        while recent and now - recent[0] >= minute:
            recent.popleft()
        if len(recent) >= allowed:
            raise _too_many(minute - (now - recent[0]) if recent else minute)
        recent.append(now)


def _too_many(wait: timedelta) -> ApiError:
    seconds = max(1, math.ceil(wait.total_seconds()))
    return ApiError("ratelimited", status=429, headers={"Retry-After": str(seconds)})
