"""Carrying errands to Slack: claim one in a transaction, call Slack outside any, record in another.

Several threads may carry at once (`schedules/workers.py`), several processes too. One errand in doubt is looked up in
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
from bot.slack.client import SlackClient, SlackLater, SlackRefused, SlackUncertain
from db.models import OutboxJob, OutboxTarget
from db.session import Database

_log = logging.getLogger(__name__)
_SKEW = timedelta(minutes=5)
_WHOLE_APP = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope"}
DO_NOT_OPEN = "words_do_not_open"


@dataclass(frozen=True)
class Timeouts:
    """How long what may take.

    `call`: one call of Slack. `pace`: between two posts in a channel (Slack's limit). `lag`: how far Slack's history
    may be behind. `lease`: how long nobody else takes up what one carries; it is longer than two calls. `pause`: until
    a token that was refused is tried again.
    """

    call: timedelta = timedelta(seconds=15)
    pace: timedelta = timedelta(seconds=1)
    lag: timedelta = timedelta(seconds=5)
    lease: timedelta = timedelta(seconds=60)
    pause: timedelta = timedelta(seconds=60)


TIMEOUTS = Timeouts()


def _nobody(*_: object) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class DeliveryListeners:
    """Who is told what Slack refused, in the transaction that notes it.

    `parked(session, post, operation, error)`: for good; `left_out(session, post, user, error)`: one of the people
    invited; `lost(session, post)`: somebody took this message away.
    """

    on_failed: Callable[[Session, OutboxTarget, str, str], None] = _nobody
    on_not_invited: Callable[[Session, OutboxTarget, str, str], None] = _nobody
    on_deleted: Callable[[Session, OutboxTarget], None] = _nobody


class OutboxWorker:
    """Carries what `outbox` queued, until nothing is ready; so its own commits need not wake it, and do not."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        slack: SlackClient,
        elapsed: Clock,
        told: DeliveryListeners,
        timeouts: Timeouts = Timeouts(),
    ) -> None:
        self._database, self._slack, self._elapsed = database, slack, elapsed
        self._told, self._timeouts = told, timeouts
        self._claims = Claims(database, outbox, elapsed, timeouts.lease, self._sealed)
        self._holds, self._claiming = RateLimits(), Lock()

    def take_over_leases(self) -> None:
        """A process that is gone was sending: look soon what became of it. Only where no other process can be alive."""
        self._claims.take_over_leases(self._elapsed() + self._timeouts.lag)

    def send_all(self) -> timedelta | None:
        """Carry until nothing is ready; returns how long until something will be, or None if nothing waits."""
        while self.send_one():
            pass
        return self.time_to_next()

    def send_one(self) -> bool:
        """Carry one errand that is ready; returns whether there was one."""
        loads = self.claim_jobs(1)
        for load in loads:
            self.send_job(load)
        return bool(loads)

    def claim_jobs(self, most: int) -> list[ClaimedJob]:
        """At most `most` errands to `carry`, each in a thread of its own if one likes: no two are for one channel."""
        with self._claiming:
            now = self._elapsed()
            if self._holds.all_paused(now):
                return []
            loads = self._claims.claim_jobs(most, self._holds.blocked(now), now)
            for load in loads:
                self._holds.occupy(load.channel)
            return loads

    def send_job(self, load: ClaimedJob) -> None:
        """Do what was claimed, and record what came of it."""
        try:
            self._carry(load)
        except LeaseLost:
            _log.warning("errand %s took too long, and was taken up by another", load.job)
        finally:
            self._holds.release(load.channel)

    def time_to_next(self) -> timedelta | None:
        """How long until something may be ready, or None if nothing waits."""
        now, soonest = self._elapsed(), self._claims.next_due_at()
        if soonest is None:
            return None
        ahead = [moment for moment in [soonest, *self._holds.blocked_until(now)] if moment > now]
        return min(ahead) - now if ahead else self._timeouts.pace

    def _carry(self, load: ClaimedJob) -> None:
        try:
            note = self._perform(load)
        except SlackLater as later:
            self._come_back(load, later)
        except SlackUncertain as doubt:
            self._leave_in_doubt(load, str(doubt))
        except SlackRefused as refusal:
            self._give_up(load, refusal.error)
        else:
            self._record(load, note)

    def _perform(self, load: ClaimedJob) -> Callable[[Session, OutboxTarget], None]:
        """Do it in Slack; what comes back notes in the database what is known now."""
        if load.operation == "channel":
            still = partial(self._claims.renew_lease, load)
            return partial(_made, channel=self._slack.make_channel(load.body["name"], still))
        if load.operation in {"direct", "group"}:
            return partial(_made, channel=self._slack.open_conversation(load.body["users"]))
        assert load.channel is not None, "the claim waits for the channel"
        return self._perform_in(load.channel, load)

    def _perform_in(self, channel: str, load: ClaimedJob) -> Callable[[Session, OutboxTarget], None]:
        slack, body = self._slack, load.body
        match load.operation:
            case "post":
                return self._post_or_update(load, channel)
            case "home":
                slack.publish_home(channel, body)
            case "file":
                self._upload(load, channel)
            case "invite":
                return partial(self._tell_left_out, slack.invite_users(channel, body["users"]))
            case _:
                self._put_away(load, channel)
        return _nobody

    def _put_away(self, load: ClaimedJob, channel: str) -> None:
        match load.operation:
            case "remove":
                self._slack.remove_user(channel, load.body["user"])
            case "archive":
                self._slack.archive_channel(channel)
            case "delete" if load.ts:
                self._slack.delete_message(channel, load.ts)

    def _upload(self, load: ClaimedJob, channel: str) -> None:
        """A file carries no mark of ours: its name tells whether it is there already."""
        name, still = load.body["name"], partial(self._claims.renew_lease, load)
        if not (load.doubted and self._slack.has_file(channel, name, load.since - _SKEW, still)):
            self._slack.upload_file(channel, name, load.body["text"], load.body["note"])

    def _post_or_update(self, load: ClaimedJob, channel: str) -> Callable[[Session, OutboxTarget], None]:
        if load.ts is not None:
            self._slack.update_message(channel, load.ts, load.body)
            return _nobody
        if load.doubted:
            since, still = load.since - _SKEW, partial(self._claims.renew_lease, load)
            found = self._slack.find_message(channel, thread=load.thread, marker=load.post, since=since, still=still)
            if found:
                return partial(_stands, channel=channel, ts=found)
        self._holds.delay_channel(channel, self._elapsed() + self._timeouts.pace)
        stands, ts = self._slack.post_message(channel, load.body, thread=load.thread, marker=load.post)
        return partial(_stands, channel=stands, ts=ts)

    def _record(self, load: ClaimedJob, note: Callable[[Session, OutboxTarget], None]) -> None:
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, load)
            note(session, session.get_one(OutboxTarget, load.post))
            _end(job, "sent")

    def _tell_left_out(self, refused: dict[str, str], session: Session, post: OutboxTarget) -> None:
        for user, error in refused.items():
            self._told.on_not_invited(session, post, user, error)

    def _come_back(self, load: ClaimedJob, later: SlackLater) -> None:
        until = self._elapsed() + timedelta(seconds=later.seconds)
        if later.method == "chat.postMessage" and load.channel:
            self._holds.delay_channel(load.channel, until)
        elif load.kind != "post":
            self._holds.block_kind(load.kind, until)
        self._postpone(load, until - self._elapsed())

    def _postpone(self, load: ClaimedJob, wait: timedelta) -> None:
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, load)
            if load.operation == "post" and not load.doubted and session.get_one(OutboxTarget, load.post).deleted_at:
                _end(job, "withdrawn")
                return
            job.state, job.not_before, job.lease_until = "waiting", self._elapsed() + wait, None
            _clear(job, load)

    def _leave_in_doubt(self, load: ClaimedJob, why: str) -> None:
        _log.warning("no answer from Slack, will look before trying again: %s", why)
        with self._database.writing(wakes=False) as session:
            job = self._claims.reload_claim(session, load)
            job.lease_until, job.error = self._elapsed() + self._timeouts.lag, "no answer"

    def _give_up(self, load: ClaimedJob, error: str) -> None:
        if error in _WHOLE_APP:
            _log.error("Slack does not let us in (%s); nothing is lost, trying again each minute", error)
            self._holds.pause_all(self._elapsed() + self._timeouts.pause)
            self._postpone(load, self._timeouts.pause)
            return
        with self._database.writing(wakes=False) as session:
            job, post = self._claims.reload_claim(session, load), session.get_one(OutboxTarget, load.post)
            if error == "message_not_found" or load.operation == "home":
                _end(job, "withdrawn", error)
                if load.kind == "update":
                    self._told.on_deleted(session, post)
                return
            _log.error("Slack refuses %s for post %s: %s", load.operation, post.id, error)
            _clear(job, load)
            self._park(session, job, post, error)

    def _sealed(self, session: Session, job: OutboxJob, post: OutboxTarget) -> None:
        self._park(session, job, post, DO_NOT_OPEN)

    def _park(self, session: Session, job: OutboxJob, post: OutboxTarget, error: str) -> None:
        """A person must act. Not told where telling would go the same way, or nobody would miss it."""
        job.state, job.error, job.lease_until = "failed", error, None
        if job.operation not in {"direct", "home"}:
            self._told.on_failed(session, post, job.operation, error)


def _made(session: Session, post: OutboxTarget, *, channel: str) -> None:
    """The post made this channel: all that waits for it knows where it goes."""
    post.channel = channel
    for child in session.scalars(select(OutboxTarget).where(OutboxTarget.channel_target_id == post.id)):
        child.channel = channel


def _stands(_session: Session, post: OutboxTarget, *, channel: str, ts: str) -> None:
    post.channel, post.ts = channel, ts


def _clear(job: OutboxJob, load: ClaimedJob) -> None:
    """Slack said no to this attempt: only an earlier one can have left something there."""
    if not load.doubted:
        job.first_tried_at = None


def _end(job: OutboxJob, state: str, error: str | None = None) -> None:
    job.state, job.body, job.lease_until, job.error = state, None, None, error
