"""How long members can object to what is proposed for their circle."""

from datetime import datetime
from typing import Final

from bot.core.calendar import Calendar
from bot.core.window import Window

_THREE_WORKING_DAYS: Final = Window(half_days=6)


def objection_deadline(calendar: Calendar, proposed_at: datetime) -> datetime:
    """The end of three whole working days: members who work part of the week can read it too."""
    return calendar.window_end(proposed_at, _THREE_WORKING_DAYS)
