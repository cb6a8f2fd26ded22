"""After three silent rounds the circle is asked, once, how to go on: as it is, in another rhythm, or after a rest.

Silent is a round under which nothing stands in its thread. What somebody kept for themselves is not counted, so that
nothing tells whether anybody wrote; and it is the circle that is asked, never a person.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id
from bot.consent.api import Proposals, open_proposal
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.rhythm.views import inactive_circle as views
from db.models import Circle, InactivityQuestion, Member, Round
from db.queries import rhythm as queries
from db.queries.rhythm import latest_rounds

ROUNDS: Final = 3
_REST: Final = timedelta(weeks=4)


class InactiveCircles:
    """Asking a circle how to go on."""

    def __init__(self, services: Services, proposals: Proposals) -> None:
        self._services = services
        self._proposals = proposals

    def due_circles(self, now: datetime) -> list[int]:
        """Our ids of the circles of which a round began a while ago."""
        with self._services.database.reading() as session:
            return queries.circles_to_look_at(session, now)

    def check_circle(self, circle_id: int, now: datetime) -> bool:
        """Ask the circle, if its last three rounds were silent and it was not asked in this silence; whether it was."""
        with self._services.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            if circle.inactivity_check_at is None or circle.inactivity_check_at > now:
                return False
            circle.inactivity_check_at = None
            latest, *before = latest_rounds(session, circle, ROUNDS + 1)
            silent = len(before) == ROUNDS and all(self._is_silent(session, one) for one in (latest, *before))
            if not silent or self._was_asked(session, circle):
                return False
            session.merge(InactivityQuestion(circle_id=circle.id, round_id=latest.id, is_open=True))
            body = views.inactive_question(self._services.speaker_for(circle), str(circle.id))
            self._services.outbox.upsert(
                session, _card(circle, latest.id), body, Destination(channel=circle.channel.slack)
            )
            return True

    def keep_rhythm(self, user: str, circle_id: int) -> None:
        """A member says: as it is."""
        with self._services.database.writing() as session:
            circle, _, silence = self._asked(session, user, circle_id)
            self.close_question(session, circle, silence, "goes_on")

    def propose_rest(self, user: str, circle_id: int, now: datetime) -> None:
        """A member proposes four weeks of rest, to which others can object."""
        with self._services.database.writing() as session:
            circle, member, silence = self._asked(session, user, circle_id)
            if open_proposal(session, circle):
                raise Refusal("silence.proposal_waits")
            until = self._services.calendar(circle).local(now).date() + _REST
            form = f"rest:{circle.id}:{silence.round_id}"
            self._proposals.propose(session, circle, member, "rest", {"until": until.isoformat()}, form, now)
            self.close_question(session, circle, silence, "proposed")

    def close_question(self, session: Session, circle: Circle, silence: InactivityQuestion, answer: str) -> None:
        """The question has its answer: its card says which."""
        silence.is_open = False
        body = views.inactive_answered(self._services.speaker_for(circle), answer)
        self._services.outbox.update_if_posted(session, _card(circle, silence.round_id), body)

    def _asked(self, session: Session, user: str, circle_id: int) -> tuple[Circle, Member, InactivityQuestion]:
        circle, member = circle_by_id(session, circle_id, user, locked=True)
        silence = session.get(InactivityQuestion, circle.id)
        if silence is None or not silence.is_open:
            raise Refusal("silence.answered")
        return circle, member, silence

    def _was_asked(self, session: Session, circle: Circle) -> bool:
        """Whether nothing was heard since it was asked before."""
        silence = session.get(InactivityQuestion, circle.id)
        if silence is None:
            return False
        since = queries.rounds_since(session, circle, silence.round_id)
        return all(self._is_silent(session, one) for one in since)

    def _is_silent(self, session: Session, round_: Round) -> bool:
        """Whether nothing stands under its card: no shared answer, with a name or without, and no reply by anybody."""
        subject = f"round:{round_.id}"
        shared = [post for post in self._services.outbox.targets_of(session, subject) if post.key != subject]
        return not (shared or round_.has_replies)


def _card(circle: Circle, round_id: int) -> str:
    return f"silence:{circle.id}:{round_id}"
