"""Plan slots that went otherwise, what members can object to before it holds, and what a silent circle was asked."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class SlotOtherwise(Base):
    """A plan slot of a circle that had no question on the day it was `planned` for, and `why`: a word of
    `bot.rhythm.rules.rhythm.Fate`.

    `came` is the day on which it had one after all; `closed_for` what the circle calls its own closed period. One that
    is skipped stands here before its time, by the moderator `member_id`; it can be undone until then.
    """

    __tablename__ = "slot_otherwise"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]
    planned: Mapped[date]
    came: Mapped[date | None]
    closed_for: Mapped[str | None]
    noted_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class Proposal(Base):
    """Something proposed for a circle, which holds from `ends_at` on unless a member objects.

    `kind` says what it is about (and who carries it out), `body` what is to hold then. `card` is the key of the post
    that shows it. `state` is open, held, stopped (somebody objected), replaced (by a later one) or taken_back.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "state", "ends_at"), Index(None, "circle_id", "state"))

    id: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(unique=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    card: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    ends_at: Mapped[datetime]


class Objection(Base):
    """This member objects to this proposal, or did and took it back. Their words stand in the channel, not here."""

    __tablename__ = "objection"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    is_taken_back: Mapped[bool] = mapped_column(default=False)


class Silence(Base):
    """This circle was asked how to go on after silent rounds, while it was in round `round_id`; open until answered."""

    __tablename__ = "silence"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    is_open: Mapped[bool]
