"""What somebody chose for a question to come, until it is asked or given back."""

from sqlalchemy.orm import Session

from bot.crypto import places
from db.models import Circle, Member, QuestionTurn
from db.queries import questions


def place_of_turn(turn: QuestionTurn) -> str:
    """Where a volunteer's own answer is sealed for."""
    return places.place(places.VOLUNTEERS_ANSWER, turn.id)


def turn_of_member(session: Session, circle: Circle, member: Member) -> QuestionTurn | None:
    """The question to come that this member took on them."""
    return next(
        (turn for turn in questions.coming_turns(session, circle).values() if turn.member_id == member.id), None
    )


def free_turn(session: Session, turn: QuestionTurn) -> None:
    """A turn as it was before a volunteer took it: a theme that moderators planned stays."""
    turn.member_id = turn.prompt = turn.words = None
    turn.is_named = False
    if turn.theme is None:
        session.delete(turn)
    session.flush()
