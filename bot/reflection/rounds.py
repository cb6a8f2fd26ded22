"""The weekly prompt of each circle: chosen, posted once, and the next one planned."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core.services import Desk
from bot.questions.selection import Picking
from bot.reflection.invitations import question_came
from bot.reflection.round_cards import post_card
from bot.rhythm.planning import Planning
from bot.rhythm.rules.rhythm import Slot
from db.models import Circle
from db.queries import reflection as reflections

# When what waited for the end of the round before is posted too, and a first answer may be there.
_A_WHILE: Final = timedelta(hours=2)


class Rounds:
    """Rounds: one prompt in one circle."""

    def __init__(self, desk: Desk, planning: Planning) -> None:
        self._desk = desk
        self._planning = planning
        self._picking = Picking(desk)

    def due(self, now: datetime) -> list[int]:
        """Our ids of the circles whose prompt is due."""
        with self._desk.database.reading() as session:
            return reflections.due_circles(session, now)

    def post(self, circle_id: int, now: datetime) -> bool:
        """Post the prompt that is due in this circle and plan the next; returns whether one was posted.

        One that could not come in its own slot is skipped, and recorded as missed.
        """
        with self._desk.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            due = circle.next_round_at
            if due is None or due > now or circle.channel.left_at:
                return False
            slot = self._planning.settle(session, circle, now)
            if slot is not None:
                self.post_in(session, circle, slot, now)
            self._planning.plan_next(session, circle)
            return slot is not None

    def post_in(self, session: Session, circle: Circle, slot: Slot, now: datetime) -> None:
        """Post the question of this slot; the circle is locked."""
        self._planning.note_asked(session, circle, slot, now)
        round_ = self._picking.begin(session, circle, slot.key, now)
        post_card(session, self._desk, circle, round_, now)
        self._picking.answer_first(session, circle, round_, now)
        circle.look_at = now + _A_WHILE
        question_came(session, circle, now)
