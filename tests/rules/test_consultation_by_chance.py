"""Any people doing anything at any time in any method: nothing is lost, nothing shows too soon, every case ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.rules.calendar import Calendar
from bot.rules.case import Case, Contribution, Pace, held_for_owner, new_case
from bot.rules.consultation import decide, due
from bot.rules.effects import (
    ContributionKept,
    Decision,
    Effect,
    Revealed,
    StepClosedEffect,
    StepOpened,
    TimeIsUp,
    WordWentOn,
)
from bot.rules.events import (
    Contributed,
    Event,
    Joined,
    Led,
    OwnerReady,
    Passed,
    PersonLeft,
    Revised,
    Started,
    StepClosed,
    Stopped,
    TimePassed,
    Withdrawn,
)
from bot.rules.leading import Lead
from bot.rules.permissions import Reason, Refused, may_read
from bot.rules.progress import unanswered, writers
from bot.rules.protocol import Protocol, Step
from bot.rules.turns import turns_left
from bot.rules.vocabulary import Role
from tests.rules.made_up import methods
from tests.rules.table import method, on

ANNA, STRANGER = 1, 9
PEOPLE = st.integers(ANNA, 5) | st.just(STRANGER)
CALENDAR = Calendar("Europe/Brussels")


class AnyCase(RuleBasedStateMachine):
    """Anna's case: 2 facilitates, 3 and 4 think along, 5 observes (if they joined); 9 is a stranger."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case = new_case(method(), ANNA)
        self.now = on("Mon")
        self.kept: dict[str, tuple[int, str]] = {}
        self.effects: list[Effect] = []
        self.ready: set[str] = set()
        self.led: set[Lead] = set()

    @initialize(
        protocol=methods(),
        facilitated=st.booleans(),
        observed=st.booleans(),
        pace=st.sampled_from([Pace.CALM, Pace.CALM, Pace.LIVE]),
        wait=st.sampled_from([0, 0, 0, 5, 10, 100, 140]),
    )
    def people_gather(self, protocol: Protocol, facilitated: bool, observed: bool, pace: Pace, wait: int) -> None:
        self.case = new_case(protocol, ANNA)
        self.now += timedelta(hours=wait)
        assert due(self.case) is None
        self.happens(Joined(2, Role.FACILITATOR if facilitated else Role.PEER))
        self.happens(Joined(3))
        self.happens(Joined(4))
        if observed:
            self.happens(Joined(5, Role.OBSERVER))
        beforehand = {f"before-{asked.key}": asked.withheld_until or "" for asked in protocol.fields}
        self.happens(Started(ANNA, "story-1", pace=pace, beforehand=beforehand))
        self.kept["story-1"] = (ANNA, "story")
        self.kept |= {id: (ANNA, step) for id, step in beforehand.items()}

    # ---------------------------------------------------------------------------------------- what people try

    @rule(person=PEOPLE, pick=st.integers(0, 9), where=st.integers(0, 9), about=st.integers(-1, 9), again=st.booleans())
    def somebody_writes(self, person: int, pick: int, where: int, about: int, again: bool) -> None:
        step = self._step(where)
        kind = [*step.kinds, "silence"][pick % (len(step.kinds) + 1)]
        before = self.case
        id = self.writes(person, step.key, kind, self._id(about))
        if id in self.kept:
            self.was_allowed(before, person, step)
            assert turns_left(before, step)[:1] in ((), (person,))
        if again and id in self.kept:
            after = self.case
            assert self.happens(Contributed(id, person, step.key, kind)) == () and self.case == after

    @rule(picks=st.lists(st.integers(0, 99), min_size=1, max_size=6))
    def people_do_what_the_step_asks(self, picks: list[int]) -> None:
        """They write, or pass now and then: so that cases get on."""
        for pick in picks:
            asked = [(step, person) for step in self.case.open_steps for person in sorted(writers(self.case, step))]
            if not asked:
                return
            step, person = asked[pick % len(asked)]
            person = (*turns_left(self.case, step), person)[0]
            about = [each.id for each in unanswered(self.case, person, step)]
            if pick % 7 == 0:
                self.happens(Passed(person, step.key))
            else:
                self.writes(person, step.key, step.kinds[0], about[0] if about else None)

    @rule(person=PEOPLE, where=st.integers(0, 9), about=st.integers(-6, 6))
    def somebody_passes(self, person: int, where: int, about: int) -> None:
        before, step = self.case, self._step(where)
        if self.happens(Passed(person, step.key, self._id(about))):
            self.was_allowed(before, person, step)
            assert turns_left(before, step)[:1] in ((), (person,))

    @rule(person=PEOPLE, which=st.integers(0, 9), own=st.booleans())
    def somebody_revises(self, person: int, which: int, own: bool) -> None:
        person = self.kept[self._id(which) or "story-1"][0] if own and self.kept else person
        if self.happens(Revised(self._id(which) or "nothing", person)):
            assert self.kept[self._id(which) or ""][0] == person

    @rule(person=PEOPLE, which=st.integers(0, 9), own=st.booleans())
    def somebody_withdraws(self, person: int, which: int, own: bool) -> None:
        person = self.kept[self._id(which) or "story-1"][0] if own and self.kept else person
        before, id = self.case, self._id(which) or "nothing"
        if self.happens(Withdrawn(id, person)):
            author, step = self.kept.pop(id)
            assert author == person
            self.was_allowed(before, person, before.protocol.step(step))

    @rule(person=PEOPLE, where=st.integers(0, 9), ready=st.booleans())
    def somebody_presses_a_button(self, person: int, where: int, ready: bool) -> None:
        step = self._step(where)
        if not ready and self.happens(StepClosed(person, step.key)):
            assert person in (ANNA, 2)
        if ready and self.happens(OwnerReady(person, step.key)):
            assert person == ANNA
            self.ready.add(step.key)

    @rule(person=PEOPLE, where=st.integers(0, 9), how=st.sampled_from(Lead))
    def somebody_leads(self, person: int, where: int, how: Lead) -> None:
        before, step = self.case, self._step(where)
        self.happens(Led(person, step.key, how))
        if self.case != before:
            assert person in (before.roles[Role.FACILITATOR] or before.roles[Role.OWNER])
            self.led |= {how}

    @precondition(lambda self: self.case.open_steps)
    @rule(hours=st.sampled_from([1, 1, 1, 3, 9, 24]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.happens(TimePassed())

    @precondition(lambda self: self.case.open_steps == () and not self.case.over)
    @rule()
    def the_first_card_appears(self) -> None:
        self.now = max(self.now, due(self.case) or self.now)
        self.happens(TimePassed())

    @rule(person=PEOPLE, really=st.integers(0, 19))
    def somebody_leaves_or_stops(self, person: int, really: int) -> None:
        if really == 7:
            self.happens(PersonLeft(person))
        elif really == 8 and self.happens(Stopped(person)):
            assert person in (ANNA, 2)

    # ---------------------------------------------------------------------------------------- what always holds

    @invariant()
    def nothing_is_lost(self) -> None:
        assert {each.id for each in self.case.contributions if not each.is_pass} == set(self.kept)

    @invariant()
    def nothing_shows_before_its_time(self) -> None:
        for each in self.case.contributions:
            step, state = self.case.protocol.step(each.step), self.case.standing(each.step).state
            at_once = step.reveal == "immediate" and step.names == "shown" and state in ("open", "closed")
            if each.is_beforehand:
                assert each.revealed == (state in ("open", "closed"))
            elif each.revealed:
                assert step.reveal in ("immediate", "simultaneous") and (at_once or state == "closed")
                assert not held_for_owner(step) or step.key in self.ready
            for reader in range(ANNA, STRANGER + 1):
                if may_read(self.case, reader, each) and not each.revealed:
                    self.may_be_read_before_the_reveal(each, reader, step)

    @invariant()
    def the_clock_is_wanted_only_while_it_runs(self) -> None:
        moment = due(self.case)
        assert (moment is not None) == (self.case.state == "running")
        assert moment is None or (moment > self.now and self.is_decent(moment))

    @invariant()
    def a_second_knock_does_nothing(self) -> None:
        again = decide(self.case, TimePassed(), self.now, CALENDAR)
        assert again.case == self.case and again.effects == ()

    @invariant()
    def cards_and_reveals_appear_once(self) -> None:
        revealed = [id for effect in self.effects if isinstance(effect, Revealed) for id in effect.ids]
        opened = [effect.step for effect in self.effects if isinstance(effect, StepOpened)]
        closed = [effect.step for effect in self.effects if isinstance(effect, StepClosedEffect)]
        assert all(len(each) == len(set(each)) for each in (revealed, opened, closed))
        assert {each.id for each in self.case.contributions if each.revealed} <= set(revealed)

    @invariant()
    def live_nothing_moves_on_by_itself_and_the_bell_rings_once(self) -> None:
        rung = [effect.step for effect in self.effects if isinstance(effect, TimeIsUp)]
        assert len(rung) == len(set(rung))
        for each in self.case.steps:
            assert each.rung_at is None or (each.deadline and each.rung_at >= each.deadline)
            if not self.led & {*Pace}:
                assert each.rung_at is None or self.case.is_live
                assert not self.case.is_live or each.state != "closed" or each.pressed

    @invariant()
    def hidden_names_are_nowhere_after_the_step(self) -> None:
        for step in self.case.protocol.steps:
            over = self.case.over and self.case.standing(step.key).opened_at
            if step.names == "hidden" and (over or self.case.standing(step.key).state == "closed"):
                assert {each.author for each in self.case.contributions if each.step == step.key} <= {None}

    @invariant()
    def who_writes_has_not_passed(self) -> None:
        for step in self.case.protocol.steps:
            for person in self.case.people if step.about is None else ():
                assert not (self.case.said(step.key, person) and self.case.passes(step.key, person))

    @invariant()
    def the_word_goes_round_once(self) -> None:
        """In the order of joining, until a moment that is still to come; nobody has it twice."""
        came = [effect for effect in self.effects if isinstance(effect, WordWentOn)]
        assert len(came) == len(set(came))
        for each in self.case.steps:
            assert list(each.turns) == [person for person in self.case.arrived if person in each.turns]
            assert not each.turns or self.case.over or (each.turn_until and not self.case.is_live)

    @invariant()
    def a_kept_window_is_kept_whole(self) -> None:
        for each in self.case.steps:
            kept = self.case.protocol.step(each.key).closes == "window" and Lead.SKIP not in self.led
            if each.closed_at and each.deadline and kept:
                assert each.closed_at >= each.deadline

    def teardown(self) -> None:
        """However people left it: time alone brings the case to an end, and no card appears at night."""
        for _ in range((2 + len(self.case.people)) * len(self.case.steps) + 2):
            self.now = max(self.now, due(self.case) or self.now)
            self.happens(TimePassed())
        assert self.case.over or self.case.state == "inviting"
        self.nothing_is_lost()
        self.nothing_shows_before_its_time()

    # ---------------------------------------------------------------------------------------- how it is played

    def happens(self, event: Event) -> tuple[Effect, ...]:
        """What followed; nothing if it was refused. The same question has the same answer."""
        decision = self.answer(event)
        assert decision == self.answer(event)
        if isinstance(decision, Reason):
            return ()
        if any(isinstance(effect, (StepOpened, StepClosedEffect)) for effect in decision.effects):
            assert self.is_decent(self.now) or decision.case.is_live
        self.case = decision.case
        self.effects.extend(decision.effects)
        return decision.effects

    def is_decent(self, moment: datetime) -> bool:
        """Whether people may be told something now; those who sit together wait for no working hours."""
        return self.case.is_live or CALENDAR.presentable(moment)

    def writes(self, person: int, step: str, kind: str, about: str | None) -> str:
        """The id of what somebody tried to write; remembered if it was kept."""
        id = f"words-{len(self.effects)}-{self.now.timestamp():.0f}"
        if self.happens(Contributed(id, person, step, kind, about)):
            self.kept[id] = (person, step)
        return id

    def answer(self, event: Event) -> Decision | Reason:
        try:
            return decide(self.case, event, self.now, CALENDAR)
        except Refused as refusal:
            return refusal.reason

    def was_allowed(self, before: Case, person: int, step: Step) -> None:
        assert before.standing(step.key).state == "open" and before.state == "running"
        assert any(person in before.roles[role] for role in step.who)

    def may_be_read_before_the_reveal(self, each: Contribution, reader: int, step: Step) -> None:
        closed = self.case.standing(step.key).state == "closed"
        along = step.owner == "away" and reader != ANNA and (step.reveal == "immediate" or closed)
        for_owner = step.reveal == "owner_only" and reader == ANNA and closed
        assert reader in self.case.people and (each.author == reader or along or for_owner)

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
