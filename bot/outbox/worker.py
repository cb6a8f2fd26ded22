"""Sends outbox jobs to Slack: claims a job in one transaction, calls Slack outside any, records in another.

Several threads may send at once (`schedules/workers.py`), and several processes too. An uncertain job is looked up in
Slack, by the random id in its metadata, before it is sent again.
"""

import logging
from datetime import timedelta
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from bot.outbox.calls import CallResult, LookAgain, SlackCalls
from bot.outbox.claims import ClaimedJob, Claims, LeaseLost
from bot.outbox.failures import DeliveryListeners, Failures
from bot.outbox.outcomes import Outcomes
from bot.outbox.queue import Clock, Outbox
from bot.outbox.rate_limits import RateLimits
from bot.outbox.timeouts import TIMEOUTS, Timeouts
from bot.outbox.verification import PlaceToVerify, Verification
from bot.settings.log import code_place
from bot.slack.client import SlackClient
from bot.slack.errors import SlackLater, SlackRefused, SlackUncertain
from db.session import Database

_log = logging.getLogger(__name__)


class OutboxWorker:
    """Sends what `outbox` queued, until no job can be sent. Its own commits wake no other worker.

    Leases are judged by the clock of `outbox`, the database's; `steady` is one that nobody can set.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        slack: SlackClient,
        steady: Clock,
        listeners: DeliveryListeners,
        timeouts: Timeouts = TIMEOUTS,
    ) -> None:
        self._database, self._steady, self._timeouts = database, steady, timeouts
        self._rate_limits, self._claiming = RateLimits(), Lock()
        clock, failures = outbox.clock, Failures(outbox.clock, listeners)
        self._claims = Claims(database, outbox, clock, timeouts.lease, failures)
        self._outcomes = Outcomes(database, outbox, self._rate_limits, clock, steady, failures, timeouts)
        self.calls = SlackCalls(slack, self._claims, self._rate_limits, steady, timeouts)
        self._verification = Verification(database, self.calls, self._rate_limits, clock, steady, failures, timeouts)

    def take_over_leases(self) -> None:
        """Look soon at what processes that are gone were sending."""
        self._claims.take_over_leases(self._timeouts.looks[0])

    def send_all(self) -> timedelta | None:
        """Send and verify until nothing can be; returns how long until something can, or None if nothing is unsent."""
        while self.send_one() or self.verify_one():
            pass
        return self.time_to_next()

    def send_one(self) -> bool:
        """Send one job that can be sent; returns whether there was one."""
        claimed = self.claim_jobs(1)
        for job in claimed:
            self.send_job(job)
        return bool(claimed)

    def verify_one(self) -> bool:
        """Verify what was posted in one place, where it is time to; returns whether there was one."""
        places = self.claim_places(1)
        for place in places:
            self.verify(place)
        return bool(places)

    def claim_jobs(self, limit: int) -> list[ClaimedJob]:
        """Claim at most `limit` jobs for `send_job`, of which no two are for one channel: threads may share them."""
        with self._claiming:
            now = self._steady()
            if self._rate_limits.all_paused(now):
                return []
            claimed = self._claims.claim_jobs(limit, self._rate_limits.blocked(now))
            for job in claimed:
                self._rate_limits.occupy(job.channel)
            return claimed

    def claim_places(self, limit: int) -> list[PlaceToVerify]:
        """Claim at most `limit` places for `verify`."""
        now = self._steady()
        if self._rate_limits.all_paused(now) or not self._rate_limits.blocked(now).may_search:
            return []
        return self._verification.claim_places(limit)

    def verify(self, place: PlaceToVerify) -> None:
        """Look whether Slack shows what it said it posted in this claimed place."""
        self._verification.verify(place)

    def send_job(self, job: ClaimedJob) -> None:
        """Send a claimed job, and record the result."""
        try:
            self._send(job)
        except LeaseLost:
            _log.warning("outbox job %s took too long, and another worker claimed it", job.job_id)
        finally:
            self._rate_limits.release(job.channel)

    def has_unsent_jobs(self) -> bool:
        """True while something waits to be sent, or is being sent."""
        return self._claims.has_unsent_jobs()

    def time_to_next(self) -> timedelta | None:
        """How long until a job may be sendable or a message is verified, or None if there is nothing of the kind."""
        now = self._steady()
        waits = [wait for wait in (self._claims.time_to_next(), self._verification.time_to_next()) if wait is not None]
        if not waits:
            return None
        waits += [until - now for until in self._rate_limits.blocked_until(now)]
        return min((wait for wait in waits if wait > timedelta()), default=self._timeouts.between_posts)

    def _send(self, job: ClaimedJob) -> None:
        try:
            result = self.calls.perform(job)
        except LookAgain:
            self._outcomes.look_again(job)
        except SlackLater as later:
            self._outcomes.later(job, later)
        except SlackUncertain as uncertain:
            self._outcomes.uncertain(job, uncertain)
        except SlackRefused as refusal:
            self._outcomes.refused(job, refusal)
        except (LeaseLost, SQLAlchemyError):
            raise
        except Exception as mistake:  # noqa: BLE001 (one job fails, and it is said; the others go on)
            self._outcomes.our_error(job, code_place(mistake))
        else:
            self._record(job, result)

    def _record(self, job: ClaimedJob, result: CallResult) -> None:
        try:
            self._outcomes.done(job, result)
        except LeaseLost:
            if result.channel and result.ts:
                # Somebody else may have posted it too, since we took longer than our lease.
                self._verification.delete_own(job.target_id, result.channel, result.ts)
            raise
