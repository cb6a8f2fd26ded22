"""Proposals that a circle consents to, and the objections of its members."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Proposal(Base):
    """Something proposed for a circle, which holds from `ends_at` on unless a member objects.

    `kind` is a key of the `ProposalType`s, `body` what is to hold then. `card` is the key of the post that shows it.
    `state` is open, held, stopped (a member objected), replaced (by a later one) or taken_back.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "state", "ends_at"), Index(None, "circle_id", "state"))

    id: Mapped[str] = mapped_column(primary_key=True)
    form_token: Mapped[str] = mapped_column(unique=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    card: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    ends_at: Mapped[datetime]


class Objection(Base):
    """This member objects to this proposal, or did and took it back. Their words are in the channel, not here."""

    __tablename__ = "objection"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    is_taken_back: Mapped[bool] = mapped_column(default=False)
