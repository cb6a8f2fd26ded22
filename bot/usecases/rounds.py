"""The weekly prompt of each circle: chosen, posted once, and the next one planned."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.outbox import Place
from bot.usecases.catching_up import EVERY
from bot.usecases.desk import Desk
from bot.usecases.planning import Planning
from bot.usecases.questions.picking import Picking
from bot.usecases.questions.shelf import asked_in, is_own
from bot.views import reflection as views
from bot.views.parts import Json
from bot.views.reflection import Question
from bot.words import Speaker
from db.models import Circle, Member, Round
from db.queries import reflections


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
                self._post(session, circle, slot.key, now)
            self._planning.plan_next(session, circle)
            return slot is not None

    def _post(self, session: Session, circle: Circle, slot: str, now: datetime) -> None:
        reflections.end_batches(session, circle, now)
        round_ = self._picking.begin(session, circle, slot, now)
        key = f"round:{round_.id}"
        card = card_of(session, self._desk, circle, round_)
        self._desk.outbox.show(session, key, card, Place(channel=circle.channel.slack), subject=key)
        self._desk.outbox.listen(session, key, now + EVERY)
        self._picking.answer_first(session, circle, round_, now)


def card_of(session: Session, desk: Desk, circle: Circle, round_: Round) -> Json:
    """The card of this round as it is to stand in the channel now."""
    say = desk.voice(circle)
    author, chooser = (_name(session, id) for id in (round_.author_id, round_.chooser_id))
    return views.card(say, question_of(desk, say, round_), str(round_.id), author=author, chooser=chooser)


def question_of(desk: Desk, say: Speaker, round_: Round) -> Question:
    """What this round asks, in this language; a prompt that was taken out of its file still stands in the channel."""
    theme = desk.library.themes.get(round_.theme)
    return Question(_asked(desk, say, round_), theme.in_(say.language) if theme else round_.theme, round_.has_students)


def _asked(desk: Desk, say: Speaker, round_: Round) -> str:
    if is_own(round_.prompt):
        return asked_in(desk, round_) or say.plain("reflection.question_withdrawn")
    prompt = next((one for one in desk.library.prompts if one.id == round_.prompt), None)
    return prompt.text.in_(say.language) if prompt else say.plain("reflection.question_elsewhere")


def _name(session: Session, member: int | None) -> str:
    return session.get_one(Member, member).slack if member else ""
