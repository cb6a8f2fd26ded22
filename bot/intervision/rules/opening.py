"""How steps open: which come next, which are skipped, until when, and what appears in them at once."""

from dataclasses import replace
from datetime import datetime

from bot.intervision.rules.case import CaseState, StepPhase, shown_at_once
from bot.intervision.rules.closing import post_contributions, reveal_step
from bot.intervision.rules.effects import CaseClosed, CaseRun, StepOpened, StepSkipped
from bot.intervision.rules.progress import calendar_of, targets, turns_of, window_end, writers
from bot.library.enums import Closes
from bot.library.protocol import Step, steps_in_order, steps_together


def next_opening(run: CaseRun) -> datetime | None:
    """When a card can appear, or None if it can appear now."""
    calendar = calendar_of(run.case, run.calendar)
    return None if calendar.presentable(run.now) else calendar.next_presentable(run.now)


def open_next_steps(run: CaseRun) -> bool:
    """Open the next steps, or end the case after the last. Returns False where there is nothing to do for now."""
    phases = {each.key: each.state for each in run.case.steps}
    waiting = [step for step in steps_in_order(run.case.protocol) if phases[step.key] == StepPhase.WAITING]
    if not waiting:
        run.case = replace(run.case, state=CaseState.CLOSED, opens_at=None)
        run.effects.append(CaseClosed())
        return False
    if later := next_opening(run):
        run.case = replace(run.case, opens_at=later)
        return False
    together = steps_together(run.case.protocol, waiting[0].key)
    _open_group(run, [step for step in waiting if step.key in together])
    return True


def _open_group(run: CaseRun, group: list[Step]) -> None:
    playable = _playable(run, group)
    for step in group:
        if step not in playable:
            run.case = run.case.with_steps(frozenset({step.key}), state=StepPhase.SKIPPED)
            run.effects.append(StepSkipped(step.key))
    if playable:
        _open_together(run, playable)


def _playable(run: CaseRun, group: list[Step]) -> list[Step]:
    """Without the steps that nobody here may write in, and those that are about nothing.

    One that is put back opens in any case, if only to close: what was written in it appears then.
    """
    case = run.case
    again = [step for step in group if case.state_of(step.key).is_put_back]
    staffed = [step for step in group if step in again or step.reading_only or writers(case, step)]
    if case.is_live:
        # What was asked aloud is answered aloud: nobody needs to have noted it.
        return staffed
    keys = {step.key for step in staffed}
    about_nothing = [s for s in staffed if s.about and not keys & {*s.about.steps} and not targets(case, s)]
    return [step for step in staffed if step in again or step not in about_nothing]


def _open_together(run: CaseRun, steps: list[Step]) -> None:
    deadline, twice = _deadline(run, steps)
    for step in steps:
        run.case = run.case.with_steps(frozenset({step.key}), turns=turns_of(run.case, step))
    run.case = replace(run.case, opens_at=None).with_steps(
        frozenset(step.key for step in steps),
        state=StepPhase.OPEN,
        opened_at=run.now,
        deadline=deadline,
        closes_at=deadline,
        extended=twice,
    )
    for step in steps:
        run.effects.append(StepOpened(step.key, deadline))
        written = run.case.contributions_in(step.key)
        post_contributions(run, step, tuple(c.id for c in written if c.is_beforehand and not c.revealed))
        if shown_at_once(step):
            reveal_step(run, step)


def _deadline(run: CaseRun, steps: list[Step]) -> tuple[datetime, bool]:
    """The end of the longest window, and whether it was counted twice: a facilitator who closes gets that long."""
    calendar = calendar_of(run.case, run.calendar)
    deadline = max(window_end(run.case, step, run.now, calendar) for step in steps)
    twice = not run.case.is_live and any(step.closes == Closes.FACILITATOR for step in steps)
    if twice:
        deadline = max(window_end(run.case, step, deadline, calendar) for step in steps)
    return deadline, twice
