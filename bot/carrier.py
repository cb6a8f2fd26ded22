"""Carrying errands to Slack: claim one in a transaction, call Slack outside any, record in another.

An errand waits for what its post needs (the channel, the thread's root) and for every earlier one of its lane, so
order holds within a thread while nobody waits behind another channel. One in doubt is looked up in Slack, by the
random id in its metadata, before it is sent again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.outbox import Clock, Outbox
from bot.slack import InDoubt, Json, Later, Refused, Slack
from bot.vault import CannotOpen
from db.models import Errand, Post
from db.session import Database
from db.types import Instant

_log = logging.getLogger(__name__)

# A call may take 15 s to time out; Slack's history may lag behind a write for some seconds more.
LEASE = timedelta(seconds=60)
LAG = timedelta(seconds=5)
SKEW = timedelta(minutes=5)
# Slack's limit is one message a second in a channel.
PACE = timedelta(seconds=1)
PAUSE = timedelta(seconds=60)
_WHOLE_APP = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope"}
_NOT_WORTH_IT = {"home", "delete"}
# What makes the place in which other posts wait to go.
_MAKING = ("channel", "direct", "group")
_DO_NOT_OPEN = "words_do_not_open"


@dataclass(frozen=True)
class Load:
    """One claimed errand, with all that is needed to carry it out outside a transaction.

    `doubted`: an earlier attempt, from `since` on, may have reached Slack without our hearing of it.
    """

    errand: int
    operation: str
    post: str
    channel: str | None
    ts: str | None
    thread: str | None
    body: Json
    since: datetime
    doubted: bool


class Carrier:
    """Carries what `outbox` queued, until nothing is ready; so its own commits need not wake it, and do not.

    `on_parked(session, post, error)` tells a person that Slack refused for good.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        slack: Slack,
        elapsed: Clock,
        on_parked: Callable[[Session, Post, str], None],
        pace: timedelta = PACE,
    ) -> None:
        self._database, self._outbox, self._slack, self._elapsed = database, outbox, slack, elapsed
        self._on_parked, self._pace = on_parked, pace
        self._held: dict[str, datetime] = {}
        self._paused_until: datetime | None = None

    def take_over(self) -> None:
        """A process that is gone was sending: look soon what became of it. Only where no other process can be alive."""
        with self._database.writing(wakes=False) as session:
            theirs = update(Errand).where(Errand.state == "sending")
            session.execute(theirs.values(lease_until=self._elapsed() + LAG))

    def carry_all(self) -> timedelta | None:
        """Carry until nothing is ready; returns how long until something will be, or None if nothing waits."""
        while self.carry_one():
            pass
        return self.next_wait()

    def carry_one(self) -> bool:
        """Carry one errand that is ready; returns whether there was one."""
        now = self._elapsed()
        if self._paused_until and now < self._paused_until:
            return False
        load = self._claim(now)
        if load is None:
            return False
        self._carry(load)
        return True

    def _carry(self, load: Load) -> None:
        try:
            channel, ts = self._perform(load)
        except Later as later:
            self._postpone(load, timedelta(seconds=later.seconds))
        except InDoubt as doubt:
            self._leave_in_doubt(load, str(doubt))
        except Refused as refusal:
            self._give_up(load, refusal.error)
        else:
            self._record(load, channel, ts)

    def _perform(self, load: Load) -> tuple[str | None, str | None]:
        slack, channel, body = self._slack, load.channel, load.body
        if load.operation == "channel":
            return slack.make_channel(body["name"]), None
        if load.operation in {"direct", "group"}:
            return slack.open_direct(body["users"]), None
        assert channel is not None, "the claim waits for the channel"
        match load.operation:
            case "post":
                return self._post_or_update(load, channel)
            case "home":
                slack.publish_home(channel, body)
            case "invite":
                slack.invite(channel, body["users"])
            case "archive":
                slack.archive(channel)
            case "delete" if load.ts:
                slack.delete(channel, load.ts)
        return channel, load.ts

    def _post_or_update(self, load: Load, channel: str) -> tuple[str, str]:
        if load.ts is not None:
            self._slack.update(channel, load.ts, load.body)
            return channel, load.ts
        if load.doubted:
            found = self._slack.find(channel, thread=load.thread, marker=load.post, since=load.since - SKEW)
            if found:
                return channel, found
        self._held[channel] = self._elapsed() + self._pace
        return self._slack.post(channel, load.body, thread=load.thread, marker=load.post)

    def _claim(self, now: datetime) -> Load | None:
        self._held = {channel: until for channel, until in self._held.items() if until > now}
        with self._database.writing(wakes=False) as session:
            while found := session.execute(_READY, {"now": now, "held": list(self._held)}).first():
                if load := self._load(session, *found, now):
                    return load
            return None

    def _load(self, session: Session, errand: Errand, post: Post, root: Post | None, now: datetime) -> Load | None:
        try:
            body = self._outbox.body_of(errand)
        except CannotOpen as problem:
            _log.error("errand %s of post %s: %s", errand.id, post.id, problem)
            self._park(session, errand, post, _DO_NOT_OPEN)
            return None
        doubted = errand.first_tried_at is not None
        errand.state, errand.lease_until = "sending", now + LEASE
        errand.attempts += 1
        errand.first_tried_at = errand.first_tried_at or now
        return Load(
            errand=errand.id,
            operation=errand.operation,
            post=post.id,
            channel=post.channel,
            ts=post.ts,
            thread=root.ts if root else None,
            body=body,
            since=errand.first_tried_at,
            doubted=doubted,
        )

    def _record(self, load: Load, channel: str | None, ts: str | None) -> None:
        with self._database.writing(wakes=False) as session:
            post = session.get_one(Post, load.post)
            post.channel, post.ts = channel, ts
            if load.operation in _MAKING:
                for child in session.scalars(select(Post).where(Post.inside == post.id)):
                    child.channel = channel
            self._end(session, load, "sent")

    def _postpone(self, load: Load, wait: timedelta) -> None:
        until = self._elapsed() + wait
        if load.channel:
            self._held[load.channel] = until
        with self._database.writing(wakes=False) as session:
            if load.operation == "post" and not load.doubted and session.get_one(Post, load.post).gone_at:
                self._end(session, load, "withdrawn")
                return
            errand = session.get_one(Errand, load.errand)
            errand.state, errand.not_before, errand.lease_until = "waiting", until, None
            self._is_clear(errand, load)

    def _leave_in_doubt(self, load: Load, why: str) -> None:
        _log.warning("no answer from Slack, will look before trying again: %s", why)
        with self._database.writing(wakes=False) as session:
            errand = session.get_one(Errand, load.errand)
            errand.lease_until, errand.error = self._elapsed() + LAG, "no answer"

    def _give_up(self, load: Load, error: str) -> None:
        if error in _WHOLE_APP:
            _log.error("Slack does not let us in (%s); nothing is lost, trying again each minute", error)
            self._paused_until = self._elapsed() + PAUSE
            self._postpone(load, PAUSE)
            return
        with self._database.writing(wakes=False) as session:
            post = session.get_one(Post, load.post)
            if error == "message_not_found" or load.operation in _NOT_WORTH_IT:
                self._end(session, load, "withdrawn", error)
                return
            _log.error("Slack refuses %s for post %s: %s", load.operation, post.id, error)
            errand = session.get_one(Errand, load.errand)
            self._is_clear(errand, load)
            self._park(session, errand, post, error)

    def _park(self, session: Session, errand: Errand, post: Post, error: str) -> None:
        """A person must act. Not told where telling would go the same way, or nobody would miss it."""
        errand.state, errand.error, errand.lease_until = "parked", error, None
        if errand.operation not in {"direct", "home"}:
            self._on_parked(session, post, error)

    def _is_clear(self, errand: Errand, load: Load) -> None:
        """Slack said no to this attempt: only an earlier one can have left something there."""
        if not load.doubted:
            errand.first_tried_at = None

    def _end(self, session: Session, load: Load, state: str, error: str | None = None) -> None:
        errand = session.get_one(Errand, load.errand)
        errand.state, errand.body, errand.lease_until, errand.error = state, None, None, error

    def next_wait(self) -> timedelta | None:
        """How long until something may be ready, or None if nothing waits."""
        now = self._elapsed()
        with self._database.reading() as session:
            soonest = session.scalar(
                select(func.min(func.coalesce(Errand.lease_until, Errand.not_before, Errand.queued_at))).where(
                    Errand.state.in_(("waiting", "sending"))
                )
            )
        if soonest is None:
            return None
        held = list(self._held.values())
        pause = [self._paused_until] if self._paused_until and self._paused_until > now else []
        ahead = [moment for moment in [soonest, *held, *pause] if moment > now]
        return min(ahead) - now if ahead else PACE


