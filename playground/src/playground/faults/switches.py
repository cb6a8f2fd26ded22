"""The switches of all faults: which are on, what strikes a call or an event, and what comes late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from threading import Lock

from playground.faults.held import HeldAnswer, HeldAnswers
from playground.faults.kinds import BESIDE, MENDED_BY, MOMENTS, Fault
from playground.faults.late import LateSteps, OnceStep, Step
from playground.faults.plan import FaultPlan, FaultRule, FollowedRule, Struck
from playground.model import Clock

# Lets something happen to a place, a person or the sockets: kind, channel (id or name), value. True if it did.
Happening = Callable[[Fault, str, str], bool]


def _nothing_happens(_kind: Fault, _channel: str, _value: str) -> bool:
    return False


class Faults:
    """All faults of one workspace; none is on at first. They strike in one process and over sockets alike.

    `happened` says what struck, oldest first. What is late comes when the elapsed clock says so: at the next call of
    the Web API, or at `resend_due`.
    """

    def __init__(self, elapsed: Clock, changing: Callable[[], AbstractContextManager[None]]) -> None:
        self._elapsed, self._changing = elapsed, changing
        self._lock = Lock()
        self._held = HeldAnswers()
        self._by_hand: list[FollowedRule] = []
        self._planned: list[FollowedRule] = []
        self._numbers: Counter[str] = Counter()
        self._late = LateSteps()
        self._overtaken: list[OnceStep] = []
        self._read_at: dict[str, datetime] = {}
        self.happened: list[Struck] = []
        # The workspace sets it: it knows how to archive a channel.
        self.happening: Happening = _nothing_happens
        # What strikes the call that is carried out now, under the workspace's lock.
        self.striking_now: tuple[FaultRule, ...] = ()

    # For tests and the page

    @property
    def rules(self) -> list[FaultRule]:
        """The rules that may still strike, or that hold."""
        with self._lock:
            return [one.rule for one in self._followed() if not one.is_over and not one.is_spent]

    def follow(self, plan: FaultPlan) -> None:
        """Follow this plan in place of the one before; its times and numbers begin now."""
        now = self._elapsed()
        with self._lock:
            self._planned = [FollowedRule(rule, f"{plan.seed} {n}", now) for n, rule in enumerate(plan.rules)]
            self._numbers.clear()
        self.meet_due()

    def adds(self, rule: FaultRule, seed: int = 0) -> None:
        """One rule more, which goes before those of the plan; its times begin now."""
        with self._lock:
            self._by_hand = [one for one in self._by_hand if not one.is_spent]
            self._by_hand.append(FollowedRule(rule, f"{seed} by hand", self._elapsed()))
        self.meet_due()

    def ends(self, *rules: FaultRule) -> None:
        """These rules are followed no more; what they did to places is put right, where it can be."""
        self._end([one for one in self._followed() if one.rule in rules])

    def mends(self, *kinds: Fault) -> None:
        """No faults of these kinds any more: the scope is granted, the token is good again, the channel is back."""
        self._end([one for one in self._followed() if one.rule.kind in kinds])

    def stop(self) -> None:
        """All faults end: what is late comes now, places are put right where they can be, held answers leave."""
        self._end(self._followed())
        with self._lock:
            steps = self._late.take(None)
        self._run(steps)
        self._held.release()

    def strikes_next(self, method: str, fault: Fault) -> None:
        """This fault meets the next call of `method`; asked twice, the next two."""
        self.adds(FaultRule(fault, methods=(method,), times=1))

    def strikes_often(self, seed: int, chances: dict[str, dict[Fault, float]]) -> None:
        """From now on faults meet calls of these methods with these chances; no chances: no faults any more."""
        rules = (
            FaultRule(fault, methods=(method,), chance=chance)
            for method, faults in chances.items()
            for fault, chance in faults.items()
        )
        self.follow(FaultPlan(seed, tuple(rules)))

    def holds_next_answer(self, method: str) -> HeldAnswer:
        """The next call of `method` is carried out as ever, but whoever asked hears nothing until it is released."""
        return self._held.hold_next(method)

    # For the workspace

    def meet(self, names: tuple[str, ...], channel: tuple[str, ...], is_apt: Callable[[Fault], bool]) -> list[Struck]:
        """Count a call or an event, and say what strikes it: at most one fault, and what goes beside it.

        `names` are its method, or its type and subtype; `channel` is where it is (id, name); both may match a rule.
        """
        with self._lock:
            self._numbers[names[0]] += 1
            struck = list(self._striking(names, channel, is_apt))
            self.happened.extend(one for one in struck if one.kind not in MOMENTS)
            return struck

    def _striking(
        self, names: tuple[str, ...], channel: tuple[str, ...], is_apt: Callable[[Fault], bool]
    ) -> Iterator[Struck]:
        now, is_struck = self._elapsed(), False
        for one in self._followed():
            rule = one.rule
            is_such = one.waits_for_calls if rule.kind in MOMENTS else is_apt(rule.kind)
            if not (is_such and rule.is_about(names, channel) and one.is_on(now)):
                continue
            place = channel[0] if channel else ""
            luck = one.strikes(names[0], place)
            if luck is None or (is_struck and rule.kind not in BESIDE | MOMENTS):
                continue
            is_struck = is_struck or rule.kind not in BESIDE | MOMENTS
            one.struck += 1
            yield Struck(rule.kind, names[0], place, self._numbers[names[0]], now, rule, luck)

    def happens(self, struck: Struck) -> None:
        """A place or socket rule strikes just before a call or an event: let it happen."""
        with self._lock:
            found = next((one for one in self._followed() if one.rule is struck.rule), None)
        if found is not None:
            self._happen(found, struck.what, struck.number, struck.rule.channels or (struck.channel,))

    def meet_due(self) -> None:
        """Let come what is late and due, let happen what its time has come for, and put right what is over."""
        with self._lock:
            if not (self._late or self._by_hand or self._planned):
                return
            now = self._elapsed()
            steps = self._late.take(now)
            begun = [one for one in self._followed() if one.is_to_happen(now)]
            over = [one for one in self._followed() if one.is_past(now)]
            for one in begun:
                one.struck += 1
        self._run(steps)
        for one in begun:
            self._happen(one, "", 0, one.rule.channels or ("",))
        for one in over:
            self._put_right(one)

    def comes_late(self, seconds: float, step: Step) -> None:
        """Take this step so many seconds later."""
        with self._lock:
            self._late.add(self._elapsed() + timedelta(seconds=seconds), step)

    def is_overtaken(self, seconds: float, step: Step) -> None:
        """Take this step after the next event, or so many seconds later."""
        once = OnceStep(step)
        self.comes_late(seconds, once)
        with self._lock:
            self._overtaken.append(once)

    def overtaken(self) -> list[OnceStep]:
        """The events that come after the present one."""
        with self._lock:
            steps, self._overtaken = self._overtaken, []
            return steps

    def puts_off(self, step: Step) -> bool:
        """Whether the call that is carried out now is stored later, or never: then this step was put off."""
        for rule in self.striking_now:
            if rule.kind is Fault.STORED_LATER:
                self.comes_late(rule.how_long, step)
            if rule.kind in (Fault.STORED_LATER, Fault.NEVER_STORED):
                return True
        return False

    @property
    def history_behind(self) -> timedelta:
        """How far what the present call reads is behind."""
        behind = [rule.how_long for rule in self.striking_now if rule.kind is Fault.HISTORY_BEHIND]
        return timedelta(seconds=max(behind, default=0))

    def next_page_in(self, method: str, pause: timedelta) -> timedelta:
        """How long to wait until `method` may read again; where it may, it does so now."""
        with self._lock:
            now = self._elapsed()
            wait = self._read_at.get(method, now - pause) + pause - now
            if wait <= timedelta():
                self._read_at[method] = now
            return max(wait, timedelta())

    @property
    def lacking_scopes(self) -> set[str]:
        """The scopes that the token seems not to have."""
        return {rule.value for rule in self.rules if rule.kind is Fault.MISSING_SCOPE}

    def wait_until_released(self, method: str) -> None:
        """An answer of `method` is about to leave: returns once it may."""
        self._held.wait(method)

    # Inside

    def _followed(self) -> list[FollowedRule]:
        return [*self._by_hand, *self._planned]

    def _run(self, steps: list[Step]) -> None:
        for step in steps:
            with self._changing():
                step()

    def _happen(self, one: FollowedRule, what: str, number: int, channels: tuple[str, ...]) -> None:
        kind = one.rule.kind
        for channel in channels:
            if self.happening(kind, channel, one.rule.value):
                one.happened_to.append(channel)
                self.happened.append(Struck(kind, what, channel, number, self._elapsed(), one.rule))

    def _put_right(self, one: FollowedRule) -> None:
        mended = MENDED_BY.get(one.rule.kind)
        places, one.happened_to, one.is_over = one.happened_to, [], True
        for channel in places if mended else ():
            if mended and self.happening(mended, channel, one.rule.value):
                self.happened.append(Struck(mended, "", channel, 0, self._elapsed(), one.rule))

    def _end(self, ended: list[FollowedRule]) -> None:
        with self._lock:
            self._by_hand = [one for one in self._by_hand if one not in ended]
            self._planned = [one for one in self._planned if one not in ended]
        for one in ended:
            self._put_right(one)
