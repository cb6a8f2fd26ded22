"""Sharing without a name: when it may be offered, and when it is posted.

Few people are easily told apart by what they write. So it is offered in larger circles only, texts of several people
appear at once, and those of one person alone do not.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.core.calendar import Calendar

FEWEST_MEMBERS = 12
FEWEST_WRITERS = 2
# A round lasts until the next question, a week at most.
NAMELESS_WAIT = timedelta(weeks=1)


class HeldBack(StrEnum):
    """Why what waited is not posted, and goes back to who wrote it."""

    ALONE = "alone"
    FEWER = "fewer"
    GONE = "gone"


def may_be_nameless(members: int, posted_at: datetime, now: datetime, *, is_latest: bool) -> bool:
    """Whether an answer can still wait for others: in a circle of so many, to a round of then, the latest or not."""
    return members >= FEWEST_MEMBERS and is_latest and now < posted_at + NAMELESS_WAIT


def reason_held_back(writers: int, members: int, *, has_thread: bool) -> HeldBack | None:
    """Why texts of so many people cannot appear in a circle that has so many members now; None where they can.

    Two texts of one person are as easily guessed as one; and who left is one less who could have written them.
    """
    if not has_thread:
        return HeldBack.GONE
    if members < FEWEST_MEMBERS:
        return HeldBack.FEWER
    return HeldBack.ALONE if writers < FEWEST_WRITERS else None


# A question of longer ago is not what the circle is at any more.
_FRESH = timedelta(weeks=2)


def next_invitation_at(clock: time, zone: str, now: datetime) -> datetime:
    """The first moment after `now` at which it is this hour there: once a day, also when the clocks change."""
    calendar = Calendar(zone)
    today = calendar.local(now).date()
    moment = calendar.instant(today, clock)
    return moment if moment > now else calendar.instant(today + timedelta(days=1), clock)


def is_recent(posted_at: datetime, now: datetime) -> bool:
    """Whether a question that came at `posted_at` is still one to be invited to."""
    return now - posted_at < _FRESH


A_YEAR = timedelta(days=365)


def ask_again_at(now: datetime) -> datetime:
    """When somebody who keeps words now is asked whether they may stay."""
    return now + A_YEAR


# What it can be made of: a text whose writer chose what becomes of it, and that is still theirs.
DECIDED_STATES = ("kept", "sent", "shared")
