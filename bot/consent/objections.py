"""Objecting to what is proposed, and taking that back.

One objection stops a proposal, and says what would make it workable. Others can object too while its time runs; once
nobody objects any more, it is open again.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import moderators_of
from bot.consent import views
from bot.consent.proposals import ProposalContext, Proposals
from bot.core.errors import Refusal
from bot.core.parts import Json, is_blank
from bot.core.services import Services
from bot.outbox.queue import Destination
from db.models import Member, Objection, Proposal
from db.queries.consent import objections_to


class Objections:
    """Objections of members to the proposals of their circle."""

    def __init__(self, services: Services, proposals: Proposals) -> None:
        self._services, self._proposals = services, proposals

    def open_objection_form(self, user: str, proposal_id: str, now: datetime) -> Json:
        """The form in which a member says what would make it workable."""
        with self._services.database.reading() as session:
            context, member = self._load_running(session, user, proposal_id, now, locked=False)
            return views.objection_form(self._services.speaker_for(context.circle, member), context.proposal.id)

    def object_to(self, user: str, proposal_id: str, words: str, now: datetime) -> None:
        """A member objects: the proposal stops, and their words follow under its card. `Refusal` once it is decided."""
        if is_blank(words):
            raise Refusal("proposal.blank")
        with self._services.database.writing() as session:
            context, member = self._load_running(session, user, proposal_id, now)
            session.merge(Objection(proposal_id=context.proposal.id, member_id=member.id, is_taken_back=False))
            session.flush()
            self._proposals.stop_proposal(context, "stopped")
            self._post_objection(context, member, words.strip())

    def take_back_objection(self, user: str, proposal_id: str, now: datetime) -> None:
        """A member's words go; without any other objection the proposal is open again, if its time is not over."""
        with self._services.database.writing() as session:
            context, member = self._proposals.load_proposal(session, user, proposal_id)
            objection = session.get(Objection, (proposal_id, member.id))
            if objection is None or objection.is_taken_back:
                raise Refusal("proposal.no_objection")
            objection.is_taken_back = True
            body = views.objection_taken_back_post(self._services.speaker_for(context.circle), member.slack)
            self._services.outbox.update_if_posted(session, _post_key(context.proposal, member), body)
            session.flush()
            self._continue_if_nobody_objects(context, now)

    def _continue_if_nobody_objects(self, context: ProposalContext, now: datetime) -> None:
        if any(not one.is_taken_back for one in objections_to(context.session, context.proposal)):
            return
        if context.is_running(now):
            self._proposals.continue_proposal(context)
        else:
            self._proposals.show_proposal(context)

    def _load_running(
        self, session: Session, user: str, proposal_id: str, now: datetime, *, locked: bool = True
    ) -> tuple[ProposalContext, Member]:
        context, member = self._proposals.load_proposal(session, user, proposal_id, locked=locked)
        if not context.is_running(now):
            raise Refusal("proposal.over")
        return context, member

    def _post_objection(self, context: ProposalContext, member: Member, words: str) -> None:
        """The words under the card, which mention the proposer and the moderators."""
        session, proposal = context.session, context.proposal
        proposer = session.get_one(Member, proposal.member_id)
        mentioned = dict.fromkeys(one.slack for one in (proposer, *moderators_of(session, context.circle)))
        speaker = self._services.speaker_for(context.circle)
        body = views.objection_post(speaker, proposal.id, member.slack, list(mentioned), words)
        self._services.outbox.upsert(session, _post_key(proposal, member), body, Destination(under=proposal.card))


def _post_key(proposal: Proposal, member: Member) -> str:
    return f"objection:{proposal.id}:{member.id}"
