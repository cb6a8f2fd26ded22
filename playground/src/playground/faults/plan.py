"""A plan of faults: pure data, and what one rule of it has to do with one call."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from playground.faults.kinds import MENDED_BY, MOMENTS, PLACES, USUAL_METHODS, USUAL_SECONDS, Fault


@dataclass(frozen=True)
class FaultRule:
    """One kind of fault, and when it strikes.

    `methods` are names of Web API methods (`response_url` and `upload` too); for faults of events, types or subtypes
    of events. `channels` are ids or names; empty: all of them. `chance` is per call; `calls` are numbers among the
    calls that this rule is about, from 1; `times` is how often at most. `since` and `until` are seconds after the
    plan began, by the elapsed clock. `seconds` says how late or how long, `value` names an error, a scope, a person
    or another team, or is a word to put on a web page.

    What happens to places and sockets happens once, at `since`; or, where `methods` are given, just before such a call.
    It is put right again at `until`, where it can be.
    """

    kind: Fault
    methods: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    chance: float = 1.0
    calls: tuple[int, ...] = ()
    times: int | None = None
    since: float = 0
    until: float | None = None
    seconds: float | None = None
    value: str = ""

    @property
    def how_long(self) -> float:
        """`seconds`, or what is usual for this kind."""
        return USUAL_SECONDS.get(self.kind, 0) if self.seconds is None else self.seconds

    def is_about(self, names: tuple[str, ...], channel: tuple[str, ...]) -> bool:
        """Whether it is about what has one of these names, in the channel that is called so (id, name)."""
        wanted = self.methods or USUAL_METHODS.get(self.kind, ())
        is_such = not wanted or any(name in wanted for name in names)
        return is_such and (not self.channels or any(name in self.channels for name in channel))

    def is_on(self, after: float) -> bool:
        """Whether it may strike so many seconds after the plan began."""
        return self.since <= after and (self.until is None or after < self.until)


@dataclass(frozen=True)
class FaultPlan:
    """With one seed, the n-th call of a method in a channel meets the same faults, whatever is called in between."""

    seed: int = 0
    rules: tuple[FaultRule, ...] = ()


@dataclass(frozen=True)
class Struck:
    """A fault that struck: the method, event or place, the number of that call, and when by the elapsed clock.

    `luck` is chance too, from 0 to below 1: where a fault has several ways, it chooses one.
    """

    kind: Fault
    what: str
    channel: str
    number: int
    at: datetime
    rule: FaultRule = field(repr=False, compare=False)
    luck: float = field(default=0.0, repr=False, compare=False)


@dataclass(eq=False)
class FollowedRule:
    """A rule that is followed: how often it was asked, how often it struck, and whether it happened already."""

    rule: FaultRule
    seed: str
    begun: datetime
    asked: int = 0
    struck: int = 0
    happened_to: list[str] = field(default_factory=list)
    is_over: bool = False
    _numbers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def is_on(self, now: datetime) -> bool:
        """Whether it may strike now."""
        return not self.is_over and self.rule.is_on((now - self.begun).total_seconds())

    @property
    def most_times(self) -> int | None:
        """How often it strikes at most: a place or a moment has its fate once, unless the rule says more."""
        is_once = self.rule.kind in PLACES or (self.rule.kind in MOMENTS and not self.waits_for_calls)
        return self.rule.times or (1 if is_once else None)

    @property
    def is_spent(self) -> bool:
        """Whether it struck as often as it may, and leaves nothing to put right."""
        is_to_mend = self.rule.kind in MENDED_BY and self.happened_to
        return self.most_times is not None and self.struck >= self.most_times and not is_to_mend

    @property
    def waits_for_calls(self) -> bool:
        """Whether it happens at a call or event, and not at a moment."""
        return bool(self.rule.methods)

    def is_to_happen(self, now: datetime) -> bool:
        """Whether its moment has come."""
        is_waiting = self.rule.kind in MOMENTS and not self.waits_for_calls and not self.struck
        return is_waiting and self.is_on(now)

    def is_past(self, now: datetime) -> bool:
        """Whether it has just come to its end."""
        return not self.is_over and self.rule.until is not None and not self.is_on(now) and self.has_begun(now)

    def has_begun(self, now: datetime) -> bool:
        return (now - self.begun).total_seconds() >= self.rule.since

    def strikes(self, what: str, channel: str) -> float | None:
        """Count a call that this rule is about; where it strikes, chance to choose with; else None."""
        self.asked += 1
        self._numbers[what, channel] += 1
        if self.rule.calls and self.asked not in self.rule.calls:
            return None
        if self.most_times is not None and self.struck >= self.most_times:
            return None
        thrown = _chance(f"{self.seed} {what} {channel} {self._numbers[what, channel]}")
        return thrown / self.rule.chance if thrown < self.rule.chance else None


def _chance(name: str) -> float:
    """From 0 to below 1; the same for the same name, in every process."""
    return int.from_bytes(blake2b(name.encode(), digest_size=7).digest()) / 2**56
