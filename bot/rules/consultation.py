"""The step machine: one pure function of a case, an event, the moment and the calendar."""

from __future__ import annotations

from datetime import datetime

from bot.rules.calendar import Calendar
from bot.rules.case import Case
from bot.rules.effects import Decision
from bot.rules.events import Event


def due(case: Case) -> datetime | None:
    """When the clock must knock next; None while a case invites and once it is over."""
    raise NotImplementedError


def decide(case: Case, event: Event, now: datetime, calendar: Calendar) -> Decision:
    """What an event does to a case at this moment; `Refused` with its reason if it may not be."""
    raise NotImplementedError
