"""Plan slots without a question on their day, and what a silent circle was asked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class SlotException(Base):
    """A plan slot of a circle that had no question on the day it was `planned` for, and `why`: a word of
    `bot.rhythm.rules.rhythm.Fate`.

    `came` is the day on which it had one after all; `closed_for` what the circle calls its own closed period. A skipped
    slot is here before its time, by the moderator `member_id`, who can undo that until then.
    """

    __tablename__ = "slot_exception"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]
    planned: Mapped[date]
    came: Mapped[date | None]
    closed_for: Mapped[str | None]
    noted_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class InactivityQuestion(Base):
    """This circle was asked how to go on after silent rounds, while it was in round `round_id`; open until answered."""

    __tablename__ = "inactivity_question"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    is_open: Mapped[bool]
