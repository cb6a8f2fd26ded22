"""What always holds of a case, whoever does what and whenever: the promises of the step machine, one check each."""

from __future__ import annotations

from datetime import datetime

from hypothesis.stateful import RuleBasedStateMachine, invariant

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, Contribution, Pace, held_for_owner, new_case
from bot.intervision.rules.effects import (
    ContributionChanged,
    ContributionKept,
    Decision,
    Effect,
    Revealed,
    StepClosed,
    StepOpened,
    TimeIsUp,
    TurnPassed,
)
from bot.intervision.rules.events import Contributed, Event, Passed, Revised, TimePassed, Withdrawn
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.machine import decide, next_due_at
from bot.intervision.rules.permissions import NotAllowed, Reason, may_read
from bot.library.protocol import Step
from tests.intervision.rules.actors import method, on

ANNA, STRANGER = 1, 9
CALENDAR = Calendar("Europe/Brussels")


class AlwaysHolds(RuleBasedStateMachine):
    """Anna's case and its clock; what was kept of whom and where, what followed, and who did what in which case."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case = new_case(method(), ANNA)
        self.now = on("Mon")
        self.kept: dict[str, tuple[int, str]] = {}
        self.effects: list[Effect] = []
        self.done: list[tuple[Case, Event]] = []
        self.ready: set[str] = set()
        self.led: set[FacilitatorAction] = set()
        self.held: set[str] = set()

    @invariant()
    def no_contribution_is_lost(self) -> None:
        assert {each.id for each in self.case.contributions if not each.is_pass} == set(self.kept)

    @invariant()
    def none_is_visible_before_its_reveal(self) -> None:
        for each in self.case.contributions:
            step, state = self.case.protocol.step(each.step), self.case.state_of(each.step)
            was_open = state.state in ("open", "closed") or state.is_put_back
            at_once = step.reveal == "immediate" and step.names == "shown" and was_open
            if each.is_beforehand:
                assert each.revealed == was_open
            elif each.revealed:
                was_closed = state.state == "closed" or (state.reopened_at and each.id not in self.held)
                assert step.reveal in ("immediate", "simultaneous") and (at_once or was_closed)
                assert not held_for_owner(step) or step.key in self.ready
            for reader in range(ANNA, STRANGER + 1):
                if may_read(self.case, reader, each) and not each.revealed:
                    self.may_be_read_before_the_reveal(each, reader, step)

    @invariant()
    def no_role_acts_out_of_its_step(self) -> None:
        """Whoever wrote, changed, took back or passed had that role, in a step that was open, at their turn.

        What was written in a step that was put back came in a form from before; nobody passes there.
        """
        while self.done:
            before, event = self.done.pop()
            if not isinstance(event, Contributed | Passed | Revised | Withdrawn):
                continue
            step = _step_of(before, event)
            state, passes = before.state_of(step.key), isinstance(event, Passed)
            assert before.state == "running" and (state.state == "open" or (state.is_put_back and not passes))
            assert any(event.author in before.roles.get(role, ()) for role in step.who)
            if isinstance(event, Contributed | Passed):
                to_come = [one for one in before.state_of(step.key).turns if one in before.holding(*step.who)]
                assert to_come[:1] in ([], [event.author])
                assert event.about is None or _is_there_to_answer(before, step, event.about)
            if isinstance(event, Contributed):
                assert event.kind in step.kinds and (event.about is None) == (step.about is None)
                assert len(before.said(step.key, event.author)) < (step.per_person.max or len(before.contributions))

    def every_case_ends_by_itself(self) -> None:
        """However people left it: time alone brings the case to an end, and no card appears at night."""
        for _ in range((2 + len(self.case.people)) * len(self.case.steps) + 2):
            self.now = max(self.now, next_due_at(self.case) or self.now)
            self.happens(TimePassed())
        assert self.case.over or self.case.state == "inviting"

    def teardown(self) -> None:
        self.every_case_ends_by_itself()
        self.no_contribution_is_lost()
        self.none_is_visible_before_its_reveal()

    @invariant()
    def the_clock_is_wanted_only_while_it_runs(self) -> None:
        moment = next_due_at(self.case)
        assert (moment is not None) == (self.case.state == "running")
        assert moment is None or (moment > self.now and self.is_decent(moment))

    @invariant()
    def a_second_tick_does_nothing(self) -> None:
        again = decide(self.case, TimePassed(), self.now, CALENDAR)
        assert again.case == self.case and again.effects == ()

    @invariant()
    def cards_and_reveals_appear_once(self) -> None:
        revealed = [id for effect in self.effects if isinstance(effect, Revealed) for id in effect.ids]
        opened = [effect.step for effect in self.effects if isinstance(effect, StepOpened)]
        closed = [effect.step for effect in self.effects if isinstance(effect, StepClosed)]
        for each in (opened, closed) if FacilitatorAction.BACK not in self.led else ():
            assert len(each) == len(set(each))
        changed = [effect.id for effect in self.effects if isinstance(effect, ContributionChanged)]
        assert all(revealed.count(id) <= 1 + changed.count(id) for id in revealed)
        assert {each.id for each in self.case.contributions if each.revealed} <= set(revealed)

    @invariant()
    def live_nothing_moves_on_by_itself_and_the_bell_rings_once(self) -> None:
        rung = [effect.step for effect in self.effects if isinstance(effect, TimeIsUp)]
        assert len(rung) == len(set(rung)) or FacilitatorAction.BACK in self.led
        for each in self.case.steps:
            assert each.rung_at is None or (each.deadline and each.rung_at >= each.deadline)
            if not self.led & {*Pace}:
                assert each.rung_at is None or self.case.is_live
                assert not self.case.is_live or each.state != "closed" or each.pressed

    @invariant()
    def hidden_names_are_nowhere_after_the_step(self) -> None:
        for step in self.case.protocol.steps:
            over = self.case.over and self.case.state_of(step.key).opened_at
            if step.names == "hidden" and (over or self.case.state_of(step.key).state == "closed"):
                assert {each.author for each in self.case.contributions if each.step == step.key} <= {None}

    @invariant()
    def who_writes_has_not_passed(self) -> None:
        """Unless people talk there, or the step is open again: then a pass means that there is nothing more."""
        for step in self.case.protocol.steps:
            goes_on = step.about is not None or step.talks or self.case.state_of(step.key).reopened_at
            for person in () if goes_on else self.case.people:
                assert not (self.case.said(step.key, person) and self.case.passes(step.key, person))

    @invariant()
    def the_word_goes_round_once(self) -> None:
        """In the order of joining, until a moment that is still to come; nobody has it twice."""
        came = [effect for effect in self.effects if isinstance(effect, TurnPassed)]
        assert len(came) == len(set(came))
        for each in self.case.steps:
            assert list(each.turns) == [person for person in self.case.arrived if person in each.turns]
            waits = self.case.over or each.is_put_back
            assert not each.turns or waits or (each.turn_until and not self.case.is_live)

    @invariant()
    def a_kept_window_is_kept_whole(self) -> None:
        for each in self.case.steps:
            kept = self.case.protocol.step(each.key).closes == "window" and FacilitatorAction.SKIP not in self.led
            if each.closed_at and each.deadline and kept:
                assert each.closed_at >= each.deadline

    # ---------------------------------------------------------------------------------------- how it is played

    def happens(self, event: Event) -> tuple[Effect, ...]:
        """What followed; nothing if it was refused. The same question has the same answer."""
        decision = self.answer(event)
        assert decision == self.answer(event)
        if isinstance(decision, Reason):
            return ()
        if any(isinstance(effect, (StepOpened, StepClosed)) for effect in decision.effects):
            assert self.is_decent(self.now) or decision.case.is_live
        if decision.effects:
            self.done.append((self.case, event))
        self.case = decision.case
        self.holds_back(decision.effects)
        self.effects.extend(decision.effects)
        return decision.effects

    def holds_back(self, effects: tuple[Effect, ...]) -> None:
        """What is new or changed since its step last closed."""
        self.held |= {effect.contribution.id for effect in effects if isinstance(effect, ContributionKept)}
        self.held |= {effect.id for effect in effects if isinstance(effect, ContributionChanged)}
        closed = {effect.step for effect in effects if isinstance(effect, StepClosed)}
        self.held -= {each.id for each in self.case.contributions if each.step in closed}

    def is_decent(self, moment: datetime) -> bool:
        """Whether something may be posted now; people who sit together wait for no working hours."""
        return self.case.is_live or CALENDAR.presentable(moment)

    def answer(self, event: Event) -> Decision | Reason:
        try:
            return decide(self.case, event, self.now, CALENDAR)
        except NotAllowed as refusal:
            return refusal.reason

    def may_be_read_before_the_reveal(self, each: Contribution, reader: int, step: Step) -> None:
        closed = self.case.state_of(step.key).state == "closed"
        along = step.owner == "away" and reader != ANNA and (step.reveal == "immediate" or closed)
        for_owner = step.reveal == "owner_only" and reader == ANNA and closed
        assert reader in self.case.people and (each.author == reader or along or for_owner)


def _step_of(case: Case, event: Contributed | Passed | Revised | Withdrawn) -> Step:
    if isinstance(event, Contributed | Passed):
        return case.protocol.step(event.step)
    found = case.contribution(event.id)
    assert found and found.author == event.author
    return case.protocol.step(found.step)


def _is_there_to_answer(case: Case, step: Step, id: str) -> bool:
    """Whether a step is about this contribution, everybody reads it, and it was rated as the step asks."""
    found = case.contribution(id)
    rated = {each.rating for each in case.contributions if each.about == id}
    if not found or not step.about:
        return False
    fits = not step.about.rated or rated & {*step.about.rated}
    return found.revealed and found.step in step.about.steps and bool(fits)
