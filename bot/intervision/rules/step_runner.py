"""The course of a case: which steps open next, when they close, and what appears then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, CaseState, Contribution, StepPhase, StopReason, held_for_owner
from bot.intervision.rules.closing import closes_at, is_finished, window_end
from bot.intervision.rules.effects import (
    AuthorsForgotten,
    CaseClosed,
    CaseStopped,
    Effect,
    HeldForOwner,
    Revealed,
    RevealedToOwner,
    StepClosed,
    StepExtended,
    StepOpened,
    StepSkipped,
    TimeIsUp,
    TurnPassed,
)
from bot.intervision.rules.progress import as_posted, owner_silent, targets, writers
from bot.intervision.rules.speaking_turns import after_turns, turns_of
from bot.library.enums import Closes, Names, Reveal
from bot.library.protocol import Step, steps_in_order, steps_together

LIVE_SILENCE: Final = timedelta(hours=3)
"""How long a live case waits, after the time of a step is over and the last note, before it rests."""


def shown_at_once(step: Step) -> bool:
    """Whether a contribution is posted as soon as it is written."""
    return step.reveal == Reveal.IMMEDIATE and step.names == Names.SHOWN and not held_for_owner(step)


class StepRunner:
    """One decision under way: the case as it becomes, and what follows, in order."""

    def __init__(self, case: Case, now: datetime, calendar: Calendar) -> None:
        self.case = case
        self.now = now
        self.effects: list[Effect] = []
        self._circles = calendar

    @property
    def _calendar(self) -> Calendar:
        """That of the circle; people who sit together do not wait for its working hours."""
        return self._circles.at_any_hour() if self.case.is_live else self._circles

    def emit(self, *effects: Effect) -> None:
        """Add what follows."""
        self.effects.extend(effects)

    def next_opening(self) -> datetime | None:
        """When a card can appear, or None if it can appear now."""
        return None if self._calendar.presentable(self.now) else self._calendar.next_presentable(self.now)

    def run(self) -> None:
        """Close and open steps until the case waits: for people, for a deadline, or for the working day."""
        while self.case.state == CaseState.RUNNING:
            moved = self._close_when_time() if self.case.open_steps else self._open_next()
            if not moved:
                return

    def stop_case(self, reason: StopReason) -> None:
        """End the case before its last step; what was held back stays held back, and hidden names are forgotten."""
        for step in self.case.protocol.steps:
            if step.names == Names.HIDDEN and self.case.takes_words(step.key):
                self._forget_authors(step)
        still_open = frozenset(step.key for step in self.case.open_steps)
        case = self.case.with_steps(still_open, closes_at=None)
        self.case = replace(case, state=CaseState.STOPPED, opens_at=None)
        self.emit(CaseStopped(reason))

    def reveal_step(self, step: Step) -> None:
        """Post what is not yet posted of a step, people in the order they began; by id where names are hidden."""
        self._post(step, self._unrevealed(step))

    def _post(self, step: Step, ids: tuple[str, ...]) -> None:
        if ids:
            self._mark_revealed(ids)
            self.emit(Revealed(step.key, ids))

    # -------------------------------------------------------------------------------------------- opening

    def _open_next(self) -> bool:
        waiting = [
            s for s in steps_in_order(self.case.protocol) if self.case.state_of(s.key).state == StepPhase.WAITING
        ]
        if not waiting:
            self.case = replace(self.case, state=CaseState.CLOSED, opens_at=None)
            self.emit(CaseClosed())
            return False
        if later := self.next_opening():
            self.case = replace(self.case, opens_at=later)
            return False
        group = steps_together(self.case.protocol, waiting[0].key)
        self._open([step for step in waiting if step.key in group])
        return True

    def _open(self, group: list[Step]) -> None:
        playable = self._playable(group)
        for step in group:
            if step not in playable:
                self.case = self.case.with_steps(frozenset({step.key}), state=StepPhase.SKIPPED)
                self.emit(StepSkipped(step.key))
        if playable:
            self._open_together(playable)

    def _playable(self, group: list[Step]) -> list[Step]:
        """Without the steps that nobody here may write in, and those that are about nothing.

        One that is put back opens in any case, if only to close: what was written in it appears then.
        """
        again = [step for step in group if self.case.state_of(step.key).is_put_back]
        manned = [step for step in group if step in again or step.reading_only or writers(self.case, step)]
        if self.case.is_live:
            # What was asked aloud is answered aloud: nobody needs to have noted it.
            return manned
        keys = {step.key for step in manned}
        about_nothing = [s for s in manned if s.about and not keys & {*s.about.steps} and not targets(self.case, s)]
        return [step for step in manned if step in again or step not in about_nothing]

    def _open_together(self, steps: list[Step]) -> None:
        deadline = max(window_end(self.case, step, self.now, self._calendar) for step in steps)
        twice = not self.case.is_live and any(step.closes == Closes.FACILITATOR for step in steps)
        if twice:
            deadline = max(window_end(self.case, step, deadline, self._calendar) for step in steps)
        for step in steps:
            self.case = self.case.with_steps(frozenset({step.key}), turns=turns_of(self.case, step))
        self.case = replace(self.case, opens_at=None).with_steps(
            frozenset(step.key for step in steps),
            state=StepPhase.OPEN,
            opened_at=self.now,
            deadline=deadline,
            closes_at=deadline,
            extended=twice,
        )
        for step in steps:
            self.emit(StepOpened(step.key, deadline))
            self._post(
                step, tuple(c.id for c in self.case.contributions_in(step.key) if c.is_beforehand and not c.revealed)
            )
            if shown_at_once(step):
                self.reveal_step(step)

    # -------------------------------------------------------------------------------------------- closing

    def _close_when_time(self) -> bool:
        steps = self.case.open_steps
        if self.case.is_live:
            return self._keep_time(steps)
        for step in steps:
            self._pass_the_word(step)
        finished, over = is_finished(self.case), closes_at(self.case, self.now, self._calendar)
        at = self._calendar.next_presentable(max(self.now, over))
        self.case = self.case.with_steps(frozenset(step.key for step in steps), closes_at=at)
        if at > self.now:
            return False
        if not finished and any(owner_silent(self.case, step) for step in steps):
            self._wait_for_owner(steps)
        else:
            self._close(steps)
        return True

    def _pass_the_word(self, step: Step) -> None:
        before = self.case.state_of(step.key)
        after = after_turns(self.case, step, self.now, self._calendar)
        self.case = self.case.with_steps(frozenset({step.key}), turns=after.turns, turn_until=after.turn_until)
        if after.turns and after.turns[0] != before.turns[0]:
            self.emit(TurnPassed(step.key, after.turns[0]))

    def _keep_time(self, steps: tuple[Step, ...]) -> bool:
        """Live, only next closes a step. When its time is over the bot says so once, and lets people finish."""
        standing = [self.case.state_of(step.key) for step in steps]
        if any(each.pressed for each in standing):
            self._close(steps)
            return True
        keys, rung_at = frozenset(step.key for step in steps), standing[0].rung_at
        at = standing[0].deadline if rung_at is None else self._forgotten_at(steps, rung_at)
        if at is None or at <= self.now:
            return self._announce_time_up(keys) if rung_at is None else self._abandon()
        self.case = self.case.with_steps(keys, closes_at=at)
        return False

    def _announce_time_up(self, keys: frozenset[str]) -> bool:
        self.case = self.case.with_steps(keys, rung_at=self.now)
        self.emit(TimeIsUp(self.case.open_steps[0].key))
        return True

    def _abandon(self) -> bool:
        """Everybody went home without a last press: the case rests, as it would have on paper."""
        self.stop_case(StopReason.QUIET)
        return True

    def _forgotten_at(self, steps: tuple[Step, ...], rung_at: datetime) -> datetime:
        noted = [c.at for step in steps for c in self.case.contributions if c.step == step.key]
        return max([rung_at, *noted]) + LIVE_SILENCE

    def _wait_for_owner(self, steps: tuple[Step, ...]) -> None:
        """Two windows, then the case ends: nobody is asked to think about a question that is not there."""
        if any(self.case.state_of(step.key).extended for step in steps):
            self.stop_case(StopReason.OWNER_SILENT)
            return
        self.lengthen(steps)

    def lengthen(self, steps: tuple[Step, ...]) -> None:
        """One more window for these steps, after the one they have."""
        ends = [self.case.state_of(step.key).deadline or self.now for step in steps]
        deadline = max(window_end(self.case, step, max(self.now, *ends), self._calendar) for step in steps)
        keys = frozenset(step.key for step in steps)
        self.case = self.case.with_steps(keys, deadline=deadline, closes_at=deadline, extended=True)
        self.emit(*(StepExtended(step.key, deadline) for step in steps))

    def _close(self, steps: tuple[Step, ...]) -> None:
        pace = next((then for step in steps if (then := self.case.state_of(step.key).next_pace)), self.case.pace)
        self.case = replace(self.case, pace=pace)
        for step in steps:
            self.case = self.case.with_steps(
                frozenset({step.key}),
                state=StepPhase.CLOSED,
                closes_at=None,
                closed_at=self.now,
                turns=(),
                turn_until=None,
            )
            self.emit(StepClosed(step.key))
        for step in steps:
            if step.names == Names.HIDDEN:
                self._forget_authors(step)
            self._reveal_at_close(step)

    def _reveal_at_close(self, step: Step) -> None:
        ids = self._unrevealed(step)
        if held_for_owner(step):
            self.emit(*[HeldForOwner(step.key, ids)] if ids else ())
        elif step.reveal == Reveal.OWNER_ONLY:
            self.emit(*[RevealedToOwner(step.key, ids)] if ids else ())
        elif step.reveal != Reveal.PRIVATE:
            self.reveal_step(step)

    def _forget_authors(self, step: Step) -> None:
        """Passes go altogether, and moments become one: either would tell who wrote what."""
        kept = (c for c in self.case.contributions if not (c.is_pass and c.step == step.key))
        nameless = (replace(c, author=None, at=self.now) if c.step == step.key else c for c in kept)
        self.case = replace(self.case, contributions=tuple(nameless))
        self.case = self.case.with_steps(frozenset({step.key}), done_again=())
        self.emit(AuthorsForgotten(step.key))

    def _unrevealed(self, step: Step) -> tuple[str, ...]:
        return tuple(c.id for c in as_posted(self.case, step) if not c.revealed)

    def _mark_revealed(self, ids: tuple[str, ...]) -> None:
        def shown(each: Contribution) -> Contribution:
            return replace(each, revealed=True) if each.id in ids else each

        self.case = replace(self.case, contributions=tuple(map(shown, self.case.contributions)))
