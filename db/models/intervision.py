"""Cases (one intervision each), the state of their steps, and what people wrote in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class CaseRow(Base):
    """One intervision. `state` is inviting, waiting, running, closed or stopped; `pace` is calm or live.

    `series` is the id of the first of the linked cases it is one of, on that first one too. Nothing reads `short_cards`
    any more: every card is short.

    `protocol` is the whole protocol the case began with: editing a file never moves people mid-way. It is a text, not
    JSON, so that what many cases share is read once (see `bot.intervision.context`). `steps` is the state of each of
    its steps (see `bot.intervision.rules.case`), and `opens_at` when the next one opens if none is open. `words` is the
    sealed intake. `due_at` is the next moment something happens by itself; `wipe_at` when the words of a step are wiped
    that are kept shorter than the case, `forget_at` when all its words are. While the bot cannot work where the case
    lives, `waits_for` says why (as `Channel.away_reason`, or not_made, not_opened), and `waits_since` until when its
    time was counted.

    `lies_still_until` and `is_group_there` are as in `bot.intervision.rules.case`. `remind_at` is when those are
    reminded whose step closes; `tell_owner` is what its owner is to read in private since `tell_since` (prolonged,
    lies_still, group_is_there).
    """

    __tablename__ = "intervision_case"

    id: Mapped[str] = mapped_column(primary_key=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    form_token: Mapped[str] = mapped_column(unique=True)
    protocol_key: Mapped[str]
    protocol: Mapped[str] = mapped_column(Text)
    theme: Mapped[str]
    series: Mapped[str | None] = mapped_column(ForeignKey("intervision_case.id"), index=True)
    state: Mapped[str]
    pace: Mapped[str] = mapped_column(default="calm")
    short_cards: Mapped[bool] = mapped_column(default=False)
    steps: Mapped[list[Any]]
    opens_at: Mapped[datetime | None] = mapped_column(index=True)
    words: Mapped[bytes | None]
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    wipe_at: Mapped[datetime | None] = mapped_column(index=True)
    forget_at: Mapped[datetime | None] = mapped_column(index=True)
    waits_for: Mapped[str | None]
    waits_since: Mapped[datetime | None] = mapped_column(index=True)
    lies_still_until: Mapped[datetime | None]
    is_group_there: Mapped[bool] = mapped_column(default=False, server_default=false())
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    tell_owner: Mapped[str | None]
    tell_since: Mapped[datetime | None]


class Participation(Base):
    """This member has this role in this case, from the moment they join; `number` is their place among who joined."""

    __tablename__ = "participation"

    case_id: Mapped[str] = mapped_column(ForeignKey("intervision_case.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class ContributionRow(Base):
    """What somebody wrote in a step, with its kind ("pass" is one too). `words` is sealed.

    `number` is its place among those of its case, in the order they came. `member_id` is empty, and `number` 0, once
    the names of its step were hidden for good.

    `state` is held (nobody else can read it), revealed or withdrawn. `form_token` is the id of the form it came through
    and `slot` its place in that form: sending a form twice makes one contribution.
    """

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("form_token", "slot"), Index(None, "case_id", "step"))

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("intervision_case.id"))
    step: Mapped[str]
    number: Mapped[int] = mapped_column(default=0)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[str]
    rating: Mapped[str | None]
    about: Mapped[str | None]
    state: Mapped[str]
    form_token: Mapped[str | None]
    slot: Mapped[str | None]
    words: Mapped[bytes | None]
    written_at: Mapped[datetime]


class Remark(Base):
    """What somebody typed in a thread of a case, outside a form: kept, and never a contribution. `words` is sealed."""

    __tablename__ = "remark"
    __table_args__ = (UniqueConstraint("channel", "ts"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("intervision_case.id"), index=True)
    step: Mapped[str | None]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[str]
    ts: Mapped[str]
    revision: Mapped[str | None]
    words: Mapped[bytes | None]
    written_at: Mapped[datetime]


class SavedAdvice(Base):
    """Advice that came up while questions were asked: it waits for its writer alone, in the step for advice. Sealed."""

    __tablename__ = "saved_advice"

    case_id: Mapped[str] = mapped_column(ForeignKey("intervision_case.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    words: Mapped[bytes]


class LateContribution(Base):
    """What somebody sent after its step had closed: kept for the writer alone, until shared or wiped. Sealed."""

    __tablename__ = "late_contribution"

    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("intervision_case.id"), index=True)
    step: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    form_token: Mapped[str] = mapped_column(unique=True)
    words: Mapped[bytes | None]
    written_at: Mapped[datetime]


class Reminder(Base):
    """What the bot tells this member in private without being asked: one message a day at most.

    `is_wanted`: also in the morning of the working day before something of theirs closes; empty for those who were
    never asked. `due_at` is when to look what there is to tell, `told_at` when they were last told something.
    """

    __tablename__ = "reminder"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    is_wanted: Mapped[bool | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    told_at: Mapped[datetime | None]
