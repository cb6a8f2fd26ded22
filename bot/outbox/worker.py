"""Sends outbox jobs to Slack: claims a job in one transaction, calls Slack outside any, records in another.

Several threads may send at once (`schedules/workers.py`), and several processes too. An uncertain job is looked up in
Slack, by the random id in its metadata, before it is sent again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.claims import ClaimedJob, Claims, LeaseLost
from bot.outbox.queue import Clock, Outbox
from bot.outbox.rate_limits import RateLimits
from bot.slack.client import SlackClient
from bot.slack.errors import SlackLater, SlackRefused, SlackUncertain
from db.models import OutboxJob, OutboxTarget
from db.session import Database

_log = logging.getLogger(__name__)
# How far our clock may differ from Slack's.
_CLOCK_SKEW = timedelta(minutes=5)
# Slack refuses the whole app with these, not this one job.
_APP_REFUSED = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope"}
UNREADABLE = "words_do_not_open"
# What a call of Slack taught us about its target, written in the transaction that ends the job.
_Record = Callable[[Session, OutboxTarget], None]


@dataclass(frozen=True)
class Timeouts:
    """How long things take.

    `call`: one call of Slack. `between_posts`: from one post in a channel to the next (Slack's limit). `history_delay`:
    how far Slack's history may lag behind. `lease`: how long nobody else claims a job; longer than two calls.
    `token_retry`: until a refused token is tried again.
    """

    call: timedelta = timedelta(seconds=15)
    between_posts: timedelta = timedelta(seconds=1)
    history_delay: timedelta = timedelta(seconds=5)
    lease: timedelta = timedelta(seconds=60)
    token_retry: timedelta = timedelta(seconds=60)


TIMEOUTS = Timeouts()


def _ignore(*_: object) -> None:
    """Nothing has to happen."""


@dataclass(frozen=True)
class DeliveryListeners:
    """What is called, in the transaction that records it, when Slack refuses something.

    `on_failed(session, target, operation, error)`: Slack refused for good. `on_not_invited(session, target, user,
    error)`: Slack refused one of the invited people. `on_deleted(session, target)`: somebody deleted this message.
    """

    on_failed: Callable[[Session, OutboxTarget, str, str], None] = _ignore
    on_not_invited: Callable[[Session, OutboxTarget, str, str], None] = _ignore
    on_deleted: Callable[[Session, OutboxTarget], None] = _ignore


class OutboxWorker:
    """Sends what `outbox` queued, until no job can be sent. Its own commits wake no other worker."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        slack: SlackClient,
        elapsed: Clock,
        listeners: DeliveryListeners,
        timeouts: Timeouts = TIMEOUTS,
    ) -> None:
        self._database, self._slack, self._elapsed = database, slack, elapsed
        self._listeners, self._timeouts = listeners, timeouts
        self._claims = Claims(database, outbox, elapsed, timeouts.lease, self._fail_unreadable)
        self._rate_limits, self._claiming = RateLimits(), Lock()

    def take_over_leases(self) -> None:
        """Look soon at what a process that is gone was sending. Only where no other process can be running."""
        self._claims.take_over_leases(self._elapsed() + self._timeouts.history_delay)

    def send_all(self) -> timedelta | None:
        """Send until no job can be sent; returns how long until one can, or None if nothing is unsent."""
        while self.send_one():
            pass
        return self.time_to_next()

    def send_one(self) -> bool:
        """Send one job that can be sent; returns whether there was one."""
        claimed = self.claim_jobs(1)
        for job in claimed:
            self.send_job(job)
        return bool(claimed)

    def claim_jobs(self, limit: int) -> list[ClaimedJob]:
        """Claim at most `limit` jobs for `send_job`, of which no two are for one channel: threads may share them."""
        with self._claiming:
            now = self._elapsed()
            if self._rate_limits.all_paused(now):
                return []
            claimed = self._claims.claim_jobs(limit, self._rate_limits.blocked(now), now)
            for job in claimed:
                self._rate_limits.occupy(job.channel)
            return claimed

    def send_job(self, job: ClaimedJob) -> None:
        """Send a claimed job, and record the result."""
        try:
            self._send(job)
        except LeaseLost:
            _log.warning("outbox job %s took too long, and another worker claimed it", job.job_id)
        finally:
            self._rate_limits.release(job.channel)

    def time_to_next(self) -> timedelta | None:
        """How long until a job may be sendable, or None if nothing is unsent."""
        now, next_due_at = self._elapsed(), self._claims.next_due_at()
        if next_due_at is None:
            return None
        ahead = [moment for moment in [next_due_at, *self._rate_limits.blocked_until(now)] if moment > now]
        return min(ahead) - now if ahead else self._timeouts.between_posts

    def _send(self, job: ClaimedJob) -> None:
        try:
            record = self._call_slack(job)
        except SlackLater as later:
            self._obey_rate_limit(job, later)
        except SlackUncertain as uncertain:
            self._mark_uncertain(job, str(uncertain))
        except SlackRefused as refusal:
            self._handle_refusal(job, refusal.error)
        else:
            self._mark_sent(job, record)

    def _call_slack(self, job: ClaimedJob) -> _Record:
        """Do the job in Slack; returns what has to be recorded of its target."""
        if job.operation == "channel":
            on_page = partial(self._claims.renew_lease, job)
            return partial(_record_channel, channel=self._slack.make_channel(job.body["name"], on_page))
        if job.operation in {"direct", "group"}:
            return partial(_record_channel, channel=self._slack.open_conversation(job.body["users"]))
        assert job.channel is not None, "a claim waits for the channel"
        return self._call_in_channel(job.channel, job)

    def _call_in_channel(self, channel: str, job: ClaimedJob) -> _Record:
        slack, body = self._slack, job.body
        match job.operation:
            case "post":
                return self._post_or_update(job, channel)
            case "home":
                slack.publish_home(channel, body)
            case "file":
                self._upload_file(job, channel)
            case "invite":
                return partial(self._report_not_invited, slack.invite_users(channel, body["users"]))
            case "remove":
                slack.remove_user(channel, body["user"])
            case "archive":
                slack.archive_channel(channel)
            case "delete" if job.ts:
                slack.delete_message(channel, job.ts)
        return _ignore

    def _upload_file(self, job: ClaimedJob, channel: str) -> None:
        """A file carries no metadata: its name tells whether an uncertain attempt uploaded it."""
        name, on_page = job.body["name"], partial(self._claims.renew_lease, job)
        since = job.first_tried_at - _CLOCK_SKEW
        if not (job.uncertain and self._slack.has_file(channel, name, since, on_page)):
            self._slack.upload_file(channel, name, job.body["text"], job.body["note"])

    def _post_or_update(self, job: ClaimedJob, channel: str) -> _Record:
        if job.ts is not None:
            self._slack.update_message(channel, job.ts, job.body)
            return _ignore
        if job.uncertain and (ts := self._find_message(job, channel)):
            return partial(_record_message, channel=channel, ts=ts)
        self._rate_limits.delay_channel(channel, self._elapsed() + self._timeouts.between_posts)
        channel, ts = self._slack.post_message(channel, job.body, thread=job.thread_ts, marker=job.target_id)
        return partial(_record_message, channel=channel, ts=ts)

    def _find_message(self, job: ClaimedJob, channel: str) -> str | None:
        since, on_page = job.first_tried_at - _CLOCK_SKEW, partial(self._claims.renew_lease, job)
        return self._slack.find_message(
            channel, thread=job.thread_ts, marker=job.target_id, since=since, on_page=on_page
        )

    def _mark_sent(self, claimed: ClaimedJob, record: _Record) -> None:
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, claimed)
            record(session, session.get_one(OutboxTarget, claimed.target_id))
            _finish(job, "sent")

    def _report_not_invited(self, refused: dict[str, str], session: Session, target: OutboxTarget) -> None:
        for user, error in refused.items():
            self._listeners.on_not_invited(session, target, user, error)

    def _obey_rate_limit(self, claimed: ClaimedJob, later: SlackLater) -> None:
        until = self._elapsed() + timedelta(seconds=later.seconds)
        if later.method == "chat.postMessage" and claimed.channel:
            self._rate_limits.delay_channel(claimed.channel, until)
        elif claimed.kind != "post":
            self._rate_limits.block_kind(claimed.kind, until)
        self._postpone(claimed, until - self._elapsed())

    def _postpone(self, claimed: ClaimedJob, wait: timedelta) -> None:
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, claimed)
            is_sure = claimed.operation == "post" and not claimed.uncertain
            if is_sure and session.get_one(OutboxTarget, claimed.target_id).deleted_at:
                _finish(job, "withdrawn")
                return
            job.state, job.not_before, job.lease_until = "waiting", self._elapsed() + wait, None
            _forget_attempt(job, claimed)

    def _mark_uncertain(self, claimed: ClaimedJob, reason: str) -> None:
        _log.warning("outbox job %s is uncertain, will look in Slack before sending again: %s", claimed.job_id, reason)
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, claimed)
            job.lease_until, job.error = self._elapsed() + self._timeouts.history_delay, "no answer"

    def _handle_refusal(self, claimed: ClaimedJob, error: str) -> None:
        if error in _APP_REFUSED:
            _log.error("Slack refuses the app (%s); nothing is lost, trying again each minute", error)
            self._rate_limits.pause_all(self._elapsed() + self._timeouts.token_retry)
            self._postpone(claimed, self._timeouts.token_retry)
            return
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, claimed)
            target = session.get_one(OutboxTarget, claimed.target_id)
            if error == "message_not_found" or claimed.operation == "home":
                _finish(job, "withdrawn", error)
                if claimed.kind == "update":
                    self._listeners.on_deleted(session, target)
                return
            _log.error("outbox job %s (%s) failed: Slack refuses with %s", job.id, claimed.operation, error)
            _forget_attempt(job, claimed)
            self._mark_failed(session, job, target, error)

    def _fail_unreadable(self, session: Session, job: OutboxJob, target: OutboxTarget) -> None:
        self._mark_failed(session, job, target, UNREADABLE)

    def _mark_failed(self, session: Session, job: OutboxJob, target: OutboxTarget, error: str) -> None:
        """A person must act. No listener hears of a direct conversation (the notice would fail too) or of a Home."""
        job.state, job.error, job.lease_until = "failed", error, None
        if job.operation not in {"direct", "home"}:
            self._listeners.on_failed(session, target, job.operation, error)


def _record_channel(session: Session, target: OutboxTarget, *, channel: str) -> None:
    """The target made this channel: every target inside gets its id."""
    target.channel = channel
    for inside in session.scalars(select(OutboxTarget).where(OutboxTarget.channel_target_id == target.id)):
        inside.channel = channel


def _record_message(_session: Session, target: OutboxTarget, *, channel: str, ts: str) -> None:
    target.channel, target.ts = channel, ts


def _forget_attempt(job: OutboxJob, claimed: ClaimedJob) -> None:
    """Slack refused this attempt, so only an earlier uncertain one can have left something in Slack."""
    if not claimed.uncertain:
        job.first_tried_at = None


def _finish(job: OutboxJob, state: str, error: str | None = None) -> None:
    job.state, job.body, job.lease_until, job.error = state, None, None, error
