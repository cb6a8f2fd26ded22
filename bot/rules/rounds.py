"""When the prompt of a week may still come."""

from datetime import datetime, time, timedelta

from bot.rules.calendar import Calendar


def last_week_end(calendar: Calendar, now: datetime) -> datetime:
    """The last moment of the week before this one, on the circle's wall: what was due until then comes no more."""
    today = calendar.local(now).date()
    monday = today - timedelta(days=today.weekday())
    return calendar.instant(monday, time()) - timedelta(seconds=1)
