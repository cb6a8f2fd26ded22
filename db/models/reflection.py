"""Rounds (one prompt in one circle) and reflections (one member's answer)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Round(Base):
    """One prompt in one circle. The database refuses a second round in the same plan slot.

    `prompt` is its id in a file, or "own:ID" for a question that a member wrote: then `words` holds what it asked
    (sealed), and `author_id` its author, if they may be named. `chooser_id` is the member who chose it, if they may be
    named. `batch_at` is when answers that wait to be shared without a name are posted; empty if none waits.
    `has_replies`: somebody typed in its thread, whether we kept it or not.
    """

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("circle_id", "slot"), Index(None, "circle_id", "posted_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    slot: Mapped[str]
    prompt: Mapped[str]
    theme: Mapped[str]
    has_students: Mapped[bool] = mapped_column(default=False)
    words: Mapped[bytes | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    chooser_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    posted_at: Mapped[datetime]
    batch_at: Mapped[datetime | None] = mapped_column(index=True)
    has_replies: Mapped[bool] = mapped_column(default=False)


class Reflection(Base):
    """One member's answer to a round. `state` is draft, undecided, kept, sent, nameless, shared, withdrawn or gone.

    `sent` went to one colleague, `sent_to`. `nameless` waits to be posted without a name, together with others: then
    its row is deleted, and nothing says whose it was. `withdrawn` was taken back by its writer. `gone` was typed in a
    thread, and deleted there or forgotten here.

    `source` says how it came: "form" (then `form_token` is the id of that form, unique, so that sending it twice keeps
    one answer) or "thread" (then `channel` and `ts` are the message, unique, so that an event that comes five times
    keeps it once). `revision` is the `ts` of the newest edit seen, so that edits in the wrong order change nothing.
    `words` is sealed. `files` is how many files and voice notes came with it; what is in them is not kept.
    """

    __tablename__ = "reflection"
    __table_args__ = (
        UniqueConstraint("channel", "ts"),
        Index(None, "round_id", "state"),
        Index(None, "member_id", "written_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    state: Mapped[str]
    sent_to: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    source: Mapped[str]
    form_token: Mapped[str | None] = mapped_column(unique=True)
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    revision: Mapped[str | None]
    words: Mapped[bytes | None]
    files: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime]


class OptOut(Base):
    """This member opted out: their replies in threads of this circle are not kept, or were not kept `until` then."""

    __tablename__ = "opt_out"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    until: Mapped[datetime | None]


class Invitation(Base):
    """This member asked to be invited in private, at `clock` ("HH:MM") in the time zone `timezone`.

    `next_at` is when they may be invited next: set when a question comes, or when they ask; empty while paused, and
    while there is nothing to invite them to.
    """

    __tablename__ = "invitation"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    clock: Mapped[str]
    timezone: Mapped[str]
    is_paused: Mapped[bool] = mapped_column(default=False)
    next_at: Mapped[datetime | None] = mapped_column(index=True)
