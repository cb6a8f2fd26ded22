"""The step machine: one pure function of a case, an event, the moment and the calendar.

What a form changes is here; how steps open and close is in `opening` and `closing`, how a case starts and ends in
`lifecycle`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.calendar import Calendar
from bot.intervision.rules.case import PASS, Case, CaseState, Contribution, StepPhase, shown_at_once
from bot.intervision.rules.closing import close_or_wait, keep_live_time, reveal_step
from bot.intervision.rules.effects import (
    CaseRun,
    ContributionChanged,
    ContributionKept,
    ContributionRemoved,
    Decision,
    DueChanged,
    TurnPassed,
)
from bot.intervision.rules.events import (
    Contributed,
    Event,
    Facilitated,
    GroupSaidStillThere,
    Joined,
    MoreTimeAsked,
    NextPressed,
    OwnerReady,
    Passed,
    PersonLeft,
    Revised,
    Started,
    Stopped,
    TimePassed,
    TurnCame,
    Withdrawn,
    WokenUp,
)
from bot.intervision.rules.facilitating import facilitate, may_facilitate
from bot.intervision.rules.lifecycle import come_to_turn, join, leave, start, stop
from bot.intervision.rules.lying_still import end_if_still_too_long, say_still_there, wake, wake_by_acting
from bot.intervision.rules.opening import open_next_steps
from bot.intervision.rules.permissions import Action, NotAllowed, Reason, may, require
from bot.intervision.rules.progress import after_turns, closes_at, is_finished, targets, unanswered
from bot.intervision.rules.reminders import give_more_time
from bot.library.enums import Kind, Rating
from bot.library.protocol import Step


def next_due_at(case: Case) -> datetime | None:
    """When something happens by itself next; None while a case invites and once it is over."""
    if case.state != CaseState.RUNNING or case.lies_still_until:
        return case.lies_still_until
    opened = [each for each in case.steps if each.state == StepPhase.OPEN]
    moments = [at for each in opened for at in (each.closes_at, each.turn_until) if at]
    return min(moments, default=case.opens_at)


def decide(case: Case, event: Event, now: datetime, calendar: Calendar) -> Decision:
    """What an event does to a case at this moment; raises `NotAllowed` with its reason if it may not happen.

    `now` must be aware (ValueError). An event that no longer applies (a form sent twice, next on a step that closed,
    the clock too soon) gives the same case and no effects. Cards and reveals only follow at presentable moments: what
    comes at night waits, and `DueChanged` says until when.
    """
    return decide_all(case, (event,), now, calendar)


def decide_all(case: Case, events: Iterable[Event], now: datetime, calendar: Calendar) -> Decision:
    """What several events do that happen in one moment, such as a form with three questions in it.

    No step closes in between: the last person to write has written everything before the step ends. Raises as `decide`
    does, and then none of them happened.
    """
    calendar.local(now)
    run, was_due_at = CaseRun(case, now, calendar), next_due_at(case)
    for event in events:
        if run.case.lies_still_until:
            wake_by_acting(run, event)
        _HAPPENS[type(event)](event, run)
    # Steps close and open until the case waits: for people, for a deadline, or for the working day.
    if run.case.lies_still_until:
        end_if_still_too_long(run)
    goes_on = True
    while goes_on and run.case.state == CaseState.RUNNING and not run.case.lies_still_until:
        steps = run.case.open_steps
        goes_on = _close_when_over(run, steps) if steps else open_next_steps(run)
    if (due_at := next_due_at(run.case)) != was_due_at:
        run.effects.append(DueChanged(due_at))
    return Decision(run.case, tuple(run.effects))


def _close_when_over(run: CaseRun, steps: tuple[Step, ...]) -> bool:
    """Close the open steps if they are over; returns False, and notes when they will be, if they are not."""
    if run.case.is_live:
        return keep_live_time(run, steps)
    for step in steps:
        if run.case.state_of(step.key).turns:
            _pass_the_turn(run, step)
    over_at = closes_at(run.case, run.now, run.calendar)
    at = run.calendar.next_presentable(max(run.now, over_at))
    run.case = run.case.with_steps(frozenset(step.key for step in steps), closes_at=at)
    if at > run.now:
        return False
    close_or_wait(run, steps, finished=is_finished(run.case))
    return True


def _pass_the_turn(run: CaseRun, step: Step) -> None:
    before = run.case.state_of(step.key)
    after = after_turns(run.case, step, run.now, run.calendar)
    run.case = run.case.with_steps(frozenset({step.key}), turns=after.turns, turn_until=after.turn_until)
    if after.turns and after.turns[0] != before.turns[0]:
        run.effects.append(TurnPassed(step.key, after.turns[0]))


def _contribute(event: Contributed, run: CaseRun) -> None:
    if run.case.contribution(event.id):
        return
    require(run.case, event.author, Action.WRITE, event.step)
    step = run.case.step(event.step)
    if event.kind not in step.kinds:
        raise NotAllowed(Reason.KIND_NOT_ALLOWED)
    if (event.kind == Kind.RATING) != (event.rating in set(Rating)):
        raise NotAllowed(Reason.RATING_MISSING)
    if step.about is not None or event.about is not None:
        _require_target(run.case, event.author, step, event.about)
    for each in run.case.passes(step.key, event.author):
        if each.about in (None, event.about):
            _remove(run, each)
    _add(run, Contribution(**vars(event), revealed=False, at=run.now))
    _done_for_now(run, event.author, event.step)
    if shown_at_once(step) and step in run.case.open_steps:
        reveal_step(run, step)


def _require_target(case: Case, author: int, step: Step, about: str | None) -> None:
    if about is None:
        raise NotAllowed(Reason.ABOUT_MISSING)
    if about not in {each.id for each in targets(case, step)}:
        raise NotAllowed(Reason.ABOUT_UNKNOWN)
    if about not in {each.id for each in unanswered(case, author, step)}:
        raise NotAllowed(Reason.ALREADY_ANSWERED)


def _pass(event: Passed, run: CaseRun) -> None:
    if run.case.contribution(event.id):
        if may(run.case, event.author, Action.PASS, event.step, run.now) is None:
            _done_for_now(run, event.author, event.step)
        return
    require(run.case, event.author, Action.PASS, event.step)
    if event.about is not None:
        _require_target(run.case, event.author, run.case.step(event.step), event.about)
    _add(run, Contribution(event.id, event.step, event.author, PASS, event.about, False, run.now))
    _done_for_now(run, event.author, event.step)


def _revise(event: Revised, run: CaseRun) -> None:
    found = _own(run, event.id, event.author)
    if found is None:
        raise NotAllowed(Reason.NOT_YOURS)
    if event.rating is not None and (found.kind != Kind.RATING or event.rating not in set(Rating)):
        raise NotAllowed(Reason.RATING_MISSING)
    step = run.case.step(found.step)
    stays_shown = found.revealed and (found.is_beforehand or shown_at_once(step))
    changed = replace(found, rating=event.rating or found.rating, revealed=stays_shown)
    contributions = (changed if each.id == found.id else each for each in run.case.contributions)
    run.case = replace(run.case, contributions=tuple(contributions))
    run.effects.append(ContributionChanged(found.id, changed.revealed))
    _done_for_now(run, event.author, found.step)


def _withdraw(event: Withdrawn, run: CaseRun) -> None:
    if found := _own(run, event.id, event.author):
        _remove(run, found)


def _own(run: CaseRun, id: str, author: int) -> Contribution | None:
    """A contribution of this author, which may still be changed; None if there is none with this id."""
    found = run.case.contribution(id)
    if found is None:
        return None
    if found.author != author or found.is_pass:
        raise NotAllowed(Reason.NOT_YOURS)
    require(run.case, author, Action.CHANGE, found.step)
    return found


def _done_for_now(run: CaseRun, person: int, step: str) -> None:
    """In a step that is open again: this person was done before, and is done again."""
    state = run.case.state_of(step)
    if state.reopened_at and person not in state.done_again:
        run.case = run.case.with_steps(frozenset({step}), done_again=(*state.done_again, person))


def _add(run: CaseRun, new: Contribution) -> None:
    run.case = replace(run.case, contributions=(*run.case.contributions, new))
    run.effects.append(ContributionKept(new))


def _remove(run: CaseRun, gone: Contribution) -> None:
    left = (each for each in run.case.contributions if each.id != gone.id)
    run.case = replace(run.case, contributions=tuple(left))
    run.effects.append(ContributionRemoved(gone.id, gone.revealed))


def _facilitate(event: Facilitated, run: CaseRun) -> None:
    if reason := may_facilitate(run.case, event.by, event.step, event.how):
        raise NotAllowed(reason)
    facilitate(run, event.how)


def _be_ready(event: OwnerReady, run: CaseRun) -> None:
    require(run.case, event.by, Action.READY, event.step)
    reveal_step(run, run.case.step(event.step))


def _press_next(event: NextPressed, run: CaseRun) -> None:
    reason = may(run.case, event.by, Action.CLOSE_STEP, event.step, run.now)
    if reason in (Reason.STEP_NOT_OPEN, Reason.NOT_RUNNING):
        return
    if reason:
        raise NotAllowed(reason)
    run.case = run.case.with_steps(frozenset(step.key for step in run.case.open_steps), pressed=True)


def _pass_time(_event: TimePassed, _run: CaseRun) -> None:
    """Time changes nothing by itself: what is due is found afterwards, as after every event."""


_HAPPENS: Mapping[type[Event], Callable[[Any, CaseRun], None]] = {
    Joined: join,
    PersonLeft: leave,
    Started: start,
    TurnCame: come_to_turn,
    Stopped: stop,
    Contributed: _contribute,
    Revised: _revise,
    Withdrawn: _withdraw,
    Passed: _pass,
    NextPressed: _press_next,
    Facilitated: _facilitate,
    OwnerReady: _be_ready,
    WokenUp: wake,
    GroupSaidStillThere: say_still_there,
    MoreTimeAsked: give_more_time,
    TimePassed: _pass_time,
}
