"""Answers shared without a name: posted together when their round ends; after that nothing leads to a writer.

As with hidden names in a case, we keep who wrote what until it is posted, so that its writer can change it or take it
back, and no longer: the row is deleted, and the posts in the outbox have random ids and a random order.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Service
from bot.outbox.queue import Destination
from bot.people.api import count_members
from bot.reflection.answer_context import read_answer
from bot.reflection.rules import HeldBack, reason_held_back
from bot.reflection.views import thread as views
from bot.words import Speaker
from bot.words.escaping import channel_link
from db.models import Circle, Member, Reflection, Round
from db.queries import reflection as queries

_RANDOM = secrets.SystemRandom()


class NamelessAnswers(Service):
    """Posts the answers that wait to be shared without a name, or gives them back to their writers."""

    def due_rounds(self, now: datetime) -> list[int]:
        """Our ids of the rounds that ended while answers waited in them."""
        with self._services.database.reading() as session:
            return queries.due_batches(session, now)

    def post_batch(self, round_id: int, now: datetime) -> bool:
        """Post what waits in this round, shuffled; texts whose writers could be guessed go back to their writers.

        Returns whether this batch was due.
        """
        with self._services.database.writing() as session:
            round_ = session.get_one(Round, round_id, with_for_update={"key_share": True})
            if round_.batch_at is None or round_.batch_at > now:
                return False
            round_.batch_at = None
            circle = session.get_one(Circle, round_.circle_id)
            waiting = queries.nameless_reflections(session, round_)
            if why := self._why_held_back(session, circle, round_, waiting):
                self._give_back(session, circle, waiting, why)
            else:
                self._post_shuffled(session, round_, waiting, self._services.speaker_for(circle))
            return True

    def _why_held_back(
        self, session: Session, circle: Circle, round_: Round, waiting: list[Reflection]
    ) -> HeldBack | None:
        writers, members = {one.member_id for one in waiting}, count_members(session, circle.channel)
        card = self._services.outbox.find_target(session, f"round:{round_.id}")
        has_thread = card is not None and card.deleted_at is None
        return reason_held_back(len(writers), members, has_thread=has_thread)

    def _post_shuffled(self, session: Session, round_: Round, waiting: list[Reflection], speaker: Speaker) -> None:
        texts = [read_answer(self._services, one) for one in waiting]
        for one in waiting:
            session.delete(one)
        _RANDOM.shuffle(texts)
        card = f"round:{round_.id}"
        for text in texts:
            token = secrets.token_hex(12)
            for number, body in enumerate(views.nameless_posts(speaker, text)):
                key, at = f"nameless:{token}:{number}", Destination(under=card)
                self._services.outbox.post_once(session, key, body, at, subject=card)

    def _give_back(self, session: Session, circle: Circle, waiting: Iterable[Reflection], why: HeldBack) -> None:
        for one in waiting:
            one.state, writer = "undecided", session.get_one(Member, one.member_id)
            speaker, channel = self._services.speaker_for(circle, writer), channel_link(circle.channel.slack)
            at = self._services.outbox.open_dm(session, writer.slack)
            body = views.given_back_post(speaker, why, one.id, channel)
            self._services.outbox.upsert(session, f"alone:{one.id}", body, at)
