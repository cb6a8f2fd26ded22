"""Records what became of a job: done, later, uncertain, refused, or failed through a mistake of our own."""

import logging
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.calls import CallResult, look_pauses
from bot.outbox.claims import ClaimedJob, reload_claim
from bot.outbox.failures import Failures
from bot.outbox.posted import forget_posted, give_to_lost
from bot.outbox.queue import Clock, Outbox
from bot.outbox.rate_limits import SEARCH_METHODS, RateLimits
from bot.outbox.refusals import GONE_PAUSES, OUR_ERROR, Response, response_to
from bot.outbox.sendable import CONVERSATION_OPERATIONS, UNSENT
from bot.outbox.states import do_again, end, has_older, wait_until, withdraw_older
from bot.outbox.timeouts import Timeouts
from bot.outbox.withdrawal import drop_job, withdraw_dependents, withdraw_unwanted
from bot.slack.errors import SlackLater, SlackRefused, SlackUncertain
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget
from db.session import Database

_log = logging.getLogger(__name__)


class Outcomes:
    """Writes the outcome of each claimed job. Raises `LeaseLost` where somebody else claimed it meanwhile."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        rate_limits: RateLimits,
        clock: SessionClock,
        steady: Clock,
        failures: Failures,
        timeouts: Timeouts,
    ) -> None:
        self._database, self._outbox, self._rate_limits = database, outbox, rate_limits
        self._clock, self._steady, self._failures, self._timeouts = clock, steady, failures, timeouts
        self._pauses = look_pauses(timeouts.looks)
        self._said: set[str] = set()

    def done(self, claimed: ClaimedJob, result: CallResult) -> None:
        """Slack did it. A message that must stand is verified a while later, and kept until then."""
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            target = session.get_one(OutboxTarget, claimed.target_id, with_for_update=True)
            if claimed.operation in CONVERSATION_OPERATIONS:
                _record_channel(session, target, result.channel)
            elif result.ts:
                self._record_message(session, job, target, result)
            for user, error in result.not_invited.items():
                self._failures.listeners.on_not_invited(session, target, user, error)
            if target.deleted_at is None and _may_show_older(session, job, claimed, target, result):
                do_again(job)
            else:
                self._finish(session, job, target)

    def _record_message(self, session: Session, job: OutboxJob, target: OutboxTarget, result: CallResult) -> None:
        """What is about a case or a round must stand, and what was tried more than once may be there twice."""
        target.channel, target.ts = result.channel, result.ts
        target.is_seen = self._outbox.seen_posts.came_early(result.channel or "", result.ts or "")
        if target.deleted_at:
            self._delete_after_all(session, target)
        elif target.subject is not None or job.attempts > 1:
            target.posted_at = now = self._clock(session)
            target.verify_at = now + self._timeouts.verify[0]

    def _delete_after_all(self, session: Session, target: OutboxTarget) -> None:
        """Its deletion may have been done before anybody knew where the message is."""
        deletion = select(OutboxJob.id).where(OutboxJob.target_id == target.id, OutboxJob.operation == "delete")
        if session.scalar(deletion.where(OutboxJob.state.in_(UNSENT)).limit(1)) is None:
            self._outbox.delete_message(session, target)

    def _finish(self, session: Session, job: OutboxJob, target: OutboxTarget) -> None:
        is_kept = job.operation == "post" and target.verify_at is not None and target.deleted_at is None
        if is_kept:
            forget_posted(session, target)
        end(job, "posted" if is_kept else "sent")
        withdraw_older(session, job)
        if target.deleted_at and target.ts is None:
            withdraw_dependents(session, target)

    def later(self, claimed: ClaimedJob, later: SlackLater) -> None:
        """Slack asks to call this method again later."""
        until = self._steady() + timedelta(seconds=later.seconds)
        if later.method == "chat.postMessage" and claimed.channel:
            self._rate_limits.delay_channel(claimed.channel, until)
        else:
            self._rate_limits.block_method(later.method, claimed.kind, until)
        self._postpone(claimed, timedelta(seconds=later.seconds), "ratelimited", later.method)

    def look_again(self, claimed: ClaimedJob) -> None:
        """It was not found in Slack: the next look comes after a longer pause."""
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            job.looks = claimed.looks + 1
            wait_until(job, self._clock(session) + self._pauses[job.looks])

    def uncertain(self, claimed: ClaimedJob, uncertain: SlackUncertain) -> None:
        """No usable answer came. A message is looked for; what can be repeated is repeated, with growing pauses."""
        _log.warning("outbox job %s (%s) is uncertain: %s", claimed.job_id, claimed.kind, uncertain)
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            job.error, job.method = "no answer", uncertain.method
            is_search = uncertain.method in SEARCH_METHODS
            is_searched_anew = claimed.kind in {"post", "file"} and not is_search
            pause = self._pauses[min(0 if is_searched_anew else claimed.looks, len(self._pauses) - 1)]
            job.looks = 0 if is_searched_anew else claimed.looks + (not is_search)
            wait_until(job, self._clock(session) + pause)

    def refused(self, claimed: ClaimedJob, refusal: SlackRefused) -> None:
        """Slack says no."""
        match response_to(claimed.kind, refusal.error):
            case Response.PAUSE_ALL:
                self._rate_limits.pause_all(self._steady() + self._timeouts.blocked)
                self._say_once(f"Slack refuses our token ({refusal.error}): install the app again; nothing is lost")
                self._postpone(claimed, self._timeouts.blocked, refusal.error, refusal.method)
            case Response.BLOCK_METHOD:
                until = self._steady() + self._timeouts.blocked
                self._rate_limits.block_method(refusal.method, claimed.kind, until)
                self._say_once(_missing_scope(refusal))
                self._postpone(claimed, self._timeouts.blocked, refusal.error, refusal.method, refusal.scope)
            case Response.SEARCH_AGAIN:
                self._postpone(claimed, self._pauses[0], refusal.error, refusal.method)
            case Response.ASK_AGAIN:
                self._believe_gone(claimed, refusal)
            case Response.GIVE_UP:
                self._give_up(claimed, refusal)
            case Response.TRY_AGAIN | Response.FAIL:
                self._fail_refused(claimed, refusal)

    def our_error(self, claimed: ClaimedJob, where: str) -> None:
        """A mistake of our own, at this place in the code: it is not tried again by itself."""
        _log.error("outbox job %s (%s) failed through a mistake of our own: %s", claimed.job_id, claimed.kind, where)
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            self._failures.fail(session, job, session.get_one(OutboxTarget, claimed.target_id), OUR_ERROR)

    def _fail_refused(self, claimed: ClaimedJob, refusal: SlackRefused) -> None:
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            target = session.get_one(OutboxTarget, claimed.target_id)
            if withdraw_unwanted(session, job, target, uncertain=claimed.uncertain):
                return
            if job.failed_at is None:
                _log.error("outbox job %s (%s) failed: Slack refuses: %s", job.id, claimed.kind, refusal)
            job.method = refusal.method
            _forget_attempt(job, claimed)
            self._failures.fail(session, job, target, refusal.error)

    def _give_up(self, claimed: ClaimedJob, refusal: SlackRefused) -> None:
        """There is nobody to show it to, so what should follow it is given up too."""
        _log.warning("outbox job %s (%s) is given up: %s", claimed.job_id, claimed.kind, refusal)
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            drop_job(session, job, self._clock(session))
            job.error, job.method = refusal.error, refusal.method

    def _believe_gone(self, claimed: ClaimedJob, refusal: SlackRefused) -> None:
        """The message, or the first one of its thread, is not there; the last time that is said, it is gone."""
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            target = session.get_one(OutboxTarget, claimed.target_id, with_for_update=True)
            is_about_itself = claimed.kind in {"update", "delete"}
            missing = target if is_about_itself else session.get_one(OutboxTarget, target.thread_target_id)
            _forget_attempt(job, claimed)
            if claimed.kind == "delete":
                self._believe_deleted(session, job, target)
                return
            if is_about_itself and give_to_lost(session, job, target):
                return
            if missing.verify_at is not None:
                missing.verify_at = self._clock(session)
                wait_until(job, self._clock(session) + self._timeouts.verify[1])
                return
            times = job.looks if job.error == refusal.error else 0
            if times < len(GONE_PAUSES):
                job.looks, job.error, job.method = times + 1, refusal.error, refusal.method
                wait_until(job, self._clock(session) + GONE_PAUSES[times])
                return
            end(job, "withdrawn", refusal.error)
            self._failures.listeners.on_deleted(session, missing)
            if missing is not target:
                withdraw_dependents(session, missing)

    def _believe_deleted(self, session: Session, job: OutboxJob, target: OutboxTarget) -> None:
        """It may be gone already; but what was posted a moment ago, Slack may not have stored yet."""
        now = self._clock(session)
        if target.posted_at and now < target.posted_at + sum(self._timeouts.verify, timedelta()):
            wait_until(job, now + GONE_PAUSES[0])
        else:
            end(job, "sent")

    def _postpone(
        self, claimed: ClaimedJob, wait: timedelta, error: str, method: str, scope: str | None = None
    ) -> None:
        with self._database.writing(wakes=False) as session:
            job = reload_claim(session, claimed)
            target = session.get_one(OutboxTarget, claimed.target_id)
            if withdraw_unwanted(session, job, target, uncertain=claimed.uncertain):
                return
            job.error, job.method, job.scope = error, method, scope
            wait_until(job, self._clock(session) + wait)
            _forget_attempt(job, claimed)

    def _say_once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            _log.error("%s", line)


def _may_show_older(
    session: Session, job: OutboxJob, claimed: ClaimedJob, target: OutboxTarget, result: CallResult
) -> bool:
    """Whether the change went to a copy that is not kept, or what was found may be of an older state."""
    if claimed.kind == "update":
        return target.ts != claimed.ts
    return result.is_found and (target.is_reposted or has_older(session, job))


def _record_channel(session: Session, target: OutboxTarget, channel: str | None) -> None:
    """The target made this channel: every target inside gets its id."""
    target.channel = channel
    for inside in session.scalars(select(OutboxTarget).where(OutboxTarget.channel_target_id == target.id)):
        inside.channel = channel


def _forget_attempt(job: OutboxJob, claimed: ClaimedJob) -> None:
    """Slack refused this attempt, so only an earlier uncertain one can have left something in Slack."""
    if not claimed.uncertain:
        job.first_tried_at = None


def _missing_scope(refusal: SlackRefused) -> str:
    scope = refusal.scope or "a scope"
    return (
        f"Slack refuses {refusal.method} ({refusal.error}): {scope} is missing. Update the app with the manifest and "
        "install it again; only what needs this waits meanwhile"
    )
