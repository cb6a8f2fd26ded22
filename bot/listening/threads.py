"""What is heard in threads under our posts: whose thread it is, and who listens there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.services import Services
from db.models import OutboxJob, OutboxTarget
from db.queries.listening import case_in


@dataclass(frozen=True)
class MessageEvent:
    """One thing Slack told of a message. `text` is what the person typed; `revision` the `ts` of that change.

    `thread` is the `ts` of the message it stands under. `user` is empty where a bot wrote it. `files` is how many files
    and voice notes came with it.
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


class RetryLater(Exception):
    """We cannot know yet what this belongs to: Slack has to tell us once more."""


# Who listens in the threads of one kind of subject: (the id after "round:" or "case:", what was heard, now).
Listener = Callable[[str, MessageEvent, datetime], None]
# Who hears that a post of ours with one kind of key is being lost, in the transaction that loses it.
DeletionListener = Callable[[Session, OutboxTarget], None]


class Threads:
    """Passes on what is heard to who listens: `listeners` by the word before the colon of a post's subject.

    `losers` hear of posts of ours that others deleted, by the first word of the post's key.
    """

    def __init__(
        self, services: Services, listeners: Mapping[str, Listener], losers: Mapping[str, DeletionListener]
    ) -> None:
        self._services = services
        self._listeners = listeners
        self._losers = losers

    def receive(self, heard: MessageEvent, now: datetime) -> None:
        """Something was said, changed or deleted.

        Raises `RetryLater`, or `NotKnownYet` where a listener has to know who.
        """
        if heard.kind == "deleted":
            self._ours_is_gone(heard)
        subject = self._subject(heard)
        kind, _, subject_id = (subject or "").partition(":")
        if listener := self._listeners.get(kind):
            listener(subject_id, heard, now)

    def _subject(self, heard: MessageEvent) -> str | None:
        """What it belongs to: the post it stands under, else the case that has this channel for itself."""
        is_reply = heard.thread is not None and heard.thread != heard.ts
        with self._services.database.reading() as session:
            if is_reply and (root := self._post_at(session, heard.channel, heard.thread)):
                return root.subject
            if case := case_in(session, heard.channel, heard.said_at):
                return f"case:{case}"
            if is_reply and self._may_become_ours(session, heard):
                raise RetryLater
            return None

    def _post_at(self, session: Session, channel: str, ts: str | None) -> OutboxTarget | None:
        return session.scalar(select(OutboxTarget).where(OutboxTarget.channel == channel, OutboxTarget.ts == ts))

    def _may_become_ours(self, session: Session, heard: MessageEvent) -> bool:
        """Whether a post of ours is in Slack before we have heard where: then this may be a reply to it."""
        on_its_way = select(OutboxTarget.id).join(OutboxJob, OutboxJob.target_id == OutboxTarget.id)
        unsure = OutboxJob.first_tried_at.is_not(None), OutboxJob.state.in_(("waiting", "sending", "failed"))
        here = on_its_way.where(OutboxTarget.channel == heard.channel, OutboxTarget.ts.is_(None), *unsure)
        return session.scalar(here.limit(1)) is not None

    def on_deleted(self, session: Session, post: OutboxTarget) -> None:
        """Somebody deleted this post of ours: nothing is to update it any more."""
        if loser := self._losers.get(post.key.partition(":")[0]):
            loser(session, post)
        session.refresh(post, with_for_update=True)
        if post.deleted_at is None:
            self._services.outbox.note_deleted(session, post)

    def _ours_is_gone(self, heard: MessageEvent) -> None:
        with self._services.database.writing() as session:
            if post := self._post_at(session, heard.channel, heard.ts):
                self.on_deleted(session, post)
