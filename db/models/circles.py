"""Circles: the channels where Klankbord works, and how each wants it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Base
from db.models.people import Channel


class Circle(Base):
    """One circle. `rhythm` is a `bot.rhythm.rules.rhythm.Rhythm`, in the local time of `timezone`.

    `next_round_at` is the moment the next question is due, and `next_slot` its plan slot; both are empty while none is
    planned. Due moments are in these columns, never in the scheduler. What became of every slot until `settled_until`
    is in the table of rounds or in that of slot exceptions. Before the day `paused_until` no question comes.
    `inactivity_check_at` is when to check whether its rounds were silent, `look_back_at` when its season is over.
    `unmoderated_since` is when its last moderator left, and `moderator_sought_at` when its people were asked for
    another.
    `support_needed` is how many say they would answer a member's question before it may be asked.
    """

    __tablename__ = "circle"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), unique=True)
    language: Mapped[str]
    timezone: Mapped[str]
    rhythm: Mapped[dict[str, Any]] = mapped_column(default=dict)
    contact: Mapped[str | None]
    set_up_at: Mapped[datetime | None]
    next_round_at: Mapped[datetime | None] = mapped_column(index=True)
    next_slot: Mapped[str | None]
    settled_until: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    inactivity_check_at: Mapped[datetime | None] = mapped_column(index=True)
    support_needed: Mapped[int] = mapped_column(default=3)
    look_back_at: Mapped[datetime | None] = mapped_column(index=True)
    unmoderated_since: Mapped[datetime | None] = mapped_column(index=True)
    moderator_sought_at: Mapped[datetime | None]

    channel: Mapped[Channel] = relationship(lazy="joined", innerjoin=True)


class Moderator(Base):
    """This member moderates this circle: may share its digest and change how it works."""

    __tablename__ = "moderator"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
