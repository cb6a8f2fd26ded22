"""Objecting to what is proposed, and taking that back.

One objection stops a proposal, and says what would make it workable. Others can object too while its time runs; once
nobody objects any more, it runs on.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import moderators_of
from bot.consent import views
from bot.consent.proposals import Proposals, is_running
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.queue import Destination
from db.models import Circle, Member, Objection, Proposal
from db.queries.consent import objections_to


class Objections:
    """Objections of members to the proposals of their circle."""

    def __init__(self, services: Services, proposals: Proposals) -> None:
        self._services = services
        self._proposals = proposals

    def open_objection_form(self, user: str, proposal_id: str, now: datetime) -> Json:
        """The form in which a member says what would make it workable."""
        with self._services.database.reading() as session:
            proposal, circle, member = self._running(session, user, proposal_id, now, locked=False)
            return views.objection_form(self._services.speaker_for(circle, member), proposal.id)

    def object(self, user: str, proposal_id: str, words: str, now: datetime) -> None:
        """It does not go on like this, and the member's words stand under it. `Refusal` if it is decided already."""
        if parts.is_blank(words):
            raise Refusal("proposal.blank")
        with self._services.database.writing() as session:
            proposal, circle, member = self._running(session, user, proposal_id, now)
            session.merge(Objection(proposal_id=proposal.id, member_id=member.id, is_taken_back=False))
            session.flush()
            self._proposals.stop_proposal(session, circle, proposal, "stopped")
            self._say(session, circle, proposal, member, words.strip())

    def take_back_objection(self, user: str, proposal_id: str, now: datetime) -> None:
        """A member's words go; without any other objection the proposal runs on, if its time does."""
        with self._services.database.writing() as session:
            proposal, circle, member = self._proposals.load_proposal(session, user, proposal_id)
            objection = session.get(Objection, (proposal.id, member.id))
            if objection is None or objection.is_taken_back:
                raise Refusal("proposal.no_objection")
            objection.is_taken_back = True
            body = views.objection_taken_back_post(self._services.speaker_for(circle), member.slack)
            self._services.outbox.update_if_posted(session, _key(proposal, member), body)
            session.flush()
            self._go_on(session, circle, proposal, now)

    def _go_on(self, session: Session, circle: Circle, proposal: Proposal, now: datetime) -> None:
        if any(not one.is_taken_back for one in objections_to(session, proposal)):
            return
        if is_running(proposal, now):
            self._proposals.continue_proposal(session, circle, proposal)
        else:
            self._proposals.show_proposal(session, circle, proposal)

    def _running(
        self, session: Session, user: str, proposal_id: str, now: datetime, *, locked: bool = True
    ) -> tuple[Proposal, Circle, Member]:
        found = self._proposals.load_proposal(session, user, proposal_id, locked=locked)
        if not is_running(found[0], now):
            raise Refusal("proposal.over")
        return found

    def _say(self, session: Session, circle: Circle, proposal: Proposal, member: Member, words: str) -> None:
        proposer = session.get_one(Member, proposal.member_id)
        concerned = dict.fromkeys(one.slack for one in (proposer, *moderators_of(session, circle)))
        body = views.objection_post(
            self._services.speaker_for(circle), proposal.id, member.slack, list(concerned), words
        )
        self._services.outbox.upsert(session, _key(proposal, member), body, Destination(under=proposal.card))


def _key(proposal: Proposal, member: Member) -> str:
    return f"objection:{proposal.id}:{member.id}"
