"""How steps close, what is posted then, and how a case ends before its last step."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.intervision.rules.case import CaseState, Contribution, StepPhase, StopReason, held_for_owner
from bot.intervision.rules.effects import (
    AuthorsForgotten,
    CaseClosed,
    CaseLiesStill,
    CaseRun,
    CaseStopped,
    HeldForOwner,
    Revealed,
    RevealedToOwner,
    StepClosed,
    StepExtended,
    TimeIsUp,
)
from bot.intervision.rules.progress import as_posted, calendar_of, owner_silent, window_end
from bot.library.enums import Names, Reveal
from bot.library.protocol import Step

DAYS_STILL: Final = 10
"""How many working days a case lies still before it ends with what there is (DESIGN: What people read)."""

LIVE_SILENCE: Final = timedelta(hours=3)
"""How long a live case waits, after the time of a step is over and the last note, before it is stopped."""


def close_or_wait(run: CaseRun, steps: tuple[Step, ...], *, finished: bool) -> None:
    """The time of these steps is over: they close, unless they wait for the owner, who gets one more window first."""
    if finished or not any(owner_silent(run.case, step) for step in steps):
        close_steps(run, steps)
    elif any(run.case.state_of(step.key).extended for step in steps):
        lie_still(run, steps)
    else:
        lengthen_steps(run, steps, by_itself=True)


def close_steps(run: CaseRun, steps: tuple[Step, ...]) -> None:
    """These steps close together, and what was written in them appears as each step's `reveal` says."""
    pace = next((chosen for step in steps if (chosen := run.case.state_of(step.key).next_pace)), run.case.pace)
    run.case = replace(run.case, pace=pace).with_steps(
        frozenset(step.key for step in steps),
        state=StepPhase.CLOSED,
        closes_at=None,
        closed_at=run.now,
        turns=(),
        turn_until=None,
    )
    run.effects += [StepClosed(step.key) for step in steps]
    for step in steps:
        if step.names == Names.HIDDEN:
            _forget_authors(run, step)
        _reveal_at_close(run, step)


def lengthen_steps(run: CaseRun, steps: tuple[Step, ...], *, by_itself: bool = False) -> None:
    """One more window for these steps, after the one they have, or from now if that is over."""
    ends = [run.case.state_of(step.key).deadline or run.now for step in steps]
    calendar = calendar_of(run.case, run.calendar)
    deadline = max(window_end(run.case, step, max(run.now, *ends), calendar) for step in steps)
    keys = frozenset(step.key for step in steps)
    run.case = run.case.with_steps(keys, deadline=deadline, closes_at=deadline, extended=True)
    run.effects += [StepExtended(step.key, deadline, by_itself) for step in steps]


def lie_still(run: CaseRun, steps: tuple[Step, ...]) -> None:
    """Nobody is asked to think about what is not there, and nothing is lost: the case waits for its owner.

    Where the bot was away until now, nobody could do anything meanwhile: so time counts from now.
    """
    until = run.calendar.working_days_later(run.now, DAYS_STILL)
    case = run.case.with_steps(frozenset(step.key for step in steps), closes_at=None)
    run.case = replace(case, lies_still_until=until, is_group_there=False)
    run.effects.append(CaseLiesStill(steps[0].key, until))


def finish_case(run: CaseRun, reason: StopReason) -> None:
    """End the case with what there is: what is open closes as ever, and nothing else opens."""
    takes_words = tuple(step for step in run.case.protocol.steps if run.case.takes_words(step.key))
    close_steps(run, takes_words)
    run.case = replace(run.case, state=CaseState.CLOSED, opens_at=None, lies_still_until=None, is_group_there=False)
    run.effects.append(CaseClosed(reason))


def stop_case(run: CaseRun, reason: StopReason) -> None:
    """End the case before its last step; what was held back stays held back, and hidden names are forgotten."""
    for step in run.case.protocol.steps:
        if step.names == Names.HIDDEN and run.case.takes_words(step.key):
            _forget_authors(run, step)
    still_open = frozenset(step.key for step in run.case.open_steps)
    case = run.case.with_steps(still_open, closes_at=None)
    run.case = replace(case, state=CaseState.STOPPED, opens_at=None, lies_still_until=None, is_group_there=False)
    run.effects.append(CaseStopped(reason))


def reveal_step(run: CaseRun, step: Step) -> None:
    """Post what is not yet posted of a step, people in the order they began; by id where names are hidden."""
    post_contributions(run, step, _unrevealed(run, step))


def post_contributions(run: CaseRun, step: Step, ids: tuple[str, ...]) -> None:
    """These contributions are posted for all; nothing where there are none."""

    def revealed(each: Contribution) -> Contribution:
        return replace(each, revealed=True) if each.id in ids else each

    if ids:
        run.case = replace(run.case, contributions=tuple(map(revealed, run.case.contributions)))
        run.effects.append(Revealed(step.key, ids))


def keep_live_time(run: CaseRun, steps: tuple[Step, ...]) -> bool:
    """Live, only next closes a step. When its time is over the bot says so once, and lets people finish.

    Returns whether anything changed but the moment at which it looks again.
    """
    states = [run.case.state_of(step.key) for step in steps]
    if any(each.pressed for each in states):
        close_steps(run, steps)
        return True
    keys, rung_at = frozenset(step.key for step in steps), states[0].rung_at
    at = states[0].deadline if rung_at is None else _abandoned_at(run, steps, rung_at)
    if at is not None and at > run.now:
        run.case = run.case.with_steps(keys, closes_at=at)
        return False
    if rung_at is None:
        run.case = run.case.with_steps(keys, rung_at=run.now)
        run.effects.append(TimeIsUp(steps[0].key))
    else:
        # Everybody went home without a last press: the case ends, as it would have on paper.
        stop_case(run, StopReason.QUIET)
    return True


def _abandoned_at(run: CaseRun, steps: tuple[Step, ...], rung_at: datetime) -> datetime:
    noted = [c.at for step in steps for c in run.case.contributions if c.step == step.key]
    return max([rung_at, *noted]) + LIVE_SILENCE


def _reveal_at_close(run: CaseRun, step: Step) -> None:
    ids = _unrevealed(run, step)
    if held_for_owner(step):
        run.effects += [HeldForOwner(step.key, ids)] if ids else []
    elif step.reveal == Reveal.OWNER_ONLY:
        run.effects += [RevealedToOwner(step.key, ids)] if ids else []
    elif step.reveal != Reveal.PRIVATE:
        reveal_step(run, step)


def _forget_authors(run: CaseRun, step: Step) -> None:
    """Passes are deleted, and all moments become the same: either would show who wrote what."""
    kept = (c for c in run.case.contributions if not (c.is_pass and c.step == step.key))
    nameless = (replace(c, author=None, at=run.now) if c.step == step.key else c for c in kept)
    case = replace(run.case, contributions=tuple(nameless))
    run.case = case.with_steps(frozenset({step.key}), done_again=())
    run.effects.append(AuthorsForgotten(step.key))


def _unrevealed(run: CaseRun, step: Step) -> tuple[str, ...]:
    return tuple(c.id for c in as_posted(run.case, step) if not c.revealed)