def _ready() -> Select[Errand, Post, Post]:
    """The first errand that can go at `now`: waiting, or sending under a lease that ran out; to no channel `held`."""
    now = bindparam("now", type_=Instant())
    held: BindParameter[list[str]] = bindparam("held", expanding=True)
    earlier, root = aliased(Errand), aliased(Post)
    before = select(earlier.id).where(earlier.id < Errand.id, earlier.state.in_(("waiting", "sending", "parked")))
    blocked = before.where(earlier.lane == Errand.lane).exists()
    # A channel is closed after all that is to be done in it, in its threads too. Asked apart: in one question with an
    # "or", every errand would be held against every other.
    not_yet_closed = before.where(earlier.lane.startswith(Errand.lane + "/")).exists()
    free = or_(Errand.state == "waiting", (Errand.state == "sending") & (Errand.lease_until <= now))
    return (
        select(Errand, Post, root)
        .join(Post, Post.id == Errand.post_id)
        .outerjoin(root, root.id == Post.under)
        .where(free, or_(Errand.not_before.is_(None), Errand.not_before <= now), ~blocked)
        .where(~and_(Errand.operation == "archive", not_yet_closed))
        .where(or_(Post.under.is_(None), root.ts.is_not(None)))
        .where(or_(Post.channel.is_not(None), Errand.operation.in_(_MAKING)))
        .where(or_(Post.channel.is_(None), Post.channel.not_in(held)))
        .order_by(Errand.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Errand)
    )


# Built once: putting it together took longer than running it.
_READY = _ready()
