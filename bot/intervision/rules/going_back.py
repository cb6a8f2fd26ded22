"""Going back: the step before opens again, and the one that was open waits until that has closed. Nothing is lost.

What was written stays, and stays as revealed as it was; what is new, or changed, is held back as in any step of its
kind. A step that is open again has its whole window, and closes at its end, when somebody presses next, or early where
it closed early before: once all who may write wrote, changed something or passed since. Nothing goes back by itself: so
time alone brings every case to its end.
"""

from __future__ import annotations

from bot.intervision.rules.case import Case, StepPhase, story_step
from bot.intervision.rules.permissions import Reason
from bot.intervision.rules.step_runner import StepRunner
from bot.library.protocol import Step, steps_in_order, steps_together


def step_before(case: Case) -> tuple[Step, ...]:
    """The step that closed before what is open now, with those that go together with it; empty if there is none.

    What was only read needs no second time; and the story, told at the start, is what everything after it is about.
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


def go_back(course: StepRunner) -> None:
    """Put back what is open and the step before it: the course opens them again, one after the other."""
    again = frozenset(step.key for step in step_before(course.case))
    back = again | {step.key for step in course.case.open_steps}
    case = course.case.with_steps(
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
    course.case = case.with_steps(again, closed_at=None, next_pace=None, reopened_at=course.now)
