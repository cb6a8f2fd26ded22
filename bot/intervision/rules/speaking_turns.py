"""Writing one after the other: whose turn it is in a step with `order: turns`, until when, and who follows.

The order is that of joining. A turn is over once its person wrote or passed, left, or has had a fair share of the
window: then the word goes on, and who has not written can still do so once everybody has had a turn.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, StepState
from bot.intervision.rules.progress import done, writers
from bot.library.enums import Order
from bot.library.protocol import Step


def in_turns(case: Case, step: Step) -> bool:
    """Whether people write here one after the other; those who talk pass the word on by themselves."""
    return step.order == Order.TURNS and not case.is_live


def turns_of(case: Case, step: Step) -> tuple[int, ...]:
    """All who get a turn in a step that opens now, in order; where it opens again, those who had none yet."""
    if not in_turns(case, step):
        return ()
    if case.state_of(step.key).is_put_back:
        return turns_left(case, step)
    write = writers(case, step)
    return tuple(person for person in case.arrived if person in write)


def turns_left(case: Case, step: Step) -> tuple[int, ...]:
    """Whose turn it is, and who follow; empty once everybody had theirs, and where there are no turns."""
    write = writers(case, step)
    return tuple(person for person in case.state_of(step.key).turns if person in write)


def after_turns(case: Case, step: Step, now: datetime, calendar: Calendar) -> StepState:
    """How an open step stands once the word has gone on from everybody whose turn is over.

    What is left of the window is shared by those who still come, with one more share for the end.
    """
    state, until = case.state_of(step.key), case.state_of(step.key).turn_until
    turns = state.turns if state.deadline and now < state.deadline else ()
    while turns and _is_over(case, step, turns[0], until, now):
        turns, until = turns[1:], None
    if turns and until is None and state.deadline:
        until = calendar.next_presentable(calendar.share(now, state.deadline, len(turns) + 1))
    return replace(state, turns=turns, turn_until=until if turns else None)


def _is_over(case: Case, step: Step, person: int, until: datetime | None, now: datetime) -> bool:
    gone = person not in writers(case, step)
    return gone or done(case, person, step) or (until is not None and until <= now)
