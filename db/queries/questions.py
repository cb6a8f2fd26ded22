"""Finding the questions of a circle's own, who would answer them, and what comes next."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.models import Circle, Member, OwnQuestion, Retired, Round, Support


def by_form(session: Session, form: str) -> OwnQuestion | None:
    """The question that came through this form."""
    return session.scalar(select(OwnQuestion).where(OwnQuestion.form == form))


def in_state(session: Session, circle: Circle, state: str) -> list[OwnQuestion]:
    """The questions of this circle's members in this state, the newest first."""
    found = select(OwnQuestion).where(OwnQuestion.circle_id == circle.id, OwnQuestion.state == state)
    return list(session.scalars(found.order_by(OwnQuestion.proposed_at.desc(), OwnQuestion.id)))


def support(session: Session, questions: Iterable[OwnQuestion]) -> dict[str, int]:
    """How many members would answer each of these questions; those that nobody would yet are not in it."""
    ids = [question.id for question in questions]
    counted = select(Support.question_id, func.count()).where(Support.question_id.in_(ids))
    rows = session.execute(counted.group_by(Support.question_id))
    return {row[0]: row[1] for row in rows}


def supported_by(session: Session, member: Member, questions: Iterable[OwnQuestion]) -> set[str]:
    """Ids of those of these questions that this member would answer."""
    ids = [question.id for question in questions]
    own = select(Support.question_id).where(Support.member_id == member.id, Support.question_id.in_(ids))
    return set(session.scalars(own))


def forget_support(session: Session, question: OwnQuestion) -> None:
    """Nobody has said anything about this question."""
    session.execute(delete(Support).where(Support.question_id == question.id))


def retired(session: Session, circle: Circle) -> set[str]:
    """Ids of the prompts that this circle does without."""
    return set(session.scalars(select(Retired.prompt).where(Retired.circle_id == circle.id)))


def rounds_of(session: Session, circle: Circle, prompt: str) -> list[Round]:
    """The rounds in which this circle was asked this prompt."""
    return list(session.scalars(select(Round).where(Round.circle_id == circle.id, Round.prompt == prompt)))
