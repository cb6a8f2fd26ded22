"""Answers shared without a name: posted together when their round ends, and then nobody's any more.

As with hidden names in a case, who wrote what is kept until it is posted, so that its writer can change it or take it
back, and no longer: the row goes, and what is queued has an id and an order of its own, by chance.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.people.api import count_members
from bot.reflection.answer_modal import AnswerModal
from bot.reflection.rules import HeldBack, reason_held_back
from bot.reflection.views import thread as views
from bot.words import Speaker
from bot.words.escaping import channel_link
from db.models import Circle, Member, Reflection, Round
from db.queries import reflection as reflections

_RANDOM = secrets.SystemRandom()


class NamelessAnswers:
    """What waits to be shared without a name."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._windows = AnswerModal(services)

    def due_rounds(self, now: datetime) -> list[int]:
        """Our ids of the rounds that ended with something waiting."""
        with self._services.database.reading() as session:
            return reflections.due_batches(session, now)

    def post_batch(self, round_id: int, now: datetime) -> bool:
        """Post what waits in this round, shuffled; what could be guessed goes back to its writers, who choose."""
        with self._services.database.writing() as session:
            round_ = session.get_one(Round, round_id, with_for_update={"key_share": True})
            if round_.batch_at is None or round_.batch_at > now:
                return False
            round_.batch_at = None
            circle, waiting = (
                session.get_one(Circle, round_.circle_id),
                reflections.nameless_reflections(session, round_),
            )
            if why := self._held_back(session, circle, round_, waiting):
                self._give_back(session, circle, waiting, why)
            else:
                self._post(session, round_, waiting, self._services.speaker_for(circle))
            return True

    def _held_back(self, session: Session, circle: Circle, round_: Round, waiting: list[Reflection]) -> HeldBack | None:
        writers, members = {one.member_id for one in waiting}, count_members(session, circle.channel)
        return reason_held_back(len(writers), members, has_thread=self._has_thread(session, round_))

    def _has_thread(self, session: Session, round_: Round) -> bool:
        card = self._services.outbox.find_target(session, f"round:{round_.id}")
        return card is not None and card.deleted_at is None

    def _post(self, session: Session, round_: Round, waiting: list[Reflection], speaker: Speaker) -> None:
        texts = [self._windows.read_answer(one) for one in waiting]
        for one in waiting:
            session.delete(one)
        _RANDOM.shuffle(texts)
        card = f"round:{round_.id}"
        for text in texts:
            token = secrets.token_hex(12)
            for number, body in enumerate(views.nameless_posts(speaker, text)):
                self._services.outbox.post_once(
                    session, f"nameless:{token}:{number}", body, Destination(under=card), subject=card
                )

    def _give_back(self, session: Session, circle: Circle, waiting: Iterable[Reflection], why: HeldBack) -> None:
        for one in waiting:
            one.state, writer = "undecided", session.get_one(Member, one.member_id)
            body = views.given_back_post(
                self._services.speaker_for(circle, writer), why, one.id, channel_link(circle.channel.slack)
            )
            at = self._services.outbox.open_dm(session, writer.slack)
            self._services.outbox.upsert(session, f"alone:{one.id}", body, at)
