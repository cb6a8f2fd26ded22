"""Facts about people and channels, from Slack's events and from the tick that reconciles them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Workspace(Base):
    """Who we are in Slack: kept, so that no request has to ask Slack first. One row.

    `enterprise` is Slack's id of the organisation, for a workspace of an Enterprise Grid.
    `reconcile_at` is when we ask Slack again in which channels we are. Since `heard_since` Slack's events have come
    without a break that we know of. `checked_at` is when health last wrote here, to see whether it can.
    """

    __tablename__ = "workspace"

    id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[str] = mapped_column(unique=True)
    bot_user: Mapped[str]
    bot_id: Mapped[str]
    enterprise: Mapped[str | None]
    seen_at: Mapped[datetime]
    reconcile_at: Mapped[datetime | None]
    heard_since: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]


class Member(Base):
    """A person in Slack. `name` is the one that they show there, sealed; empty until Slack says it.

    `journal_ask_at` is when they are asked whether what they wrote may stay; empty for those who wrote nothing.
    """

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    slack: Mapped[str] = mapped_column(unique=True)
    name: Mapped[bytes | None]
    language: Mapped[str | None]
    timezone: Mapped[str]
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_external: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_deactivated: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    journal_ask_at: Mapped[datetime | None] = mapped_column(index=True)


class Channel(Base):
    """A channel in Slack where the bot is, or was. `look_up_at` is set while its people have to be looked up.

    While the bot cannot work there, `away_reason` says why: removed, archived, deleted, shared (with another
    organisation) or missing (Slack does not know it); `left_at` since when, and `away_told_at` when those who can mend
    it were told.
    """

    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    slack: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    is_external: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None]
    away_reason: Mapped[str | None]
    away_told_at: Mapped[datetime | None]
    look_up_at: Mapped[datetime | None] = mapped_column(index=True)


class FormDraft(Base):
    """What a member wrote in a form and did not send yet: kept for them alone, until they send it. Sealed.

    `place` is what the form is for, such as a step of a case; `form_token` is the id of the form.
    """

    __tablename__ = "form_draft"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True, index=True)
    form_token: Mapped[str]
    words: Mapped[bytes]
    written_at: Mapped[datetime]


class ChannelMember(Base):
    """This member is in this channel."""

    __tablename__ = "channel_member"

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
