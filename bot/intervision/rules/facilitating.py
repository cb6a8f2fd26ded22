"""What the facilitator can do in a step besides *next*: skip it, give it more time, go back, choose another pace."""

from enum import StrEnum

from bot.intervision.rules.case import Case, CaseState, Pace, StepPhase, story_step
from bot.intervision.rules.closing import lengthen_steps
from bot.intervision.rules.effects import CaseRun
from bot.intervision.rules.permissions import Reason
from bot.library.enums import Order, Role
from bot.library.protocol import Step, steps_in_order, steps_together


class FacilitatorAction(StrEnum):
    """One thing to do; a pace holds from the next step on."""

    SKIP = "skip"
    MORE_TIME = "more_time"
    BACK = "back"
    CALM = "calm"
    LIVE = "live"


def may_facilitate(case: Case, person: int, step: str, how: FacilitatorAction) -> Reason | None:
    """Why this may not be now, or None. The facilitator leads; where nobody does, the owner."""
    if person not in case.people:
        return Reason.NOT_IN_CASE
    if case.state != CaseState.RUNNING:
        return Reason.NOT_RUNNING
    if reason := _leading(case, person, step):
        return reason
    if asks := {FacilitatorAction.MORE_TIME: may_lengthen, FacilitatorAction.BACK: may_go_back}.get(how):
        return asks(case)
    return Reason.ALREADY_SO if how.value == next_pace(case).value else None


def _leading(case: Case, person: int, step: str) -> Reason | None:
    if step not in {each.key for each in case.open_steps}:
        return Reason.STEP_NOT_OPEN
    if case.lies_still_until and person != case.owner:
        return Reason.LIES_STILL
    facilitators = case.holding(Role.FACILITATOR)
    if person in (facilitators or case.holding(Role.OWNER)):
        return None
    return Reason.ONLY_FACILITATOR if facilitators else Reason.ONLY_OWNER


def next_pace(case: Case) -> Pace:
    """The pace of the next step, as far as was chosen."""
    chosen = (case.state_of(step.key).next_pace for step in case.open_steps)
    return next((pace for pace in chosen if pace), case.pace)


def facilitate(run: CaseRun, how: FacilitatorAction) -> None:
    """Do it; `may_facilitate` was asked before. A skipped step closes as any: what was written in it is revealed."""
    steps = run.case.open_steps
    keys = frozenset(step.key for step in steps)
    if how == FacilitatorAction.SKIP:
        run.case = run.case.with_steps(keys, pressed=True)
    elif how == FacilitatorAction.MORE_TIME:
        lengthen_steps(run, steps)
    elif how == FacilitatorAction.BACK:
        go_back(run)
    else:
        run.case = run.case.with_steps(keys, next_pace=Pace(how))


def may_lengthen(case: Case) -> Reason | None:
    """Why what is open gets no more time, or None: once a step, before its time is over.

    Where people write in turns, each has a time of their own.
    """
    states = [case.state_of(step.key) for step in case.open_steps]
    over = any(each.extended or each.pressed or each.rung_at for each in states)
    turns = any(step.order == Order.TURNS for step in case.open_steps)
    return Reason.ALREADY_EXTENDED if over or turns else None


#
# The step before opens again, and the one that was open waits until that has closed. Nothing is lost: what was written
# stays, and stays as revealed as it was; what is new, or changed, is held back as in any step of its kind. A step that
# is open again has its whole window, and closes at its end, when somebody presses next, or early where it closed early
# before: once all who may write wrote, changed something or passed since. Nothing goes back by itself: so time alone
# brings every case to its end.


def step_before(case: Case) -> tuple[Step, ...]:
    """The step that closed just before the open one, with the steps together with it; empty if there is none.

    What was only read needs no second time; and the story, which comes first, is what everything after it is about.
    """
    closed = [s for s in steps_in_order(case.protocol) if case.state_of(s.key).state == StepPhase.CLOSED]
    begins = {steps_together(case.protocol, step.key): step for step in reversed(closed) if not step.reading_only}
    last = max(begins, key=lambda keys: closed.index(begins[keys]), default=frozenset[str]())
    return tuple(step for step in closed if step.key in last and step != story_step(case.protocol))


def may_go_back(case: Case) -> Reason | None:
    """Why the step before cannot open again, or None."""
    before = step_before(case)
    if not before:
        return Reason.NOTHING_BEFORE
    return Reason.WORDS_GONE if any(case.state_of(step.key).wiped for step in before) else None


def go_back(run: CaseRun) -> None:
    """Put back what is open and the step before it: the machine opens them again, one after the other."""
    again = frozenset(step.key for step in step_before(run.case))
    back = again | {step.key for step in run.case.open_steps}
    case = run.case.with_steps(
        back,
        state=StepPhase.WAITING,
        deadline=None,
        closes_at=None,
        turn_until=None,
        rung_at=None,
        extended=False,
        pressed=False,
        done_again=(),
    )
    run.case = case.with_steps(again, closed_at=None, next_pace=None, reopened_at=run.now)
