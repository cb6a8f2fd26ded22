"""What became of plan slots that have no round."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class SlotWithout(Base):
    """A plan slot of a circle in which no question comes, and `why`: a word of `bot.rules.rhythm.Fate`.

    One that is skipped stands here before its time, by the moderator `member_id`, who can undo it until then.
    """

    __tablename__ = "slot_without"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]
    planned_at: Mapped[datetime]
    noted_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
