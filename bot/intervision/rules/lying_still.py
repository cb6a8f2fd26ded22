"""A case whose owner was silent lies still: who wakes it, and how it ends by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.intervision.rules.case import Case, StopReason
from bot.intervision.rules.closing import finish_case
from bot.intervision.rules.effects import CaseRun, CaseWokeUp, GroupIsStillThere
from bot.intervision.rules.events import (
    Contributed,
    Event,
    Facilitated,
    GroupSaidStillThere,
    NextPressed,
    Passed,
    WakeUp,
    WokenUp,
)
from bot.intervision.rules.permissions import NotAllowed, Reason
from bot.intervision.rules.progress import window_end

_NOTICED_LATE: Final = timedelta(hours=1)
"""If the end comes so much later than its time, the bot was away, and the owner could not wake the case."""


def wake_by_acting(run: CaseRun, event: Event) -> None:
    """An owner who writes, passes or leads on in a case that lies still wakes it by that."""
    match event:
        case Contributed() | Passed():
            acts = event.author == run.case.owner and not run.case.contribution(event.id)
        case NextPressed() | Facilitated():
            acts = event.by == run.case.owner
        case _:
            return
    if acts and run.case.is_open(event.step):
        _wake(run, goes_on=not isinstance(event, NextPressed))


def wake(event: WokenUp, run: CaseRun) -> None:
    """The owner wakes the case. A second time does nothing."""
    if reason := may_wake(run.case, event.by):
        raise NotAllowed(reason)
    if run.case.lies_still_until is None:
        return
    steps = frozenset(step.key for step in run.case.open_steps)
    if event.how == WakeUp.END:
        # What people wrote appears at a working hour: so does the end.
        run.case = replace(run.case, lies_still_until=run.calendar.next_presentable(run.now))
    else:
        _wake(run, goes_on=event.how == WakeUp.GO_ON)
    if event.how != WakeUp.GO_ON:
        run.case = run.case.with_steps(steps, pressed=True)


def may_wake(case: Case, person: int) -> Reason | None:
    """Why this person does not wake this case, or None."""
    if person not in case.people:
        return Reason.NOT_IN_CASE
    return None if person == case.owner else Reason.ONLY_OWNER


def say_still_there(event: GroupSaidStillThere, run: CaseRun) -> None:
    """One of the others says that the group is still there; nothing happens after the first, or if the case goes on."""
    if event.by not in run.case.people:
        raise NotAllowed(Reason.NOT_IN_CASE)
    if event.by == run.case.owner:
        raise NotAllowed(Reason.ONLY_OTHERS)
    if run.case.lies_still_until and not run.case.is_group_there:
        run.case = replace(run.case, is_group_there=True)
        run.effects.append(GroupIsStillThere(run.case.open_steps[0].key))


def end_if_still_too_long(run: CaseRun) -> None:
    """Nobody woke the case: it is finished with what there is. Where the bot was away at the end, a day is added."""
    until, steps = run.case.lies_still_until, run.case.open_steps
    if until is None or until > run.now:
        return
    chosen = any(run.case.state_of(step.key).pressed for step in steps)
    if chosen or run.now - until < _NOTICED_LATE:
        finish_case(run, StopReason.LAY_STILL)
    else:
        later = run.calendar.working_days_later(run.calendar.next_presentable(run.now), 1)
        run.case = replace(run.case, lies_still_until=later)


def _wake(run: CaseRun, *, goes_on: bool) -> None:
    """The case lies still no longer; where its step `goes_on`, that has a whole window from now."""
    case, steps = run.case, run.case.open_steps
    if goes_on:
        deadline = max(window_end(case, step, run.now, run.calendar) for step in steps)
        case = case.with_steps(frozenset(step.key for step in steps), deadline=deadline, closes_at=deadline)
    run.case = replace(case, lies_still_until=None, is_group_there=False)
    run.effects.append(CaseWokeUp(steps[0].key))
