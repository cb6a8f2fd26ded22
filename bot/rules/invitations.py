"""When somebody who asked for it is invited to the weekly question: at their own hour, on their own wall."""

from datetime import datetime, time, timedelta

from bot.rules.calendar import Calendar

# A question of longer ago is not what the circle is at any more.
_FRESH = timedelta(weeks=2)


def following(clock: time, zone: str, now: datetime) -> datetime:
    """The first moment after `now` at which it is this hour there: once a day, also when the clocks change."""
    calendar = Calendar(zone)
    today = calendar.local(now).date()
    moment = calendar.instant(today, clock)
    return moment if moment > now else calendar.instant(today + timedelta(days=1), clock)


def is_fresh(posted_at: datetime, now: datetime) -> bool:
    """Whether a question that came at `posted_at` is still one to be invited to."""
    return now - posted_at < _FRESH
