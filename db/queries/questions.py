"""Finds the questions that members of a circle wrote, who would answer them, and what comes next."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.models import Channel, Circle, Member, OwnQuestion, QuestionSupport, QuestionTurn, RetiredPrompt, Round

# Leaves out rounds that look back on others.
_IS_QUESTION = Round.prompt.not_like("season:%")


def find_question_by_form(session: Session, form: str) -> OwnQuestion | None:
    """The question that came through this form."""
    return session.scalar(select(OwnQuestion).where(OwnQuestion.form_token == form))


def questions_in_state(session: Session, circle: Circle, state: str) -> list[OwnQuestion]:
    """The questions of this circle's members in this state, the newest first."""
    found = select(OwnQuestion).where(OwnQuestion.circle_id == circle.id, OwnQuestion.state == state)
    return list(session.scalars(found.order_by(OwnQuestion.proposed_at.desc(), OwnQuestion.id)))


def adopted_in_order(session: Session, circle: Circle) -> list[str]:
    """Our ids of the questions that this circle adopted, the first one first."""
    adopted = select(OwnQuestion.id).where(OwnQuestion.circle_id == circle.id, OwnQuestion.state == "adopted")
    when = func.coalesce(OwnQuestion.adopted_at, OwnQuestion.proposed_at)
    return list(session.scalars(adopted.order_by(when, OwnQuestion.proposed_at, OwnQuestion.id)))


def count_support(session: Session, questions: Iterable[OwnQuestion]) -> dict[str, int]:
    """How many members would answer each of these questions; those that nobody would yet are not in it."""
    ids = [question.id for question in questions]
    counted = select(QuestionSupport.question_id, func.count()).where(QuestionSupport.question_id.in_(ids))
    rows = session.execute(counted.group_by(QuestionSupport.question_id))
    return {row[0]: row[1] for row in rows}


def supported_by(session: Session, member: Member, questions: Iterable[OwnQuestion]) -> set[str]:
    """Ids of those of these questions that this member would answer."""
    ids = [question.id for question in questions]
    own = QuestionSupport.member_id == member.id, QuestionSupport.question_id.in_(ids)
    return set(session.scalars(select(QuestionSupport.question_id).where(*own)))


def count_proposals_open_to(session: Session, circle: Circle, member: Member) -> int:
    """How many questions are proposed of which this member has not said whether they would answer."""
    said = select(QuestionSupport.question_id).where(QuestionSupport.member_id == member.id)
    proposed = OwnQuestion.circle_id == circle.id, OwnQuestion.state == "proposed", OwnQuestion.member_id != member.id
    return session.scalar(select(func.count()).where(*proposed, OwnQuestion.id.not_in(said))) or 0


def forget_support(session: Session, question: OwnQuestion) -> None:
    """Delete who said that they would answer this question."""
    session.execute(delete(QuestionSupport).where(QuestionSupport.question_id == question.id))


def retired_prompts(session: Session, circle: Circle) -> set[str]:
    """Ids of the prompts that this circle retired."""
    return set(session.scalars(select(RetiredPrompt.prompt).where(RetiredPrompt.circle_id == circle.id)))


def rounds_with_prompt(session: Session, circle: Circle, prompt: str) -> list[Round]:
    """The rounds in which this circle was asked this prompt."""
    return list(session.scalars(select(Round).where(Round.circle_id == circle.id, Round.prompt == prompt)))


def last_asked(session: Session, circle: Circle) -> dict[str, datetime]:
    """When this circle was last asked each prompt that it had."""
    had = select(Round.prompt, func.max(Round.posted_at)).where(Round.circle_id == circle.id).group_by(Round.prompt)
    return {row[0]: row[1] for row in session.execute(had)}


def next_number(session: Session, circle: Circle) -> int:
    """The number of the question that comes next in this circle; rounds that look back have none."""
    return 1 + _asked_so_far(session, circle.id)


def coming_turns(session: Session, circle: Circle) -> dict[int, QuestionTurn]:
    """What is planned or chosen for the questions to come, by their numbers."""
    coming = QuestionTurn.circle_id == circle.id, QuestionTurn.number >= next_number(session, circle)
    turns = session.scalars(select(QuestionTurn).where(*coming).order_by(QuestionTurn.number))
    return {turn.number: turn for turn in turns}


def turn_of_round(session: Session, round_: Round) -> QuestionTurn | None:
    """What was planned or chosen for this round, which is the last of its circle."""
    number = _asked_so_far(session, round_.circle_id)
    turn = QuestionTurn.circle_id == round_.circle_id, QuestionTurn.number == number
    return session.scalar(select(QuestionTurn).where(*turn))


def forget_written_ahead(session: Session, member: Member) -> None:
    """Delete what this member wrote with questions they chose; the questions still come."""
    session.execute(update(QuestionTurn).where(QuestionTurn.member_id == member.id).values(words=None))


def circles_with_season_over(session: Session, now: datetime) -> list[int]:
    """Our ids of the circles, where the bot is in the channel, whose season is over."""
    over = select(Circle.id).join(Channel).where(Circle.look_back_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(over.order_by(Circle.look_back_at)))


def rounds_between(session: Session, circle: Circle, between: tuple[datetime, datetime]) -> list[Round]:
    """The questions this circle was asked from the first moment until before the second, oldest first."""
    asked = select(Round).where(Round.circle_id == circle.id, _IS_QUESTION)
    within = asked.where(Round.posted_at >= between[0], Round.posted_at < between[1])
    return list(session.scalars(within.order_by(Round.posted_at, Round.id)))


def _asked_so_far(session: Session, circle_id: int) -> int:
    return session.scalar(select(func.count()).where(Round.circle_id == circle_id, _IS_QUESTION)) or 0


def used_prompts(session: Session, circle: Circle) -> list[str]:
    """Ids of the prompts this circle had, oldest first."""
    had = select(Round.prompt).where(Round.circle_id == circle.id)
    return list(session.scalars(had.order_by(Round.posted_at, Round.id)))
