"""Who asked to be invited to the weekly question, and when."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Invitation(Base):
    """This member wants to be invited in private, at `clock` ("HH:MM") on the wall of `timezone`; nobody does unasked.

    `next_at` is when they may be invited next: set when a question comes, or when they ask; empty while paused, and
    while there is nothing to invite them to.
    """

    __tablename__ = "invitation"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    clock: Mapped[str]
    timezone: Mapped[str]
    is_paused: Mapped[bool] = mapped_column(default=False)
    next_at: Mapped[datetime | None] = mapped_column(index=True)
