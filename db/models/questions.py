"""A circle's own say in what is asked: questions that members wrote, prompts it retired, and what comes next."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class OwnQuestion(Base):
    """A question that a member proposes to their circle, in its language.

    `state` is proposed, adopted (it may be asked) or withdrawn (no words are left). `form_token` is the id of the form
    it came through, so that sending it twice makes one question. `suggestion` is a wording that a moderator proposes to
    the author. Adopted questions come in the order of `adopted_at`, which is empty for those of earlier versions.
    `words` and `suggestion` are sealed. `is_named`: the author may be named with it.
    """

    __tablename__ = "own_question"
    __table_args__ = (Index(None, "circle_id", "state"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    form_token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    theme: Mapped[str]
    has_students: Mapped[bool]
    is_named: Mapped[bool]
    words: Mapped[bytes | None]
    suggestion: Mapped[bytes | None]
    proposed_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]


class QuestionSupport(Base):
    """This member said that they would answer this question."""

    __tablename__ = "question_support"

    question_id: Mapped[str] = mapped_column(ForeignKey("own_question.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)


class RetiredPrompt(Base):
    """This circle is not asked this prompt any more; `prompt` is its id in a file, or "own:ID"."""

    __tablename__ = "retired_prompt"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    prompt: Mapped[str] = mapped_column(primary_key=True)


class QuestionTurn(Base):
    """What is planned for the question with this `number` in its circle, counted from 1.

    A number and no date, so that a skipped week moves what was planned and loses none of it. `theme` or `prompt` is
    what moderators planned or a volunteer (`member_id`) chose; `words` is the volunteer's own answer, sealed, and
    shared when the question is posted. `is_named`: the card may name the volunteer.
    """

    __tablename__ = "question_turn"
    __table_args__ = (UniqueConstraint("circle_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    number: Mapped[int]
    theme: Mapped[str | None]
    prompt: Mapped[str | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    is_named: Mapped[bool] = mapped_column(default=False)
    words: Mapped[bytes | None]
