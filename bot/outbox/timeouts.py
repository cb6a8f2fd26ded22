"""How long the outbox waits for what."""

from dataclasses import dataclass
from datetime import timedelta

# How far the clock of the database may differ from Slack's.
CLOCK_SKEW = timedelta(minutes=15)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Timeouts:
    """How long things take.

    `call`: one call of Slack. `between_posts`: from one post in a channel to the next (Slack's limit). `looks`: when an
    uncertain job is looked for in Slack, counted from the attempt; after the last look it is sent again. `lease`: how
    long nobody else claims a job; longer than two calls. `blocked`: until a refused token or method is tried again.
    `verify`: from posting a message to looking whether Slack really shows it, and from there to the second look that
    decides.
    """

    call: timedelta = 15 * _SECOND
    between_posts: timedelta = _SECOND
    looks: tuple[timedelta, ...] = (5 * _SECOND, 20 * _SECOND, 60 * _SECOND, 180 * _SECOND)
    lease: timedelta = 60 * _SECOND
    blocked: timedelta = 45 * _SECOND
    verify: tuple[timedelta, timedelta] = (60 * _SECOND, 120 * _SECOND)


TIMEOUTS = Timeouts()
