"""The outbox: services queue here, in their own transaction, what Slack will show.

A message that is *posted once* never changes: queued again under the same key, nothing happens. A message that is
*upserted* has a latest state: queued again, it replaces what is not sent yet, or updates what is in Slack.
`bot/outbox/worker.py` sends the jobs.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from bot.crypto import places
from bot.crypto.vault import Vault
from bot.outbox.posted import SeenPosts, forget_posted, is_lost
from bot.outbox.refusals import NOT_IN_SLACK
from bot.outbox.sendable import UNSENT
from bot.outbox.states import end
from bot.outbox.withdrawal import unsent_jobs, withdraw_dependents
from bot.slack.client import Json
from db.clock import SessionClock
from db.models import OutboxJob, OutboxTarget

Clock = Callable[[], datetime]
# Built once: every message asks this several times.
_BY_KEY = select(OutboxTarget).where(OutboxTarget.key == bindparam("name"))


@dataclass(frozen=True)
class Destination:
    """Where something goes. Give one of the three, or none for something that is in no channel.

    `channel` is Slack's id of a channel; `inside` is the key of the queued target that makes the channel; `under` is
    the key of the message that begins the thread.
    """

    channel: str | None = None
    inside: str | None = None
    under: str | None = None


class Outbox:
    """Queues outbox jobs. `clock` is the database's, of which all moments of jobs and targets are."""

    def __init__(self, vault: Vault, clock: SessionClock) -> None:
        self._vault, self.clock = vault, clock
        self.seen_posts = SeenPosts()

    def post_once(self, session: Session, key: str, body: Json, at: Destination, *, subject: str | None = None) -> None:
        """Queue a message that is posted once and never changes.

        `key` is our own unique name of the message, `subject` the case or round it is about ("case:ID"),
        or NOTICE; what has one must stand: it is looked for after it was posted.
        """
        self._queue_once(session, key, "post", body, at, subject)

    def upload_file(self, session: Session, key: str, name: str, text: str, note: str, at: Destination) -> None:
        """Queue a file with a note. `name` is unique among the files of its destination: a retry looks for it."""
        self._queue_once(session, key, "file", {"name": name, "text": text, "note": note}, at)

    def upsert(self, session: Session, key: str, body: Json, at: Destination, *, subject: str | None = None) -> None:
        """Queue the latest state of a message: it is posted the first time and updated after that."""
        target = self.find_target(session, key) or self._add_target(session, key, at, subject)
        if target.deleted_at is None:
            self._replace_or_queue(session, target, "post", body)

    def update_if_posted(self, session: Session, key: str, body: Json) -> None:
        """Queue a new state of a message, if the message was queued before."""
        if (target := self.find_target(session, key)) and target.deleted_at is None:
            self._replace_or_queue(session, target, "post", body)

    def publish_home(self, session: Session, user: str, view: Json) -> None:
        """Queue the latest Home of this person (Slack's user id)."""
        key = f"home:{user}"
        target = self.find_target(session, key) or self._add_target(session, key, Destination(channel=user), None)
        self._replace_or_queue(session, target, "home", view)

    def make_channel(self, session: Session, key: str, name: str, *, subject: str | None = None) -> None:
        """Queue a new private channel. Messages can be queued `inside` it at once."""
        self._queue_once(session, key, "channel", {"name": name}, Destination(), subject)

    def open_group_dm(self, session: Session, key: str, users: list[str], *, subject: str | None = None) -> None:
        """Queue the group conversation of exactly these people and the bot. Messages can be queued `inside` it."""
        self._queue_once(session, key, "group", {"users": users}, Destination(), subject)

    def open_dm(self, session: Session, user: str) -> Destination:
        """The direct conversation with this person; it is queued to be opened if that never happened."""
        key = f"direct:{user}"
        target = self.find_target(session, key) or self._add_target(session, key, Destination(), None)
        if target.channel is None and not self._retry_jobs(session, target) and not self._is_uncertain(session, target):
            self._add_job(session, target, "direct", {"users": [user]})
        return Destination(inside=key)

    def invite_members(self, session: Session, key: str, users: list[str], at: Destination) -> None:
        """Queue inviting these people to a channel."""
        self._queue_once(session, key, "invite", {"users": users}, at)

    def remove_member(self, session: Session, key: str, user: str, at: Destination) -> None:
        """Queue removing a person from a channel of the bot."""
        self._queue_once(session, key, "remove", {"user": user}, at)

    def archive_channel(self, session: Session, key: str, at: Destination) -> None:
        """Queue archiving a channel of the bot, after every job in that channel."""
        self._queue_once(session, key, "archive", {}, at)

    def delete_message(self, session: Session, target: OutboxTarget) -> None:
        """Queue the deletion of a message. A message that was never sent is withdrawn, with its thread."""
        self.note_deleted(session, target)
        if target.ts or self._is_uncertain(session, target):
            self._add_job(session, target, "delete", {})
        else:
            withdraw_dependents(session, target)

    def note_deleted(self, session: Session, target: OutboxTarget) -> None:
        """Somebody deleted this message in Slack: withdraw its unsent jobs. A second copy of it is still looked for."""
        target.deleted_at = self.clock(session)
        forget_posted(session, target)
        for job in filter(_may_change, unsent_jobs(session, target)):
            end(job, "withdrawn")

    def retry_in_channel(self, session: Session, channel: str) -> None:
        """We can work in this channel again: try at once whatever waits or failed there, its threads included."""
        there = select(OutboxTarget.id).where(OutboxTarget.channel == channel)
        unsent = update(OutboxJob).where(OutboxJob.target_id.in_(there), OutboxJob.state.in_(("waiting", "failed")))
        unsent = unsent.where(OutboxJob.error.is_distinct_from(NOT_IN_SLACK))
        # What is uncertain has another day from now on; the looks for it that are to come keep their time.
        session.execute(unsent.values(retried_at=self.clock(session)))
        at_once = unsent.where(or_(OutboxJob.first_tried_at.is_(None), OutboxJob.state == "failed"))
        session.execute(at_once.values(state="waiting", not_before=None))

    def catch_up_from(self, session: Session, key: str, at: datetime) -> None:
        """At `at`, read in Slack what people wrote under this message, or in this channel (see `CatchingUp`)."""
        if target := self.find_target(session, key):
            target.catch_up_at = at

    def find_target(self, session: Session, key: str) -> OutboxTarget | None:
        """The target with our `key`."""
        return session.scalar(_BY_KEY, {"name": key})

    def targets_of(self, session: Session, subject: str) -> list[OutboxTarget]:
        """Every target about `subject` that is not deleted."""
        found = select(OutboxTarget).where(OutboxTarget.subject == subject, OutboxTarget.deleted_at.is_(None))
        return list(session.scalars(found))

    def open_body(self, job: OutboxJob) -> Json:
        """The content of a job, opened. Raises `CannotOpen` where our keys do not open it."""
        assert job.body is not None, "the body of a sent job is wiped"
        opened: Json = self._vault.open_json(job.body, place=_place_of_body(job.token))
        return opened

    def _queue_once(
        self,
        session: Session,
        key: str,
        operation: str,
        body: Json,
        at: Destination,
        subject: str | None = None,
    ) -> None:
        if self.find_target(session, key) is None:
            target = self._add_target(session, key, at, subject)
            if target.deleted_at is None:
                self._add_job(session, target, operation, body)

    def _add_target(self, session: Session, key: str, at: Destination, subject: str | None) -> OutboxTarget:
        thread = self._require_target(session, at.under)
        conversation = self._require_target(session, at.inside)
        target = OutboxTarget(id=secrets.token_hex(12), key=key, subject=subject, channel=at.channel)
        if thread:
            target.thread_target_id, target.channel = thread.id, thread.channel
            target.channel_target_id = thread.channel_target_id
        elif conversation:
            target.channel_target_id, target.channel = conversation.id, conversation.channel
        if target.channel_target_id and target.channel is None:
            target.channel = self._channel_made_by(session, target.channel_target_id)
        if (thread and thread.deleted_at and not thread.ts) or (conversation and conversation.deleted_at):
            # Its thread or its conversation was withdrawn, and will never exist.
            target.deleted_at = self.clock(session)
        session.add(target)
        session.flush()
        return target

    def _channel_made_by(self, session: Session, target_id: str) -> str | None:
        """The channel that this target made, if it did.

        The row is locked: a worker that records the channel now writes it to the targets inside after our commit.
        """
        target = session.get_one(OutboxTarget, target_id, with_for_update={"read": True}, populate_existing=True)
        return target.channel

    def _require_target(self, session: Session, key: str | None) -> OutboxTarget | None:
        if key is None:
            return None
        found = self.find_target(session, key)
        if found is None:
            raise LookupError(f"nothing was queued as {key!r}")
        return found

    def _replace_or_queue(self, session: Session, target: OutboxTarget, operation: str, body: Json) -> None:
        unsent = self._retry_jobs(session, target)
        # The last one alone: an older state that is sent after it would stay in Slack.
        replaceable = unsent[-1] if unsent and _may_change(unsent[-1]) else None
        if replaceable is None:
            self._add_job(session, target, operation, body)
        else:
            replaceable.body = self._vault.seal_json(body, place=_place_of_body(replaceable.token))

    def _retry_jobs(self, session: Session, target: OutboxTarget) -> list[OutboxJob]:
        """The unsent jobs of this target; those that failed try again, but for what somebody may have taken down."""
        unsent = unsent_jobs(session, target)
        for job in unsent:
            if not is_lost(job):
                _retry(job, self.clock(session))
        return unsent

    def _is_uncertain(self, session: Session, target: OutboxTarget) -> bool:
        """True if it may exist in Slack although no answer came."""
        tried = select(OutboxJob.id).where(OutboxJob.target_id == target.id, OutboxJob.first_tried_at.is_not(None))
        uncertain = tried.where(OutboxJob.state.in_(UNSENT))
        return session.scalar(uncertain.limit(1)) is not None

    def _add_job(self, session: Session, target: OutboxTarget, operation: str, body: Json) -> None:
        token = secrets.token_hex(8)
        job = OutboxJob(
            target_id=target.id,
            operation=operation,
            queue_key=_queue_key(target),
            token=token,
            body=self._vault.seal_json(body, place=_place_of_body(token)),
            queued_at=self.clock(session),
        )
        session.add(job)
        session.flush()


def _may_change(job: OutboxJob) -> bool:
    """Whether nothing of it can be in Slack, or nobody looks for it until an operator says so.

    Any other uncertain job is looked for first, with the body that it had.
    """
    return job.first_tried_at is None or is_lost(job)


def _retry(job: OutboxJob, now: datetime) -> None:
    if job.state == "failed":
        job.retried_at = now
        job.state, job.not_before, job.error, job.failed_at = "waiting", None, None, None


def _place_of_body(token: str) -> str:
    return places.place(places.OUTBOX_BODY, token)


def _queue_key(target: OutboxTarget) -> str:
    """Jobs with one queue key are sent in order: a channel has a queue key, and each of its threads has one."""
    channel = target.channel_target_id or target.channel or target.id
    return f"{channel}/{target.thread_target_id}" if target.thread_target_id else channel
