"""The outbox: posts (things that stand in Slack, or will) and errands (what has to be done to them)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class OutboxTarget(Base):
    """One thing in Slack that we made or will make: a message, a channel, a direct conversation, a Home.

    `key` is our own name for it and unique, so nothing is ever said twice. `id` is random and is what the message's
    metadata carries. `inside` is the post that makes the channel it goes to, where that did not exist yet;
    otherwise `channel` is Slack's id from the start. `under` is the post whose thread it stands in. `subject` names
    the case or round it belongs to. `catch_up_at` is set where people's words are kept (the thread of a weekly
    question, the channel of a case): when it is read again for what Slack may not have told.
    """

    __tablename__ = "outbox_target"
    __table_args__ = (Index(None, "channel", "ts"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str | None] = mapped_column(index=True)
    channel_target_id: Mapped[str | None] = mapped_column(ForeignKey("outbox_target.id"), index=True)
    thread_target_id: Mapped[str | None] = mapped_column(ForeignKey("outbox_target.id"), index=True)
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    catch_up_at: Mapped[datetime | None] = mapped_column(index=True)


class OutboxJob(Base):
    """One thing to do in Slack, in the order of `id` within its `lane`.

    `state` is waiting, sending (under a lease), sent, parked (Slack refused for good, a person must act) or
    withdrawn. `body` is what to say, rendered and sealed under `token`, and wiped once sent. `first_tried_at` is set
    while it may stand in Slack without our having heard of it. Moments here are of the elapsed clock.
    """

    __tablename__ = "outbox_job"
    __table_args__ = (Index(None, "queue_key", "state", "id"), Index(None, "state", "not_before"))

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[str] = mapped_column(ForeignKey("outbox_target.id"), index=True)
    operation: Mapped[str]
    queue_key: Mapped[str]
    token: Mapped[str]
    body: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    lease_until: Mapped[datetime | None] = mapped_column(index=True)
    first_tried_at: Mapped[datetime | None]
    error: Mapped[str | None]
