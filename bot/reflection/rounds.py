"""The weekly prompt of each circle: chosen, posted once, and the next one planned."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core.periods import season_ends
from bot.core.services import Services
from bot.questions.api import place_of_turn, read_question, seal_asked, select_question, turn_of
from bot.reflection.answer_modal import place_of_reflection
from bot.reflection.answer_posts import AnswerPosts
from bot.reflection.invitations import plan_invitations
from bot.reflection.round_cards import post_round_card
from bot.reflection.rules import ask_again_at
from bot.rhythm.api import RoundPlanning
from bot.rhythm.types import PlanSlot
from db.models import Circle, Member, Reflection, Round
from db.queries import reflection as reflections

# When what waited for the end of the round before is posted too, and a first answer may be there.
_A_WHILE: Final = timedelta(hours=2)


class Rounds:
    """Rounds: one prompt in one circle."""

    def __init__(self, services: Services, planning: RoundPlanning) -> None:
        self._services = services
        self._planning = planning
        self._posts = AnswerPosts(services)

    def due_circles(self, now: datetime) -> list[int]:
        """Our ids of the circles whose prompt is due."""
        with self._services.database.reading() as session:
            return reflections.due_circles(session, now)

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
        """Post the question of this slot; the circle is locked."""
        self._planning.record_posted(session, circle, slot, now)
        round_ = self._begin(session, circle, slot.key, now)
        post_round_card(session, self._services, circle, round_, now)
        self._share_first_answer(session, circle, round_, now)
        circle.inactivity_check_at = now + _A_WHILE
        plan_invitations(session, circle, now)

    def _begin(self, session: Session, circle: Circle, slot: str, now: datetime) -> Round:
        selected = select_question(session, self._services, circle, slot)
        question = selected.question
        round_ = Round(
            circle_id=circle.id,
            slot=slot,
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
        """Share what the volunteer wrote with the question they chose; the card has to be queued by now.

        If that question is gone and another came, it is kept for its writer alone.
        """
        turn = turn_of(session, round_)
        if turn is None:
            return
        text = self._services.open_text(turn.words, place_of_turn(turn))
        if text and turn.member_id:
            member = session.get_one(Member, turn.member_id)
            kept = self._keep_answer(session, round_, member, text, now)
            if turn.prompt == round_.prompt:
                kept.state = "shared"
                self._posts.show_answer(session, circle, member, kept, text)
        session.delete(turn)

    def _keep_answer(self, session: Session, round_: Round, member: Member, text: str, now: datetime) -> Reflection:
        fresh = secrets.token_hex(12)
        reflection = Reflection(
            id=fresh,
            round_id=round_.id,
            member_id=member.id,
            state="kept",
            source="form",
            words=self._services.seal(text, place_of_reflection(fresh)),
            written_at=now,
        )
        session.add(reflection)
        member.journal_ask_at = member.journal_ask_at or ask_again_at(now)
        session.flush()
        return reflection
