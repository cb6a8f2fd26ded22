"""Looks whether Slack really shows what it said it posted, and that it shows it once.

A while after posting, all messages of one channel or thread that are due are looked for in one call. What is not there
at two looks is posted again, once; never what a person may have taken down. Of two copies one is deleted, after the
replies under it were read.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from bot.outbox.calls import SlackCalls
from bot.outbox.failures import Failures
from bot.outbox.posted import posted_job
from bot.outbox.queue import Clock
from bot.outbox.rate_limits import RateLimits
from bot.outbox.refusals import NOT_IN_SLACK, STANDS_TWICE
from bot.outbox.states import do_again, end
from bot.outbox.timeouts import CLOCK_SKEW, Timeouts
from bot.slack.errors import SlackError, SlackLater, SlackRefused
from bot.slack.types import Copy
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget, Workspace
from db.session import Database

_log = logging.getLogger(__name__)
# How many messages are looked for at once.
_MOST = 200
_AFTER_ERROR, _GIVEN_UP = timedelta(seconds=30), timedelta(days=1)


@dataclass(frozen=True)
class PlaceToVerify:
    """A channel, or one thread in it, with the targets that are looked for there; none is older than `since`."""

    channel: str
    thread_ts: str | None
    target_ids: frozenset[str]
    since: datetime


class Verification:
    """Verifies posted messages. `calls.slack` is the client."""

    def __init__(
        self,
        database: Database,
        calls: SlackCalls,
        rate_limits: RateLimits,
        clock: SessionClock,
        steady: Clock,
        failures: Failures,
        timeouts: Timeouts,
    ) -> None:
        self._database, self._calls, self._rate_limits = database, calls, rate_limits
        self._clock, self._steady, self._failures, self._timeouts = clock, steady, failures, timeouts

    def claim_places(self, limit: int) -> list[PlaceToVerify]:
        """At most `limit` places in which messages are to be verified now; nobody else gets them for a while."""
        with self._database.reading() as session:
            if not session.scalar(_due(self._clock(session)).limit(1)):
                return []
        with self._database.writing(wakes=False) as session:
            now, root = self._clock(session), aliased(OutboxTarget)
            due = _due(now).add_columns(root).outerjoin(root, root.id == OutboxTarget.thread_target_id)
            found = due.order_by(OutboxTarget.verify_at).limit(_MOST)
            places: dict[tuple[str, str | None], list[OutboxTarget]] = {}
            for target, root_target in session.execute(found.with_for_update(skip_locked=True, of=OutboxTarget)):
                place = (target.channel or "", root_target.ts if root_target else None)
                if place in places or len(places) < limit:
                    places.setdefault(place, []).append(target)
                    target.verify_at = now + self._timeouts.lease
            return [_place(session, *place, targets) for place, targets in places.items()]

    def time_to_next(self) -> timedelta | None:
        """How long until the next place is to be verified, which may be past; None if none is."""
        with self._database.reading() as session:
            next_at = session.scalar(select(func.min(OutboxTarget.verify_at)))
            return next_at - self._clock(session) if next_at else None

    def verify(self, place: PlaceToVerify) -> None:
        """Look in a claimed place, and mend what is not as it should be."""
        since = place.since - CLOCK_SKEW
        try:
            found = self._calls.slack.find_copies(place.channel, place.thread_ts, place.target_ids, since, lambda: None)
        except SlackError as error:
            self._put_off(place.target_ids, error, self._settle)
            return
        for target_id in place.target_ids:
            try:
                self._verify_target(target_id, found.get(target_id, ()))
            except SlackError as error:
                self._put_off({target_id}, error, self._fail_doubled)
                if isinstance(error, SlackLater):
                    # It would say the same of the others: they are claimed again when this claim is over.
                    return

    def delete_own(self, target_id: str, channel: str, ts: str) -> None:
        """We posted this message after our lease was over: if the target is another message by now, ours is deleted."""
        with self._database.reading() as session:
            kept = session.get_one(OutboxTarget, target_id).ts
        if kept is None or kept == ts:
            return
        try:
            self._delete_surplus(channel, ts, kept)
        except SlackError as error:
            self._put_off({target_id}, error, self._fail_doubled)

    def _verify_target(self, target_id: str, copies: Sequence[Copy]) -> None:
        with self._database.writing(wakes=False) as session:
            target = session.get_one(OutboxTarget, target_id, with_for_update=True)
            if target.ts is None or target.verify_at is None:
                return
            if not copies and not target.deleted_at:
                self._handle_missing(session, target)
                return
            kept, channel = _kept_ts(copies, target), target.channel or ""
            if kept != target.ts:
                _keep_other(session, target, kept)
        for copy in copies:
            if copy.ts != kept:
                self._delete_surplus(channel, copy.ts, kept)
        with self._database.writing(wakes=False) as session:
            self._settle(session, session.get_one(OutboxTarget, target_id, with_for_update=True))

    def _delete_surplus(self, channel: str, ts: str, kept: str) -> None:
        _log.warning("a message stood twice in %s: the surplus copy is deleted", channel)
        self._failures.listeners.on_surplus(channel, ts, kept)
        try:
            self._calls.slack.delete_message(channel, ts)
        except SlackRefused as refusal:
            if refusal.error != "message_not_found":
                raise

    def _handle_missing(self, session: Session, target: OutboxTarget) -> None:
        """Slack's history may lag behind, so only the second look decides."""
        now = self._clock(session)
        posted_at = target.posted_at or now
        if now < posted_at + sum(self._timeouts.verify, timedelta()):
            target.verify_at = posted_at + sum(self._timeouts.verify, timedelta())
        elif target.is_seen:
            # It was there, so somebody took it down.
            self._settle(session, target)
        elif target.is_reposted or not self._is_surely_lost(session, target, posted_at):
            _log.error("a message in %s is not in Slack, and may have been taken down", target.channel)
            self._fail_missing(session, target)
        else:
            _log.error("Slack does not show a message in %s that it said it posted: posting again", target.channel)
            self._post_again(session, target)

    def _is_surely_lost(self, session: Session, target: OutboxTarget, posted_at: datetime) -> bool:
        """Whether no person took it down: in a direct conversation nobody can, elsewhere we would have heard of it."""
        heard_since = session.scalar(select(Workspace.heard_since))
        is_direct = (target.channel or "").startswith("D")
        return is_direct or (heard_since is not None and heard_since <= posted_at)

    def _fail_missing(self, session: Session, target: OutboxTarget) -> None:
        """Whether it is to be posted again is for those to say who know whether somebody took it down."""
        target.verify_at = None
        if job := posted_job(session, target):
            self._failures.fail(session, job, target, NOT_IN_SLACK)

    def _fail_doubled(self, session: Session, target: OutboxTarget) -> None:
        """People read that something is still there which should be gone."""
        target.verify_at = None
        if job := posted_job(session, target):
            self._failures.fail(session, job, target, STANDS_TWICE, told_as="delete")

    def _post_again(self, session: Session, target: OutboxTarget) -> None:
        job = posted_job(session, target)
        if job is None:
            self._settle(session, target)
            return
        target.ts, target.verify_at, target.is_reposted = None, None, True
        # It is looked for once more before it is sent.
        job.state, job.looks, job.first_tried_at = "waiting", len(self._timeouts.looks) - 1, target.posted_at

    def _settle(self, session: Session, target: OutboxTarget) -> None:
        target.verify_at = None
        if job := posted_job(session, target):
            end(job, "sent")

    def _put_off(
        self, target_ids: Collection[str], error: SlackError, give_up: Callable[[Session, OutboxTarget], None]
    ) -> None:
        """Look again later, after a pause that grows with the time since posting; after a day `give_up`."""
        _log.warning("what was posted is not verified yet: %s", error)
        wait = self._note_limit(error) if isinstance(error, SlackLater) else None
        with self._database.writing(wakes=False) as session:
            now = self._clock(session)
            for target in session.scalars(select(OutboxTarget).where(OutboxTarget.id.in_(target_ids))):
                age = now - (target.posted_at or now)
                if target.deleted_at and target.verify_at is None:
                    continue
                if age < _GIVEN_UP:
                    target.verify_at = now + (wait or max(_AFTER_ERROR, min(age, _GIVEN_UP - age)))
                else:
                    _log.error("a message in %s could not be verified for a day: %s", target.channel, error)
                    give_up(session, target)

    def _note_limit(self, later: SlackLater) -> timedelta:
        pause = timedelta(seconds=later.seconds)
        self._rate_limits.block_method(later.method, "delete", self._steady() + pause)
        return pause


