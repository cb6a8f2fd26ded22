"""After three silent rounds the circle is asked, once, how to go on: as it is, in another rhythm, or after a rest.

A round is silent if nothing is in its thread. What members kept for themselves is not counted, so that nothing tells
whether anybody wrote; and it is the circle that is asked, never a person.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import CircleContext, circle_by_id
from bot.circles.types import CirclePointer
from bot.consent.api import ProposalDraft, Proposals, open_proposal
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.rhythm.views import inactive_circle as views
from db.models import Circle, InactivityQuestion, Round
from db.queries import rhythm as queries

# After so many silent rounds, one after another, a circle is asked.
SILENT_ROUNDS: Final = 3
_REST: Final = timedelta(weeks=4)


class InactiveCircles:
    """Asking a circle how to go on."""

    def __init__(self, services: Services, proposals: Proposals) -> None:
        self._services, self._proposals = services, proposals

    def due_circles(self, now: datetime) -> list[int]:
        """Our ids of the circles that are to be checked: their latest round began a while ago."""
        with self._services.database.reading() as session:
            return queries.circles_to_check(session, now)

    def check_circle(self, circle_id: int, now: datetime) -> bool:
        """Ask the circle, if its last rounds were silent and it was not asked since. Returns whether it was now."""
        with self._services.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            if circle.inactivity_check_at is None or circle.inactivity_check_at > now:
                return False
            circle.inactivity_check_at = None
            rounds = queries.latest_rounds(session, circle, SILENT_ROUNDS + 1)
            # The latest has only begun: those before it count, and nothing may be under its card yet either.
            silent = len(rounds) > SILENT_ROUNDS and self._are_silent(session, rounds)
            if not silent or self._was_asked(session, circle):
                return False
            question = InactivityQuestion(circle_id=circle.id, round_id=rounds[0].id, is_open=True)
            session.merge(question)
            body = views.inactive_question(self._services.speaker_for(circle), CirclePointer(circle.id))
            at = Destination(channel=circle.channel.slack)
            self._services.outbox.upsert(session, _card_key(question), body, at)
            return True

    def keep_rhythm(self, user: str, circle_id: int, now: datetime) -> None:
        """A member says: as it is."""
        with self._services.database.writing() as session:
            context = self._load_asked(session, user, circle_id, now)
            self.close_open_question(context, "goes_on")

    def propose_rest(self, user: str, circle_id: int, now: datetime) -> None:
        """A member proposes four weeks of rest, to which others can object."""
        with self._services.database.writing() as session:
            context = self._load_asked(session, user, circle_id, now)
            if open_proposal(session, context.circle):
                raise Refusal("silence.proposal_waits")
            until = self._services.calendar(context.circle).local(now).date() + _REST
            question = session.get_one(InactivityQuestion, circle_id)
            form = f"rest:{circle_id}:{question.round_id}"
            self._proposals.propose(context, ProposalDraft("rest", {"until": until.isoformat()}, form))
            self.close_open_question(context, "proposed")

    def close_open_question(self, context: CircleContext, answer: str) -> None:
        """If the circle was asked, that has its `answer`, and its card says which: goes_on or proposed."""
        question = context.session.get(InactivityQuestion, context.circle.id)
        if question and question.is_open:
            question.is_open = False
            body = views.inactive_answered(self._services.speaker_for(context.circle), answer)
            self._services.outbox.update_if_posted(context.session, _card_key(question), body)

    def _load_asked(self, session: Session, user: str, circle_id: int, now: datetime) -> CircleContext:
        circle, member = circle_by_id(session, circle_id, user, locked=True)
        question = session.get(InactivityQuestion, circle.id)
        if question is None or not question.is_open:
            raise Refusal("silence.answered")
        return CircleContext(session, circle, member, now)

    def _was_asked(self, session: Session, circle: Circle) -> bool:
        """Whether the circle was asked before, and every round since is silent."""
        question = session.get(InactivityQuestion, circle.id)
        if question is None:
            return False
        return self._are_silent(session, queries.rounds_since(session, circle, question.round_id))

    def _are_silent(self, session: Session, rounds: list[Round]) -> bool:
        return all(self._is_silent(session, one) for one in rounds)

    def _is_silent(self, session: Session, round_: Round) -> bool:
        """Whether nothing is under its card: no shared answer, with a name or without, and no reply by anybody."""
        subject = f"round:{round_.id}"
        shared = [post for post in self._services.outbox.targets_of(session, subject) if post.key != subject]
        return not (shared or round_.has_replies)


def _card_key(question: InactivityQuestion) -> str:
    return f"silence:{question.circle_id}:{question.round_id}"
