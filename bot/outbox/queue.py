"""The outbox: the only door out. Use cases queue here, inside their own transaction, what Slack will show.

Two kinds. A *say* happens once: queued again under the same key, nothing changes. A *show* has a latest state: queued
again, it replaces what is not sent yet, or updates what is. `bot/outbox/worker.py` carries the errands to Slack.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from bot.crypto import places
from bot.crypto.vault import Vault
from bot.slack.client import Json
from db.models import OutboxJob, OutboxTarget

# What makes the place in which other posts wait to go.
MAKING = ("channel", "direct", "group")
# What nothing else waits for: a message that goes, a person who does.
REMOVING = ("delete", "remove")
Clock = Callable[[], datetime]
# Whatever is shown asks this, several times: it is put together once.
_POST = select(OutboxTarget).where(OutboxTarget.key == bindparam("name"))


@dataclass(frozen=True)
class Destination:
    """Where something goes: a channel Slack knows, one that a queued post makes, or the thread under a post."""

    channel: str | None = None
    inside: str | None = None
    under: str | None = None


class Outbox:
    """Queues errands. `elapsed` is the clock that retries and leases run on."""

    def __init__(self, vault: Vault, elapsed: Clock) -> None:
        self._vault = vault
        self._elapsed = elapsed

    def post_once(
        self, session: Session, key: str, body: Json, place: Destination, *, subject: str | None = None
    ) -> None:
        """Queue a message that is said once, whatever happens."""
        self._once(session, key, "post", body, place, subject)

    def upload_file(self, session: Session, key: str, name: str, text: str, note: str, place: Destination) -> None:
        """Queue a file, with a note beside it; no other that goes to the same place may have its name."""
        self._once(session, key, "file", {"name": name, "text": text, "note": note}, place)

    def upsert(self, session: Session, key: str, body: Json, place: Destination, *, subject: str | None = None) -> None:
        """Queue the latest state of a message: posted the first time, updated after that."""
        post = self.find_target(session, key) or self._new_post(session, key, place, subject)
        if post.deleted_at is None:
            self._replace(session, post, "post", body)

    def update_if_posted(self, session: Session, key: str, body: Json) -> None:
        """Queue a new state for a message only if it was queued before."""
        if (post := self.find_target(session, key)) and post.deleted_at is None:
            self._replace(session, post, "post", body)

    def publish_home(self, session: Session, user: str, view: Json) -> None:
        """Queue the latest Home of this person."""
        key = f"home:{user}"
        post = self.find_target(session, key) or self._new_post(session, key, Destination(channel=user), None)
        self._replace(session, post, "home", view)

    def make_channel(self, session: Session, key: str, name: str, *, subject: str | None = None) -> None:
        """Queue a new private channel; posts can go inside it at once."""
        self._once(session, key, "channel", {"name": name}, Destination(), subject)

    def open_group_dm(self, session: Session, key: str, users: list[str], *, subject: str | None = None) -> None:
        """Queue the one conversation of exactly these people and the bot; posts can go inside it at once."""
        self._once(session, key, "group", {"users": users}, Destination(), subject)

    def open_dm(self, session: Session, user: str) -> Destination:
        """The direct conversation with this person, queued to be opened if it never was."""
        key = f"direct:{user}"
        post = self.find_target(session, key) or self._new_post(session, key, Destination(), None)
        if post.channel is None and not self._wake_all(session, post) and not self._on_its_way(session, post):
            self._queue(session, post, "direct", {"users": [user]})
        return Destination(inside=key)

    def invite_members(self, session: Session, key: str, users: list[str], place: Destination) -> None:
        """Queue bringing these people into a channel."""
        self._once(session, key, "invite", {"users": users}, place)

    def remove_member(self, session: Session, key: str, user: str, place: Destination) -> None:
        """Queue taking somebody out of a channel of ours."""
        self._once(session, key, "remove", {"user": user}, place, None)

    def archive_channel(self, session: Session, key: str, place: Destination) -> None:
        """Queue closing a channel of ours, after all that is said in it."""
        self._once(session, key, "archive", {}, place)

    def delete_message(self, session: Session, post: OutboxTarget) -> None:
        """Queue the removal of a message; one that was never sent is simply not sent."""
        self.note_deleted(session, post)
        if post.ts or self._on_its_way(session, post):
            self._queue(session, post, "delete", {})
        else:
            self._give_up_behind(session, post, post.deleted_at)

    def note_deleted(self, session: Session, post: OutboxTarget) -> None:
        """Somebody took this message away in Slack: nothing is to be done to it any more."""
        post.deleted_at = self._elapsed()
        for job in filter(_is_unsent, self._held_up(session, post)):
            _wipe(job, "withdrawn")

    def drop_job(self, session: Session, job: OutboxJob) -> int:
        """This errand is not to be done, nor what could only follow it; returns how many that was besides."""
        _wipe(job, "withdrawn")
        post = session.get_one(OutboxTarget, job.target_id)
        stands = post.ts if job.operation == "post" else post.channel
        if stands or job.operation not in {"post", *MAKING}:
            return 0
        if job.operation != "direct":
            # But a conversation with a person can always be opened again.
            post.deleted_at = self._elapsed()
        return self._give_up_behind(session, post, post.deleted_at)

    def catch_up_from(self, session: Session, key: str, at: datetime) -> None:
        """What people say under this message, or in this place of ours, is read at `at` (see `CatchingUp`)."""
        if post := self.find_target(session, key):
            post.catch_up_at = at

    def find_target(self, session: Session, key: str) -> OutboxTarget | None:
        """The post with our `key`."""
        return session.scalar(_POST, {"name": key})

    def targets_of(self, session: Session, subject: str) -> list[OutboxTarget]:
        """Every post about `subject` that still stands."""
        return list(
            session.scalars(
                select(OutboxTarget).where(OutboxTarget.subject == subject, OutboxTarget.deleted_at.is_(None))
            )
        )

    def open_body(self, job: OutboxJob) -> Json:
        """What an errand says, opened."""
        assert job.body is not None, "a sent errand has no words left"
        opened: Json = self._vault.open_json(job.body, place=_place_of_body(job.token))
        return opened

    def _once(
        self, session: Session, key: str, operation: str, body: Json, place: Destination, subject: str | None = None
    ) -> None:
        if self.find_target(session, key) is None:
            post = self._new_post(session, key, place, subject)
            if post.deleted_at is None:
                self._queue(session, post, operation, body)

    def _new_post(self, session: Session, key: str, place: Destination, subject: str | None) -> OutboxTarget:
        root, maker = self._named(session, place.under), self._named(session, place.inside)
        post = OutboxTarget(id=secrets.token_hex(12), key=key, subject=subject, channel=place.channel)
        if root:
            post.thread_target_id, post.channel_target_id, post.channel = root.id, root.channel_target_id, root.channel
        elif maker:
            post.channel_target_id, post.channel = maker.id, maker.channel
        if post.channel_target_id and post.channel is None:
            post.channel = self._made(session, post.channel_target_id)
        if (root and root.deleted_at and not root.ts) or (maker and maker.deleted_at):
            # What it was to stand under or inside was given up.
            post.deleted_at = self._elapsed()
        session.add(post)
        session.flush()
        return post

    def _made(self, session: Session, maker: str) -> str | None:
        """The channel that this post made, if it did. Locked: who hears of it now, tells the posts inside after us."""
        post = session.get_one(OutboxTarget, maker, with_for_update={"read": True}, populate_existing=True)
        return post.channel

    def _named(self, session: Session, key: str | None) -> OutboxTarget | None:
        if key is None:
            return None
        found = self.find_target(session, key)
        if found is None:
            raise LookupError(f"nothing was queued as {key!r}")
        return found

    def _replace(self, session: Session, post: OutboxTarget, operation: str, body: Json) -> None:
        held_up = self._wake_all(session, post)
        waiting = next((job for job in held_up if _is_unsent(job)), None)
        if waiting is None:
            self._queue(session, post, operation, body)
        else:
            waiting.body = self._vault.seal_json(body, place=_place_of_body(waiting.token))

    def _wake_all(self, session: Session, post: OutboxTarget) -> list[OutboxJob]:
        """What is to be done to this post; what of it was parked tries again."""
        held_up = self._held_up(session, post)
        for job in held_up:
            _wake(job)
        return held_up

    def _give_up_behind(self, session: Session, post: OutboxTarget, gone_at: datetime | None) -> int:
        """All that was to go under or inside this post, which is never made; returns how many errands that was."""
        behind = list(
            session.scalars(
                select(OutboxTarget).where(
                    or_(OutboxTarget.thread_target_id == post.id, OutboxTarget.channel_target_id == post.id)
                )
            )
        )
        jobs = [job for child in behind for job in self._held_up(session, child)]
        for job in jobs:
            _wipe(job, "withdrawn")
        for child in behind:
            child.deleted_at = child.deleted_at or gone_at
        return len(jobs)

    def _held_up(self, session: Session, post: OutboxTarget) -> list[OutboxJob]:
        waiting = select(OutboxJob).where(OutboxJob.target_id == post.id, OutboxJob.state.in_(("waiting", "failed")))
        return list(session.scalars(waiting.order_by(OutboxJob.id).with_for_update()))

    def _on_its_way(self, session: Session, post: OutboxTarget) -> bool:
        """Whether it may stand in Slack without our having heard where."""
        tried = select(OutboxJob.id).where(OutboxJob.target_id == post.id, OutboxJob.first_tried_at.is_not(None))
        unsure = tried.where(OutboxJob.state.in_(("waiting", "sending", "failed")))
        return session.scalar(unsure.limit(1)) is not None

    def _queue(self, session: Session, post: OutboxTarget, operation: str, body: Json) -> None:
        token = secrets.token_hex(8)
        job = OutboxJob(
            target_id=post.id,
            operation=operation,
            queue_key=_queue_key(post),
            token=token,
            body=self._vault.seal_json(body, place=_place_of_body(token)),
            queued_at=self._elapsed(),
        )
        session.add(job)
        session.flush()


def _wipe(job: OutboxJob, state: str) -> None:
    job.state = state
    job.body = None
    job.lease_until = None


def _is_unsent(job: OutboxJob) -> bool:
    """Whether surely nothing of it stands in Slack; one in doubt is looked up first, with the words it had."""
    return job.first_tried_at is None


def _wake(job: OutboxJob) -> None:
    """What was parked tries again."""
    if job.state == "failed":
        job.state, job.not_before, job.error = "waiting", None, None


def _place_of_body(token: str) -> str:
    return places.place(places.OUTBOX_BODY, token)


def _queue_key(post: OutboxTarget) -> str:
    """Errands of one lane go in order: a channel's own messages are one, each thread is one."""
    where = post.channel_target_id or post.channel or post.id
    return f"{where}/{post.thread_target_id}" if post.thread_target_id else where
