"""Insights: one sentence that may travel beyond what it came from."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Insight(Base):
    """One sentence that a member made of something of their own.

    `state` is undecided, kept, shared (in the channel of its circle, with its writer's name) or withdrawn (no words
    are left). `reflection_id` is what it was made of; empty once that was posted without a name, and for what somebody
    took along from a case: that has its `case_id`. `form_token` is the id of the form it came through, so that sending
    it twice makes one insight. `words` is sealed.
    """

    __tablename__ = "insight"
    __table_args__ = (Index(None, "member_id", "written_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    reflection_id: Mapped[str | None] = mapped_column(ForeignKey("reflection.id", ondelete="SET NULL"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("intervision_case.id"))
    form_token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    words: Mapped[bytes | None]
    written_at: Mapped[datetime]
