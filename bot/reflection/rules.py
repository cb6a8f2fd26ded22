"""Rules of the weekly question: sharing without a name, invitations, and how long words are kept unasked.

A few people are easily told apart by what they write. So sharing without a name is offered in larger circles only,
texts of several people appear at once, and those of one person alone are not posted.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.core.calendar import Calendar

FEWEST_MEMBERS = 12
FEWEST_WRITERS = 2
# A round lasts until the next question, a week at most.
NAMELESS_WAIT = timedelta(weeks=1)
# A question that is older is not what the circle talks about any more.
_RECENT = timedelta(weeks=2)
A_YEAR = timedelta(days=365)
# The states of a text whose writer chose what becomes of it, and that is still theirs: it can become an insight.
DECIDED_STATES = ("kept", "sent", "shared")
# The states of a text whose writer did not choose yet.
UNDECIDED_STATES = ("draft", "undecided")


class HeldBack(StrEnum):
    """Why what waited is not posted, and goes back to its writers: one writer, too few members, or no thread."""

    ALONE = "alone"
    FEWER = "fewer"
    GONE = "gone"


def may_be_nameless(members: int, posted_at: datetime, now: datetime, *, is_latest: bool) -> bool:
    """Whether an answer can still wait to be shared without a name.

    `members` of the circle; `posted_at` is when the round came, and `is_latest` whether no other came since.
    """
    return members >= FEWEST_MEMBERS and is_latest and now < posted_at + NAMELESS_WAIT


def reason_held_back(writers: int, members: int, *, has_thread: bool) -> HeldBack | None:
    """Why texts of so many writers cannot be posted in a circle with so many members now; None where they can.

    Two texts of one person are as easily guessed as one; and each member who left is one fewer possible writer.
    """
    if not has_thread:
        return HeldBack.GONE
    if members < FEWEST_MEMBERS:
        return HeldBack.FEWER
    return HeldBack.ALONE if writers < FEWEST_WRITERS else None


def next_invitation_at(clock: time, zone: str, now: datetime) -> datetime:
    """The first moment after `now` at which it is this hour in this zone: once a day, also when the clocks change."""
    calendar = Calendar(zone)
    today = calendar.local(now).date()
    moment = calendar.instant(today, clock)
    return moment if moment > now else calendar.instant(today + timedelta(days=1), clock)


def is_recent(posted_at: datetime, now: datetime) -> bool:
    """Whether members are still invited to a question that came at `posted_at`."""
    return now - posted_at < _RECENT


def ask_again_at(now: datetime) -> datetime:
    """When a member who keeps words now is asked whether they may stay."""
    return now + A_YEAR
