"""Sharing without a name: when it may be offered, and when it is posted.

Few people are easily told apart by what they write. So it is offered in larger circles only, several texts appear at
once, and one that would stand alone does not.
"""

from datetime import datetime, timedelta

FEWEST_MEMBERS = 12
FEWEST_TOGETHER = 2
# A round lasts until the next question, a week at most.
LASTS = timedelta(weeks=1)


def is_offered(members: int, posted_at: datetime, now: datetime, *, is_latest: bool) -> bool:
    """Whether an answer can still wait for others: in a circle of so many, to a round of then, the latest or not."""
    return members >= FEWEST_MEMBERS and is_latest and now < posted_at + LASTS
