"""What is told in private without being asked: when, to whom, and about which steps. And one working day more.

Nobody is told what others did. Where names are hidden everybody is told the same, whether or not they wrote.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.calendar import OPENS, Calendar
from bot.intervision.rules.case import Case, CaseState
from bot.intervision.rules.effects import CaseRun, StepExtended
from bot.intervision.rules.events import MoreTimeAsked
from bot.intervision.rules.facilitating import may_lengthen
from bot.intervision.rules.permissions import NotAllowed, Reason
from bot.intervision.rules.progress import done, is_finished, writers
from bot.library.enums import Names
from bot.library.protocol import Step

DAYS_MORE: Final = 1
"""How many working days *more time* gives a step, once (DESIGN: What people read)."""


class News(StrEnum):
    """What somebody is told: a step of theirs closes; or, of their own case, what its silence led to."""

    CLOSES = "closes"
    PROLONGED = "prolonged"
    LIES_STILL = "lies_still"
    GROUP_IS_THERE = "group_is_there"


def next_reminder(case: Case, calendar: Calendar) -> datetime | None:
    """The morning of the working day before the open steps close; None where there is none to come.

    A step that opened after that morning needs no reminder: its card is new.
    """
    if case.state != CaseState.RUNNING or case.is_live or case.lies_still_until or is_finished(case):
        return None
    states = [case.state_of(step.key) for step in case.open_steps]
    closes_at = max((each.closes_at for each in states if each.closes_at), default=None)
    opened_at = max((each.opened_at for each in states if each.opened_at), default=None)
    if closes_at is None or opened_at is None:
        return None
    morning = calendar.instant(calendar.working_day_before(closes_at), OPENS)
    return morning if opened_at < morning else None


def closing_soon(case: Case, person: int, now: datetime, calendar: Calendar) -> tuple[Step, ...]:
    """The steps that close on the next working day and in which this person still has something to say.

    Where names are hidden, all who may write there, so that nobody learns who did.
    """
    morning = next_reminder(case, calendar)
    if morning is None or calendar.local(morning).date() != calendar.local(now).date():
        return ()
    own = (step for step in case.open_steps if person in writers(case, step))
    return tuple(step for step in own if step.names == Names.HIDDEN or not done(case, person, step))


def may_ask_more_time(case: Case, person: int, step: str) -> Reason | None:
    """Why this person does not get this step a day more, or None."""
    if person not in case.people:
        return Reason.NOT_IN_CASE
    if case.state != CaseState.RUNNING or not case.is_open(step):
        return Reason.STEP_NOT_OPEN
    if case.lies_still_until:
        return Reason.LIES_STILL
    return may_lengthen(case) if person in writers(case, case.step(step)) else Reason.NOT_YOUR_ROLE


def give_more_time(event: MoreTimeAsked, run: CaseRun) -> None:
    """All that is open closes one working day later, for everybody."""
    if reason := may_ask_more_time(run.case, event.by, event.step):
        raise NotAllowed(reason)
    for step in run.case.open_steps:
        before = run.case.state_of(step.key).deadline or run.now
        later = run.calendar.working_days_later(max(before, run.now), DAYS_MORE)
        keys = frozenset({step.key})
        run.case = run.case.with_steps(keys, deadline=later, closes_at=later, extended=True)
        run.effects.append(StepExtended(step.key, later))