def _due(now: datetime) -> Select[OutboxTarget]:
    return select(OutboxTarget).where(OutboxTarget.verify_at <= now, OutboxTarget.ts.is_not(None))


def _place(session: Session, channel: str, thread_ts: str | None, targets: list[OutboxTarget]) -> PlaceToVerify:
    """A copy may be as old as the first attempt, and what was found as old as its `ts` says."""
    ids = frozenset(target.id for target in targets)
    posted = OutboxJob.target_id.in_(ids), OutboxJob.state.in_(("posted", "sent"))
    first_tried_at = session.scalar(select(func.min(OutboxJob.first_tried_at)).where(*posted))
    moments = [first_tried_at, *(target.posted_at for target in targets), *map(_slacks_time, targets)]
    return PlaceToVerify(channel, thread_ts, ids, min(filter(None, moments)))


def _slacks_time(target: OutboxTarget) -> datetime:
    return datetime.fromtimestamp(float(target.ts or 0), UTC)


def _keep_other(session: Session, target: OutboxTarget, kept: str) -> None:
    """It may show an older state than the copy that we know: it gets the latest one."""
    target.ts = kept
    if job := posted_job(session, target):
        do_again(job)


def _kept_ts(copies: Sequence[Copy], target: OutboxTarget) -> str:
    """Of the copy that has replies, else the oldest; of several with replies, the one that we know.

    Of a message that was taken back none is kept: the one that we know is deleted by its own job.
    """
    if target.deleted_at or not copies:
        return target.ts or ""
    with_replies = [copy for copy in copies if copy.replies]
    return min(with_replies or copies, key=lambda copy: (bool(with_replies) and copy.ts != target.ts, copy.ts)).ts
