"""Messages in threads under our posts and in channels of cases: what each belongs to, and which wing gets it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.services import Services
from db.models import OutboxJob, OutboxTarget
from db.queries.listening import case_in, subject_of_kept


@dataclass(frozen=True)
class MessageEvent:
    """A message that is new, edited or deleted. `text` is what the person typed; `revision` the `ts` of that change.

    `thread` is the `ts` of the message it is a reply to. `user` is empty where a bot wrote it. `files` is how many
    files and voice notes came with it.
    """

    channel: str
    ts: str
    user: str
    kind: Literal["new", "edited", "deleted"]
    text: str = ""
    thread: str | None = None
    revision: str | None = None
    files: int = 0

    @property
    def said_at(self) -> datetime:
        """When it was first said."""
        return datetime.fromtimestamp(float(self.ts), UTC)

    def is_edit_after(self, known: str | None) -> bool:
        """Whether this edit is newer than the one we know; a message that was never edited has no revision."""
        return self.revision is not None and (known is None or Decimal(self.revision) > Decimal(known))


class RetryLater(Exception):
    """We cannot know yet what this message belongs to: Slack has to send it once more."""


# Takes the messages about one kind of subject: (the id after "round:" or "case:", the message, now).
Listener = Callable[[str, MessageEvent, datetime], None]
# Hears, in the same transaction, that a post of ours with one kind of key was deleted.
DeletionListener = Callable[[Session, OutboxTarget], None]


class Threads:
    """Passes messages on: to one of the `listeners`, by the word before the colon of a post's subject.

    The `deletion_listeners` hear of posts of ours that people deleted, by the first word of the post's key.
    """

    def __init__(
        self, services: Services, listeners: Mapping[str, Listener], deletion_listeners: Mapping[str, DeletionListener]
    ) -> None:
        self._services, self._listeners, self._deletion_listeners = services, listeners, deletion_listeners

    def receive(self, message: MessageEvent, now: datetime) -> None:
        """Pass on a message that is new, edited or deleted.

        Raises `RetryLater`, or `NotKnownYet` where a listener has to know its writer.
        """
        if message.kind == "deleted":
            self._note_deleted_post(message)
        subject = self._subject(message)
        kind, _, subject_id = (subject or "").partition(":")
        if listener := self._listeners.get(kind):
            listener(subject_id, message, now)

    def _subject(self, message: MessageEvent) -> str | None:
        """What it belongs to: the subject of the post it replies to, else the case that has this channel for itself.

        A change of what we keep belongs where that is kept: it may stand under a copy of our post that was removed.
        """
        is_reply = message.thread is not None and message.thread != message.ts
        with self._services.database.reading() as session:
            if is_reply and (root := self._post_at(session, message.channel, message.thread)):
                return root.subject
            if case := case_in(session, message.channel, message.said_at):
                return f"case:{case}"
            if message.kind != "new" and (subject := subject_of_kept(session, message.channel, message.ts)):
                return subject
            if is_reply and self._may_become_ours(session, message):
                raise RetryLater
            return None

    def _post_at(self, session: Session, channel: str, ts: str | None) -> OutboxTarget | None:
        return session.scalar(select(OutboxTarget).where(OutboxTarget.channel == channel, OutboxTarget.ts == ts))

    def _may_become_ours(self, session: Session, message: MessageEvent) -> bool:
        """Whether a post of ours may be in Slack while we do not know its `ts` yet: this may be a reply to it."""
        being_sent = select(OutboxTarget.id).join(OutboxJob, OutboxJob.target_id == OutboxTarget.id)
        uncertain = OutboxJob.first_tried_at.is_not(None), OutboxJob.state.in_(("waiting", "sending", "failed"))
        here = being_sent.where(OutboxTarget.channel == message.channel, OutboxTarget.ts.is_(None), *uncertain)
        return session.scalar(here.limit(1)) is not None

    def note_own_post(self, channel: str, ts: str) -> None:
        """A message of ours arrived in Slack."""
        with self._services.database.writing(wakes=False) as session:
            self._services.outbox.seen_posts.note_seen(session, channel, ts)

    def on_deleted(self, session: Session, post: OutboxTarget) -> None:
        """Somebody deleted this post of ours: nothing is to update it any more."""
        if listener := self._deletion_listeners.get(post.key.partition(":")[0]):
            listener(session, post)
        session.refresh(post, with_for_update=True)
        if post.deleted_at is None:
            self._services.outbox.note_deleted(session, post)

    def _note_deleted_post(self, message: MessageEvent) -> None:
        with self._services.database.writing() as session:
            if post := self._post_at(session, message.channel, message.ts):
                self.on_deleted(session, post)
