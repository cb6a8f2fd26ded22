"""When the prompt of a week may still come."""

from datetime import datetime

from bot.rules.calendar import Calendar


def same_week(calendar: Calendar, one: datetime, other: datetime) -> bool:
    """Whether two moments fall in one ISO week on the circle's wall: a prompt that is late comes in its own week."""
    return calendar.local(one).isocalendar()[:2] == calendar.local(other).isocalendar()[:2]
