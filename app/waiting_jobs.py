"""Outbox jobs that could be sent and are not: the sign of a fault that nothing else shows."""

from datetime import timedelta
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from db.clock import SessionClock
from db.queries import outbox
from db.session import Database

# A job that could be sent for so long is noted, and is stuck if it is still there so many seconds later. A job whose
# turn has just come in a busy channel (Slack takes one post a second) is not there the next time.
NOTED_FROM: Final = timedelta(seconds=10)
STUCK_SECONDS: Final = 14.0
_MOST: Final = 200


class WaitingJobs:
    """Looks now and then which jobs could be sent. `clock` is the database's, by which jobs wait."""

    def __init__(self, database: Database, clock: SessionClock) -> None:
        self._database, self._clock = database, clock
        self._noted: dict[int, float] = {}

    def oldest(self) -> timedelta:
        """For how long some job could have been sent; no time if there is none, or we cannot see."""
        return max(self._ages().values(), default=timedelta())

    def stuck_for(self) -> timedelta | None:
        """For how long the oldest job has been stuck; None if none is. To be called every few seconds."""
        ages, now = self._ages(), monotonic()
        self._noted = {job: self._noted.get(job, now) for job, age in ages.items() if age >= NOTED_FROM}
        return max((ages[job] for job, since in self._noted.items() if now - since >= STUCK_SECONDS), default=None)

    def _ages(self) -> dict[int, timedelta]:
        try:
            with self._database.reading() as session:
                now = self._clock(session)
                return {job: now - since for job, since in outbox.sendable_since(session, now, _MOST).items()}
        except SQLAlchemyError:
            return {}
