"""Proposals for a circle: each holds unless a member objects within three working days.

Consent is no vote: one objection stops a proposal (see `Objections`). Its proposer can take it back until it holds.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from bot.circles.api import CircleContext, circle_by_id, moderators_of
from bot.consent import views
from bot.consent.rules import objection_deadline
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.words import Speaker
from db.models import Circle, Member, Proposal
from db.queries import consent as queries


@dataclass(frozen=True)
class ProposalContext:
    """A proposal and its circle, in one transaction."""

    session: Session
    circle: Circle
    proposal: Proposal

    def is_running(self, now: datetime) -> bool:
        """Whether it can still come to hold: also with an objection, which may be taken back in time."""
        state = self.proposal.state
        return state == "open" or (state == "stopped" and now < self.proposal.ends_at)


@dataclass(frozen=True)
class ProposalDraft:
    """What is to be proposed: `kind` is a key of the `ProposalType`s, `body` what is to hold.

    `form` is the random id of the form it came through; `card` is the key of the post that shows it, if not a new one.
    """

    kind: str
    body: dict[str, Any]
    form: str
    card: str = ""


class ProposalType(Protocol):
    """What a proposal of one kind says and does."""

    def render_card(self, speaker: Speaker, context: ProposalContext, status: views.ProposalStatus) -> Json:
        """The post about it in the channel."""

    def carry_out(self, context: ProposalContext, now: datetime) -> bool:
        """Nobody objected. Returns whether it could be carried out now; if not, it is tried at the next tick."""

    def on_stopped(self, context: ProposalContext) -> None:
        """A member objected, another proposal took its place, or its proposer took it back."""

    def on_continued(self, context: ProposalContext) -> None:
        """Nobody objects any more."""


class Proposals:
    """Proposals of every kind; a circle has one open at a time, and a later one takes its place."""

    def __init__(self, services: Services, types: Mapping[str, ProposalType]) -> None:
        self._services, self._types = services, types

    def propose(self, context: CircleContext, draft: ProposalDraft) -> Proposal:
        """Put this to the circle, which is locked; a form that is sent twice proposes once."""
        session, circle = context.session, context.circle
        if known := queries.proposal_by_form(session, draft.form):
            return known
        earlier = queries.open_proposal(session, circle)
        for one in [*queries.halted_proposals(session, circle, context.now), *([earlier] if earlier else [])]:
            self.stop_proposal(ProposalContext(session, circle, one), "replaced")
        proposal = self._new_proposal(context, draft)
        session.add(proposal)
        session.flush()
        self.show_proposal(ProposalContext(session, circle, proposal))
        return proposal

    def show_proposal(self, context: ProposalContext) -> None:
        """Let its card show its present state."""
        proposal, circle = context.proposal, context.circle
        speaker, status = self._services.speaker_for(circle), self._status(context)
        body = self._types[proposal.kind].render_card(speaker, context, status)
        destination = Destination(channel=circle.channel.slack)
        self._services.outbox.upsert(context.session, proposal.card, body, destination)

    def take_back_proposal(self, user: str, proposal_id: str, now: datetime) -> None:
        """Its proposer takes it back: that ends it. `Refusal` for anybody else, and once it is decided."""
        with self._services.database.writing() as session:
            context, member = self.load_proposal(session, user, proposal_id)
            if context.proposal.member_id != member.id:
                raise Refusal("proposal.not_yours")
            if not context.is_running(now):
                raise Refusal("proposal.over")
            self.stop_proposal(context, "taken_back")

    def due_proposals(self, now: datetime) -> list[str]:
        """Ids of the proposals whose time to object is over."""
        with self._services.database.reading() as session:
            return queries.proposals_due(session, now)

    def decide_proposal(self, proposal_id: str, now: datetime) -> bool:
        """Nobody objected: what was proposed holds, and its card says so. Returns whether it does."""
        with self._services.database.writing() as session:
            circle_id = session.get_one(Proposal, proposal_id).circle_id
            # The circle always first, so that two who change the same wait for each other.
            circle = session.get_one(Circle, circle_id, with_for_update=True, populate_existing=True)
            proposal = session.get_one(Proposal, proposal_id, with_for_update=True, populate_existing=True)
            context = ProposalContext(session, circle, proposal)
            if proposal.state != "open" or not self._types[proposal.kind].carry_out(context, now):
                return False
            proposal.state = "held"
            for one in {proposal, queries.first_proposal(session, circle) or proposal}:
                self.show_proposal(ProposalContext(session, circle, one))
            return True

    def stop_proposal(self, context: ProposalContext, state: str) -> None:
        """It does not hold, and its card says why: `state` is stopped, replaced or taken_back."""
        if context.proposal.state == "open":
            self._types[context.proposal.kind].on_stopped(context)
        context.proposal.state = state
        self.show_proposal(context)

    def continue_proposal(self, context: ProposalContext) -> None:
        """A stopped proposal is open again until its end."""
        context.proposal.state = "open"
        self._types[context.proposal.kind].on_continued(context)
        self.show_proposal(context)

    def load_proposal(
        self, session: Session, user: str, proposal_id: str, *, locked: bool = True
    ) -> tuple[ProposalContext, Member]:
        """The proposal, for a member of its circle; both are `locked` until the transaction ends."""
        proposal = session.get(Proposal, proposal_id)
        if proposal is None:
            raise Refusal("common.gone")
        circle, member = circle_by_id(session, proposal.circle_id, user, locked=locked)
        if locked:
            session.refresh(proposal, with_for_update=True)
        return ProposalContext(session, circle, proposal), member

    def _new_proposal(self, context: CircleContext, draft: ProposalDraft) -> Proposal:
        id = secrets.token_hex(8)
        return Proposal(
            id=id,
            form_token=draft.form,
            circle_id=context.circle.id,
            member_id=context.member.id,
            kind=draft.kind,
            body=draft.body,
            state="open",
            card=draft.card or f"proposal:{id}",
            ends_at=objection_deadline(self._services.calendar(context.circle), context.now),
        )

    def _status(self, context: ProposalContext) -> views.ProposalStatus:
        proposal, circle = context.proposal, context.circle
        objections = queries.objections_to(context.session, proposal)
        is_late = proposal.state == "stopped" and all(one.is_taken_back for one in objections)
        return views.ProposalStatus(
            id=proposal.id,
            state="late" if is_late else proposal.state,
            proposer=context.session.get_one(Member, proposal.member_id).slack,
            moderators=tuple(one.slack for one in moderators_of(context.session, circle)),
            until=self._services.speaker_for(circle).moment(proposal.ends_at, circle.timezone),
            was_objected=bool(objections),
        )
