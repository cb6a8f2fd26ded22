"""Which question comes next in a circle: what was planned or chosen for this turn, else one by lot."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.people.api import is_in
from bot.questions import rules
from bot.questions.candidates import Candidate, candidates
from bot.questions.turn_state import free_turn
from db.models import Circle, Member, QuestionTurn
from db.queries import questions as queries
from db.queries.questions import used_prompts


@dataclass(frozen=True)
class Selected:
    """The question that comes, and who is named with it: its author, and the member who chose it (our own ids)."""

    question: Candidate
    author_id: int | None
    chooser_id: int | None


def select_question(session: Session, services: Services, circle: Circle, slot: str) -> Selected:
    """The question that comes in this slot of the circle's plan; the same slot always selects the same question."""
    turn = _turn(session, circle)
    question = _select(session, services, circle, turn, f"{circle.id}:{slot}")
    author = question.own.member_id if question.own and question.own.is_named else None
    chooser = turn.member_id if turn and turn.is_named and turn.prompt == question.id else None
    return Selected(question, author, chooser)


def _turn(session: Session, circle: Circle) -> QuestionTurn | None:
    """What was planned or chosen for now; a member who is no longer there has chosen nothing."""
    turn = queries.coming_turns(session, circle).get(queries.next_number(session, circle))
    if turn is None or turn.member_id is None:
        return turn
    member = session.get_one(Member, turn.member_id)
    if member.is_deactivated or not is_in(session, circle.channel, member):
        free_turn(session, turn)
        return turn if turn.theme else None
    return turn


def _select(session: Session, services: Services, circle: Circle, turn: QuestionTurn | None, seed: str) -> Candidate:
    every, without = candidates(session, services, circle), queries.retired_prompts(session, circle)
    # A circle that retired everything there is, is still asked something.
    asked = [one for one in every if one.id not in without] or every
    # What a volunteer chose comes, also where it was retired meanwhile.
    chosen = [one for one in every if turn and turn.member_id and one.id == turn.prompt]
    planned = chosen or rules.planned(asked, turn.prompt if turn else None, turn.theme if turn else None)
    return rules.choose(planned, used_prompts(session, circle), seed)
