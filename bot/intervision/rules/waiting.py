"""A case whose place is lost waits, and its time stands still until the place is back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, StepPhase, StepState

Move = Callable[[datetime | None], datetime | None]


def after_waiting(case: Case, waited: timedelta) -> Case:
    """The same case with each moment to come later by the time that it `waited`."""

    def later(at: datetime | None) -> datetime | None:
        return at + waited if at else None

    still_until = later(case.lies_still_until)
    return replace(case, steps=tuple(_moved(each, later) for each in case.steps), lies_still_until=still_until)


def at_window_ends(case: Case, calendar: Calendar) -> Case:
    """The same case with its open steps ending at 12 or 17 h on a working day; people who talk keep plain time."""

    def end(at: datetime | None) -> datetime | None:
        return calendar.next_window_end(at) if at else None

    if case.is_live:
        return case
    still_until = end(case.lies_still_until)
    return replace(case, steps=tuple(_moved(each, end) for each in case.steps), lies_still_until=still_until)


def _moved(state: StepState, moved: Move) -> StepState:
    if state.state != StepPhase.OPEN:
        return state
    return replace(
        state,
        deadline=moved(state.deadline),
        closes_at=moved(state.closes_at),
        rung_at=moved(state.rung_at),
        turn_until=moved(state.turn_until),
    )
