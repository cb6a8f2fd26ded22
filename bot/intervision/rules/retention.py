"""How long words of a case are kept: those of the case, and those of a step that are wiped sooner."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, StepPhase
from bot.library.protocol import Step

CASE_RETENTION: Final = timedelta(days=30)
"""How long the words of a case are kept after it ended: long enough to read back, short enough to be trusted."""


def kept_until(case: Case, step: Step, calendar: Calendar) -> datetime | None:
    """When the words of a step that closed are to be wiped; None if they live as long as the case, or are gone."""
    state = case.state_of(step.key)
    if step.keep is None or state.state != StepPhase.CLOSED or state.closed_at is None or state.wiped:
        return None
    return calendar.window_end(state.closed_at, step.keep)


def next_wiping(case: Case, calendar: Calendar) -> datetime | None:
    """The first moment at which words of a step are to be wiped; None if there is none to come."""
    moments = (kept_until(case, step, calendar) for step in case.protocol.steps)
    return min((moment for moment in moments if moment), default=None)


def to_wipe(case: Case, now: datetime, calendar: Calendar) -> tuple[Step, ...]:
    """The steps whose words are to be wiped now."""
    ends = {step.key: kept_until(case, step, calendar) for step in case.protocol.steps}
    return tuple(step for step in case.protocol.steps if (until := ends[step.key]) and until <= now)
