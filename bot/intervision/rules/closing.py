"""When the open steps of a case are over: all are done, people who talk fall silent, or time is up."""

from __future__ import annotations

from datetime import datetime

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case
from bot.intervision.rules.progress import done_here, has_more, talking, writers
from bot.library.enums import Closes
from bot.library.protocol import Step


def window_end(case: Case, step: Step, opened: datetime, calendar: Calendar) -> datetime:
    """When the window of a step ends that opened at this moment."""
    protocol = case.protocol
    return calendar.window_end(opened, protocol.live_of(step) if case.is_live else protocol.window_of(step))


def is_finished(case: Case) -> bool:
    """Whether somebody pressed next, or everyone who may write is done and no step waits for its time."""
    steps = case.open_steps
    if any(case.state_of(step.key).pressed for step in steps):
        return True
    if any(step.closes != Closes.EARLY for step in steps) or all(step.reading_only for step in steps):
        return False
    return all(done_here(case, person, step) for step in steps for person in writers(case, step))


def closes_at(case: Case, now: datetime, calendar: Calendar) -> datetime:
    """When the open steps are over as they stand now; at once is now."""
    steps = case.open_steps
    deadline = max(case.state_of(step.key).deadline or now for step in steps)
    if not is_finished(case):
        return deadline
    pressed = any(case.state_of(step.key).pressed for step in steps)
    return now if pressed or not is_still_talking(case) else min(deadline, _silent_at(case, now, calendar))


def is_still_talking(case: Case) -> bool:
    """Whether there is talk, and somebody in it may still have something to say."""
    return any(has_more(case, person, step) for step in talking(case) for person in writers(case, step))


def _silent_at(case: Case, now: datetime, calendar: Calendar) -> datetime:
    """Half a window after the last word: who reads it has time to answer."""
    steps = case.open_steps
    began = (case.state_of(step.key).opened_at or now for step in steps)
    said = (each.at for step in steps for each in case.contributions_in(step.key))
    last = max((*began, *said))
    return calendar.share(last, max(window_end(case, step, last, calendar) for step in steps), 2)
