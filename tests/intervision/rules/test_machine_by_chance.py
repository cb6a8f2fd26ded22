"""Any people doing anything at any time in any method: nothing is lost, nothing shows too soon, every case ends."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from bot.intervision.rules.case import CaseState, Pace, new_case
from bot.intervision.rules.effects import ContributionKept
from bot.intervision.rules.events import (
    Contributed,
    Facilitated,
    GroupSaidStillThere,
    Joined,
    NextPressed,
    OwnerReady,
    Passed,
    PersonLeft,
    Revised,
    Started,
    Stopped,
    TimePassed,
    TurnCame,
    WakeUp,
    Withdrawn,
    WokenUp,
)
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.machine import decide, next_due_at
from bot.intervision.rules.progress import done, turns_left, unanswered, writers
from bot.library.enums import Role
from bot.library.protocol import Protocol, Step
from tests.intervision.rules.actors import method, on
from tests.intervision.rules.always import ANNA, CALENDAR, STRANGER, AlwaysHolds
from tests.intervision.rules.made_up import methods

PEOPLE = st.integers(ANNA, 5) | st.just(STRANGER)
RATINGS = ("warm", "lukewarm", "warm", "cold", None, "boiling")


class AnyCase(AlwaysHolds):
    """Anna's case: 2 facilitates, 3 and 4 think along, 5 observes (if they joined); 9 is a stranger."""

    @initialize(
        protocol=methods(),
        facilitated=st.booleans(),
        observed=st.booleans(),
        pace=st.sampled_from([Pace.CALM, Pace.CALM, Pace.LIVE]),
        wait=st.sampled_from([0, 0, 0, 5, 10, 100, 140]),
        in_series=st.sampled_from([False, False, False, True]),
    )
    def people_gather(
        self, protocol: Protocol, facilitated: bool, observed: bool, pace: Pace, wait: int, in_series: bool
    ) -> None:
        self.case = new_case(protocol, ANNA, CaseState.WAITING if in_series else CaseState.INVITING)
        self.now += timedelta(hours=wait)
        assert next_due_at(self.case) is None
        beforehand = {f"before-{asked.key}": asked.withheld_until or "" for asked in protocol.fields}
        self.kept["story-1"] = (ANNA, "story")
        self.kept |= {id: (ANNA, step) for id, step in beforehand.items()}
        if in_series:
            self.happens(TurnCame("story-1", (1, 2, 3, 4), beforehand, pace))
            return
        self.happens(Joined(2, Role.FACILITATOR if facilitated else Role.PEER))
        self.happens(Joined(3))
        self.happens(Joined(4))
        if observed:
            self.happens(Joined(5, Role.OBSERVER))
        self.happens(Started(ANNA, "story-1", pace=pace, beforehand=beforehand))

    # ---------------------------------------------------------------------------------------- what people try

    @rule(person=PEOPLE, pick=st.integers(0, 9), where=st.integers(0, 9), about=st.integers(-1, 9), again=st.booleans())
    def somebody_writes(self, person: int, pick: int, where: int, about: int, again: bool) -> None:
        step = self._step(where)
        kind = [*step.kinds, "silence"][pick % (len(step.kinds) + 1)]
        id = self.writes(person, step.key, kind, self._id(about), RATINGS[pick % 6])
        if again and id in self.kept:
            after = self.case
            assert self.happens(Contributed(id, person, step.key, kind)) == () and self.case == after

    @rule(picks=st.lists(st.integers(0, 99), min_size=3, max_size=12))
    def people_do_what_the_step_asks(self, picks: list[int]) -> None:
        """They write, or pass now and then, and somebody moves on once all is said: so that cases get on."""
        for pick in picks:
            asked = [
                (step, person)
                for step in self.case.open_steps
                for person in turns_left(self.case, step)[:1] or sorted(writers(self.case, step))
                if not done(self.case, person, step)
            ]
            if pick % 10 == 9 and self.case.open_steps:
                other = FacilitatorAction.CALM if self.case.is_live else FacilitatorAction.LIVE
                self.leads(self.leader(), self.case.open_steps[0].key, other)
            if asked:
                self.does(*asked[pick % len(asked)], pick)
            elif self.case.is_live and self.case.open_steps:
                self.happens(NextPressed(self.leader(), self.case.open_steps[0].key))
            else:
                self.now = max(self.now, next_due_at(self.case) or self.now)
                self.happens(TimePassed())

    @rule(person=PEOPLE, where=st.integers(0, 9), about=st.integers(-6, 6))
    def somebody_passes(self, person: int, where: int, about: int) -> None:
        self.happens(Passed(person, self._step(where).key, self._id(about)))

    @rule(person=PEOPLE, which=st.integers(0, 9), own=st.booleans(), rating=st.sampled_from([None, None, *RATINGS]))
    def somebody_revises(self, person: int, which: int, own: bool, rating: str | None) -> None:
        person = self.kept[self._id(which) or "story-1"][0] if own and self.kept else person
        self.happens(Revised(self._id(which) or "nothing", person, rating))

    @rule(person=PEOPLE, which=st.integers(0, 9), own=st.booleans())
    def somebody_withdraws(self, person: int, which: int, own: bool) -> None:
        person = self.kept[self._id(which) or "story-1"][0] if own and self.kept else person
        id = self._id(which) or "nothing"
        if self.happens(Withdrawn(id, person)):
            assert self.kept.pop(id)[0] == person

    @rule(person=PEOPLE, where=st.integers(0, 9), ready=st.booleans())
    def somebody_presses_a_button(self, person: int, where: int, ready: bool) -> None:
        step = self._step(where)
        if not ready and self.happens(NextPressed(person, step.key)):
            assert person in (ANNA, 2)
        if ready and self.happens(OwnerReady(person, step.key)):
            assert person == ANNA
            self.ready.add(step.key)

    @rule(person=PEOPLE, where=st.integers(0, 9), how=st.sampled_from(FacilitatorAction), may=st.booleans())
    def somebody_leads(self, person: int, where: int, how: FacilitatorAction, may: bool) -> None:
        self.leads(self.leader() if may else person, self._step(where).key, how)

    @precondition(lambda self: self.case.open_steps)
    @rule(hours=st.sampled_from([1, 1, 1, 3, 9, 24]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.happens(TimePassed())

    @precondition(lambda self: self.case.open_steps == () and not self.case.over)
    @rule()
    def the_first_card_appears(self) -> None:
        self.now = max(self.now, next_due_at(self.case) or self.now)
        self.happens(TimePassed())

    @rule(person=PEOPLE, how=st.sampled_from([None, *WakeUp]))
    def somebody_wakes_a_case_that_lies_still(self, person: int, how: WakeUp | None) -> None:
        still = self.case.lies_still_until
        followed = self.happens(WokenUp(person, how) if how else GroupSaidStillThere(person))
        assert not followed or (still and (person == ANNA) == (how is not None))

    @rule(person=PEOPLE, really=st.integers(0, 19))
    def somebody_leaves_or_stops(self, person: int, really: int) -> None:
        if really == 7:
            self.happens(PersonLeft(person))
        elif really == 8 and self.happens(Stopped(person)):
            assert person in (ANNA, 2)

    def does(self, step: Step, person: int, pick: int) -> None:
        """One of those who are asked to write here does, or passes."""
        if pick % 7 == 0:
            self.happens(Passed(person, step.key))
            return
        about = [each.id for each in unanswered(self.case, person, step)]
        rating = RATINGS[pick % 4] if "rating" in step.kinds else None
        self.writes(person, step.key, step.kinds[0], about[0] if about else None, rating)

    def leads(self, person: int, step: str, how: FacilitatorAction) -> None:
        before = self.case
        self.happens(Facilitated(person, step, how))
        if self.case != before:
            assert person in (before.holding(Role.FACILITATOR) or before.holding(Role.OWNER))
            self.led |= {how}
        if how == FacilitatorAction.BACK:
            assert [each.id for each in before.contributions] == [each.id for each in self.case.contributions]
            assert [each.revealed for each in before.contributions] == [e.revealed for e in self.case.contributions]

    def leader(self) -> int:
        return min(self.case.holding(Role.FACILITATOR) or self.case.holding(Role.OWNER), default=ANNA)

    def writes(self, person: int, step: str, kind: str, about: str | None, rating: str | None = None) -> str:
        """The id of what somebody tried to write; remembered if it was kept."""
        id = f"words-{len(self.effects)}-{self.now.timestamp():.0f}"
        if self.happens(Contributed(id, person, step, kind, about, rating if kind == "rating" else None)):
            self.kept[id] = (person, step)
        return id

    def _step(self, where: int) -> Step:
        """A step people may try: mostly an open one."""
        candidates = [*self.case.open_steps * 3, *self.case.protocol.steps]
        return candidates[where % len(candidates)]

    def _id(self, which: int) -> str | None:
        """The id of something that was written, the latest first."""
        ids = [each.id for each in self.case.contributions if not each.is_pass]
        return ids[-1 - which % len(ids)] if ids and which >= 0 else None


TestAnyCase = AnyCase.TestCase
TestAnyCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def test_the_story_is_kept_before_anything_else():
    case = new_case(method(), ANNA)
    for person in (2, 3):
        case = decide(case, Joined(person), on("Mon"), CALENDAR).case
    first = decide(case, Started(ANNA, "story-1"), on("Mon"), CALENDAR).effects
    assert next(e for e in first if isinstance(e, ContributionKept)).contribution.id == "story-1"
