"""The step machine: one pure function of a case, an event, the moment and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from bot.core.calendar import Calendar
from bot.intervision.rules.case import (
    BEFOREHAND,
    PASS,
    Case,
    CaseState,
    Contribution,
    StepPhase,
    StopReason,
    story_step,
    with_options,
)
from bot.intervision.rules.effects import (
    CaseStarted,
    ContributionChanged,
    ContributionKept,
    ContributionRemoved,
    Decision,
    DueChanged,
    RolesChanged,
)
from bot.intervision.rules.events import (
    Contributed,
    Event,
    Facilitated,
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
    Withdrawn,
)
from bot.intervision.rules.facilitating import facilitate, may_facilitate
from bot.intervision.rules.permissions import Action, NotAllowed, Reason, may, no_such_role
from bot.intervision.rules.progress import targets, unanswered
from bot.intervision.rules.step_runner import StepRunner, shown_at_once
from bot.library.enums import Facilitation, Kind, Rating, Role
from bot.library.protocol import Step


def next_due_at(case: Case) -> datetime | None:
    """When the clock must knock next; None while a case invites and once it is over."""
    if case.state != CaseState.RUNNING:
        return None
    opened = [each for each in case.steps if each.state == StepPhase.OPEN]
    moments = [at for each in opened for at in (each.closes_at, each.turn_until) if at]
    return min(moments, default=case.opens_at)


def decide(case: Case, event: Event, now: datetime, calendar: Calendar) -> Decision:
    """What an event does to a case at this moment; `NotAllowed` with its reason if it may not be.

    `now` must be aware (ValueError). An event that no longer applies (a form sent twice, next on a step that closed,
    the clock too soon) gives the same case and no effects. Cards and reveals only follow at presentable moments: what
    comes at night waits, and `due` says until when.
    """
    return decide_all(case, (event,), now, calendar)


def decide_all(case: Case, events: Iterable[Event], now: datetime, calendar: Calendar) -> Decision:
    """What several events do that happen in one moment, such as a form with three questions in it.

    Nothing closes in between: who is the last to write has said it all before the step ends. Raises as `decide` does,
    and then none of them happened.
    """
    calendar.local(now)
    course = StepRunner(case, now, calendar)
    for event in events:
        _happens(event, course)
    course.run()
    if next_due_at(course.case) != next_due_at(case):
        course.emit(DueChanged(next_due_at(course.case)))
    return Decision(course.case, tuple(course.effects))


@singledispatch
def _happens(event: Event, course: StepRunner) -> None:
    """What one event changes before the course goes on; time changes nothing by itself."""
    if not isinstance(event, TimePassed):
        raise TypeError(f"{event!r} is nothing that happens to a case")


def _require(course: StepRunner, person: int, action: Action, step: str | None = None) -> None:
    if reason := may(course.case, person, action, step, course.now):
        raise NotAllowed(reason)


# ------------------------------------------------------------------------------------------------ people


@_happens.register
def _join(event: Joined, course: StepRunner) -> None:
    _require(course, event.person, Action.OBSERVE if event.role == Role.OBSERVER else Action.JOIN)
    case, wanted = course.case, {event.role}
    if event.role == Role.OWNER:
        raise NotAllowed(Reason.ONLY_OWNER)
    if reason := no_such_role(case.protocol, event.role):
        raise NotAllowed(reason)
    if event.role == Role.FACILITATOR:
        if case.holding(Role.FACILITATOR) - {event.person}:
            raise NotAllowed(Reason.FACILITATOR_TAKEN)
        wanted |= {Role.PEER} if case.protocol.facilitator == Facilitation.ALSO_PEER else set()
    roles = {r: case.holding(r) - {event.person} | ({event.person} if r in wanted else set()) for r in Role}
    if any(roles[role] != case.holding(role) for role in Role):
        arrived = tuple(dict.fromkeys((*case.arrived, event.person)))
        course.case = replace(case, roles=roles, arrived=arrived)
        course.emit(RolesChanged())


@_happens.register
def _leave(event: PersonLeft, course: StepRunner) -> None:
    case, person = course.case, event.person
    if case.over or person not in case.people:
        return
    course.case = replace(case, roles={role: people - {person} for role, people in case.roles.items()})
    course.emit(RolesChanged())
    if person == case.owner:
        course.stop_case(StopReason.OWNER_LEFT)
    elif case.state == CaseState.RUNNING and not course.case.holding(Role.PEER):
        course.stop_case(StopReason.TOO_FEW)


# ------------------------------------------------------------------------------------------------ the case


@_happens.register
def _start(event: Started, course: StepRunner) -> None:
    _require(course, event.by, Action.START)
    course.case = with_options(course.case, event.optional)
    _begin(course, event)


@_happens.register
def _come_to_turn(event: TurnCame, course: StepRunner) -> None:
    case = course.case
    if case.state != CaseState.WAITING:
        return
    peers = frozenset(event.peers) - case.holding(Role.OWNER)
    arrived = tuple(dict.fromkeys((*case.arrived, *event.peers)))
    course.case = replace(case, roles={**case.roles, Role.PEER: peers}, arrived=arrived)
    course.emit(RolesChanged())
    if peers:
        _begin(course, event)
    else:
        course.stop_case(StopReason.TOO_FEW)


def _begin(course: StepRunner, event: Started | TurnCame) -> None:
    """The case runs; what its owner told beforehand is kept before anything else."""
    case, owner = course.case, course.case.owner
    course.case = replace(case, state=CaseState.RUNNING, pace=event.pace)
    course.emit(CaseStarted(course.next_opening()))
    if told := story_step(case.protocol):
        _keep(course, Contribution(event.story, told.key, owner, Kind.CASE_STORY, None, False, course.now))
    for id, step in event.beforehand.items():
        _keep(course, Contribution(id, step, owner, BEFOREHAND, None, False, course.now))


@_happens.register
def _stop(event: Stopped, course: StepRunner) -> None:
    if course.case.over and event.by in course.case.people:
        return
    _require(course, event.by, Action.STOP)
    course.stop_case(StopReason.STOPPED)


@_happens.register
def _lead(event: Facilitated, course: StepRunner) -> None:
    if reason := may_facilitate(course.case, event.by, event.step, event.how):
        raise NotAllowed(reason)
    facilitate(course, event.how)


@_happens.register
def _be_ready(event: OwnerReady, course: StepRunner) -> None:
    _require(course, event.by, Action.READY, event.step)
    course.reveal_step(course.case.protocol.step(event.step))


@_happens.register
def _press_next(event: NextPressed, course: StepRunner) -> None:
    reason = may(course.case, event.by, Action.CLOSE_STEP, event.step, course.now)
    if reason in (Reason.STEP_NOT_OPEN, Reason.NOT_RUNNING):
        return
    if reason:
        raise NotAllowed(reason)
    course.case = course.case.with_steps(frozenset(step.key for step in course.case.open_steps), pressed=True)


# ------------------------------------------------------------------------------------------------ writing


@_happens.register
def _contribute(event: Contributed, course: StepRunner) -> None:
    if course.case.contribution(event.id):
        return
    _require(course, event.author, Action.WRITE, event.step)
    step = course.case.protocol.step(event.step)
    if event.kind not in step.kinds:
        raise NotAllowed(Reason.KIND_NOT_ALLOWED)
    if (event.kind == Kind.RATING) != (event.rating in set(Rating)):
        raise NotAllowed(Reason.RATING_MISSING)
    if step.about is not None or event.about is not None:
        _require_target(course.case, event.author, step, event.about)
    for each in course.case.passes(step.key, event.author):
        if each.about in (None, event.about):
            _remove(course, each)
    _keep(course, Contribution(**vars(event), revealed=False, at=course.now))
    _done_for_now(course, event.author, event.step)
    if shown_at_once(step) and step in course.case.open_steps:
        course.reveal_step(step)


def _require_target(case: Case, author: int, step: Step, about: str | None) -> None:
    if about is None:
        raise NotAllowed(Reason.ABOUT_MISSING)
    if about not in {each.id for each in targets(case, step)}:
        raise NotAllowed(Reason.ABOUT_UNKNOWN)
    if about not in {each.id for each in unanswered(case, author, step)}:
        raise NotAllowed(Reason.ALREADY_ANSWERED)


@_happens.register
def _pass(event: Passed, course: StepRunner) -> None:
    if course.case.contribution(event.id):
        if may(course.case, event.author, Action.PASS, event.step, course.now) is None:
            _done_for_now(course, event.author, event.step)
        return
    _require(course, event.author, Action.PASS, event.step)
    if event.about is not None:
        _require_target(course.case, event.author, course.case.protocol.step(event.step), event.about)
    _keep(course, Contribution(event.id, event.step, event.author, PASS, event.about, False, course.now))
    _done_for_now(course, event.author, event.step)


@_happens.register
def _revise(event: Revised, course: StepRunner) -> None:
    found = _own(course, event.id, event.author)
    if found is None:
        raise NotAllowed(Reason.NOT_YOURS)
    if event.rating is not None and (found.kind != Kind.RATING or event.rating not in set(Rating)):
        raise NotAllowed(Reason.RATING_MISSING)
    step = course.case.protocol.step(found.step)
    stays_shown = found.revealed and (found.is_beforehand or shown_at_once(step))
    changed = replace(found, rating=event.rating or found.rating, revealed=stays_shown)
    everything = (changed if each.id == found.id else each for each in course.case.contributions)
    course.case = replace(course.case, contributions=tuple(everything))
    course.emit(ContributionChanged(found.id, changed.revealed))
    _done_for_now(course, event.author, found.step)


@_happens.register
def _withdraw(event: Withdrawn, course: StepRunner) -> None:
    if found := _own(course, event.id, event.author):
        _remove(course, found)


def _own(course: StepRunner, id: str, author: int) -> Contribution | None:
    """One's own contribution, which may still be changed; None if there is none with this id."""
    found = course.case.contribution(id)
    if found is None:
        return None
    if found.author != author or found.is_pass:
        raise NotAllowed(Reason.NOT_YOURS)
    _require(course, author, Action.CHANGE, found.step)
    return found


def _done_for_now(course: StepRunner, person: int, step: str) -> None:
    """In a step that is open again: they were done before, and are so anew."""
    standing = course.case.state_of(step)
    if standing.reopened_at and person not in standing.done_again:
        course.case = course.case.with_steps(frozenset({step}), done_again=(*standing.done_again, person))


def _keep(course: StepRunner, new: Contribution) -> None:
    course.case = replace(course.case, contributions=(*course.case.contributions, new))
    course.emit(ContributionKept(new))


def _remove(course: StepRunner, gone: Contribution) -> None:
    left = (each for each in course.case.contributions if each.id != gone.id)
    course.case = replace(course.case, contributions=tuple(left))
    course.emit(ContributionRemoved(gone.id, gone.revealed))
