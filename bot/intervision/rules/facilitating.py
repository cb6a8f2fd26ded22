"""What who leads can do in a step besides *next*: skip it, give it more time, go back, choose another pace."""

from __future__ import annotations

from enum import StrEnum

from bot.intervision.rules.case import Case, CaseState, Pace
from bot.intervision.rules.going_back import go_back, may_go_back
from bot.intervision.rules.permissions import Reason
from bot.intervision.rules.step_runner import StepRunner
from bot.library.enums import Order, Role


class FacilitatorAction(StrEnum):
    """One thing to do; a pace holds from the next step on."""

    SKIP = "skip"
    MORE_TIME = "more_time"
    BACK = "back"
    CALM = "calm"
    LIVE = "live"


class CardLength(StrEnum):
    """How much of what a step asks its card says, from now on: it changes nothing in the course."""

    SHORT = "short_cards"
    WHOLE = "whole_cards"


def may_facilitate(case: Case, person: int, step: str, how: FacilitatorAction) -> Reason | None:
    """Why this may not be now, or None. The facilitator leads; where nobody does, the owner."""
    if person not in case.people:
        return Reason.NOT_IN_CASE
    if case.state != CaseState.RUNNING:
        return Reason.NOT_RUNNING
    if step not in {each.key for each in case.open_steps}:
        return Reason.STEP_NOT_OPEN
    facilitators = case.holding(Role.FACILITATOR)
    if person not in (facilitators or case.holding(Role.OWNER)):
        return Reason.ONLY_FACILITATOR if facilitators else Reason.ONLY_OWNER
    if asks := {FacilitatorAction.MORE_TIME: _lengthening, FacilitatorAction.BACK: may_go_back}.get(how):
        return asks(case)
    return Reason.ALREADY_SO if how.value == next_pace(case).value else None


def next_pace(case: Case) -> Pace:
    """The pace of the next step, as far as was chosen."""
    chosen = (case.state_of(step.key).next_pace for step in case.open_steps)
    return next((pace for pace in chosen if pace), case.pace)


def facilitate(course: StepRunner, how: FacilitatorAction) -> None:
    """Do it; who may was asked before. A step that is skipped closes as any: what was written in it is revealed."""
    steps = course.case.open_steps
    keys = frozenset(step.key for step in steps)
    if how == FacilitatorAction.SKIP:
        course.case = course.case.with_steps(keys, pressed=True)
    elif how == FacilitatorAction.MORE_TIME:
        course.lengthen(steps)
    elif how == FacilitatorAction.BACK:
        go_back(course)
    else:
        course.case = course.case.with_steps(keys, next_pace=Pace(how))


def _lengthening(case: Case) -> Reason | None:
    """Once a step, before its time is over; where the word goes round, each has a time of their own."""
    standing = [case.state_of(step.key) for step in case.open_steps]
    over = any(each.extended or each.pressed or each.rung_at for each in standing)
    turns = any(step.order == Order.TURNS for step in case.open_steps)
    return Reason.ALREADY_EXTENDED if over or turns else None
