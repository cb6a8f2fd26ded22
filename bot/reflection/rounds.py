"""The weekly question of each circle: chosen, posted once, and the next one planned."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core.periods import season_ends
from bot.core.services import Services
from bot.questions.api import place_of_turn, read_question, seal_asked, select_question, turn_of_round
from bot.reflection.answer_context import AnswerContext, keep_new_answer
from bot.reflection.answer_visibility import show_answer
from bot.reflection.invitations import plan_invitations
from bot.reflection.round_cards import post_round_card
from bot.rhythm.api import RoundPlanning
from bot.rhythm.types import PlanSlot
from db.models import Circle, Member, Round
from db.queries import reflection as queries

# By then the batch of the round before is posted too, and there may be a first answer.
_INACTIVITY_CHECK_AFTER: Final = timedelta(hours=2)


class Rounds:
    """Posts the questions that are due. A round is one prompt in one circle."""

    def __init__(self, services: Services, planning: RoundPlanning) -> None:
        self._services, self._planning = services, planning

    def due_circles(self, now: datetime) -> list[int]:
        """Our ids of the circles whose prompt is due."""
        with self._services.database.reading() as session:
            return queries.due_circles(session, now)

    def post_due_round(self, circle_id: int, now: datetime) -> bool:
        """Post the prompt that is due in this circle and plan the next; returns whether one was posted.

        One that could not come in its own slot is skipped, and recorded as missed.
        """
        with self._services.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            due = circle.next_round_at
            if due is None or due > now or circle.channel.left_at:
                return False
            slot = self._planning.settle_slots(session, circle, now)
            if slot is not None:
                self.post_round_in(session, circle, slot, now)
            self._planning.plan_next(session, circle)
            return slot is not None

    def post_round_in(self, session: Session, circle: Circle, slot: PlanSlot, now: datetime) -> None:
        """Post the question of this slot; the caller has locked the circle."""
        self._planning.record_posted(session, circle, slot, now)
        round_ = self._add_round(session, circle, slot, now)
        post_round_card(session, self._services, circle, round_, now)
        self._share_first_answer(session, circle, round_, now)
        circle.inactivity_check_at = now + _INACTIVITY_CHECK_AFTER
        plan_invitations(session, circle, now)

    def _add_round(self, session: Session, circle: Circle, slot: PlanSlot, now: datetime) -> Round:
        selected = select_question(session, self._services, circle, slot.key, slot.planned.month)
        question = selected.question
        round_ = Round(
            circle_id=circle.id,
            slot=slot.key,
            posted_at=now,
            prompt=question.id,
            theme=question.theme,
            has_students=question.has_students,
            author_id=selected.author_id,
            chooser_id=selected.chooser_id,
        )
        session.add(round_)
        circle.look_back_at = circle.look_back_at or season_ends(now, circle.timezone)
        session.flush()
        if question.own:
            seal_asked(self._services, round_, read_question(self._services, question.own))
        return round_

    def _share_first_answer(self, session: Session, circle: Circle, round_: Round, now: datetime) -> None:
        """Share what the volunteer wrote with the question they chose; the card is queued already.

        If that question was taken back and another came, the answer is kept for its writer alone.
        """
        turn = turn_of_round(session, round_)
        if turn is None:
            return
        text = self._services.open_text(turn.words, place_of_turn(turn))
        if text and turn.member_id:
            member = session.get_one(Member, turn.member_id)
            context = AnswerContext(self._services, session, round_, circle, member, now)
            answer = keep_new_answer(context, text, "kept")
            if turn.prompt == round_.prompt:
                answer.state = "shared"
                show_answer(context, answer, text)
        session.delete(turn)
