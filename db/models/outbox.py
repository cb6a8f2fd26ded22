"""The outbox: targets (what we show in Slack) and jobs (what has to be done with a target)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class OutboxTarget(Base):
    """One thing in Slack that we made or will make: a message, a channel, a direct conversation, a Home.

    `key` is our own unique name, so nothing is posted twice. `id` is random, and in the metadata of the message.
    `channel` is Slack's id; it is unknown until the target `channel_target_id` made that channel. `thread_target_id` is
    the target whose thread it is in. `subject` is the case or round that it is about. `catch_up_at` is set where
    people's words are kept (the thread of a weekly question, the channel of a case): at that moment we read there, for
    events that we missed. `verify_at` is when we look whether Slack really shows a message that it said it posted;
    `posted_at` is when it said so, `is_seen` tells that an event said that it is there, and `is_reposted` that it was
    not there once and was posted again. Of a place that is read, `reading` is how far that came, and what was not there
    the last time (`bot.listening.reading`).
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
    verify_at: Mapped[datetime | None] = mapped_column(index=True)
    posted_at: Mapped[datetime | None]
    is_seen: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_reposted: Mapped[bool] = mapped_column(default=False, server_default=false())
    reading: Mapped[dict[str, Any] | None]


class OutboxJob(Base):
    """One thing to do in Slack. Jobs with the same `queue_key` are done in the order of `id`.

    `state` is waiting, sending (under a lease, by the process `holder`), posted (done, and kept until it is verified),
    sent, failed (since `failed_at`: a person must act) or withdrawn. A failed job with a `not_before` is tried again
    then, since the cause may be mended. `body` is the content, rendered and sealed under `token`, and wiped once sent.
    `first_tried_at` is set while the job is uncertain, and `looks` counts how often it was looked for; `retried_at` is
    when an operator had it tried again. `error` is
    Slack's or our own word for what went wrong at the last attempt, `method` the method of Slack, and `scope` the
    scope that it misses. All moments here are of the database's clock.
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
    looks: Mapped[int] = mapped_column(default=0, server_default="0")
    holder: Mapped[str | None]
    failed_at: Mapped[datetime | None]
    retried_at: Mapped[datetime | None]
    error: Mapped[str | None]
    method: Mapped[str | None]
    scope: Mapped[str | None]
