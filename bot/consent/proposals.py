"""What is proposed for a circle, and holds unless a member objects within three working days.

Consent is no vote: one objection stops it (see `Objections`). Who made it can take it back until then.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, moderators_of
from bot.consent import rules as consent
from bot.consent import views
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.words import Speaker
from db.models import Circle, Member, Proposal
from db.queries.consent import (
    first_proposal,
    halted_proposals,
    objections_to,
    open_proposal,
    proposal_by_form,
    proposals_due,
)


class ProposalType(Protocol):
    """What a proposal is about."""

    def render_card(self, speaker: Speaker, circle: Circle, proposal: Proposal, asked: views.ProposalStatus) -> Json:
        """How it reads in the channel."""

    def carry_out(self, session: Session, circle: Circle, proposal: Proposal, now: datetime) -> bool:
        """Nobody objected. Returns whether it could be carried out now; else it is tried at the next beat."""

    def on_stopped(self, circle: Circle) -> None:
        """Somebody objected, another proposal took its place, or who proposed it took it back."""

    def on_continued(self, session: Session, circle: Circle) -> None:
        """Nobody objects any more."""


class Proposals:
    """Proposals of every kind; a circle has one open at a time, and a later one takes its place."""

    def __init__(self, services: Services, kinds: Mapping[str, ProposalType]) -> None:
        self._services = services
        self._kinds = kinds

    def propose(
        self,
        session: Session,
        circle: Circle,
        member: Member,
        kind: str,
        body: dict[str, Any],
        form: str,
        now: datetime,
        *,
        card: str = "",
    ) -> Proposal:
        """Put this to the circle, which is locked; a form that is sent twice proposes once.

        `card` is the key of the post that shows it, if not one of its own.
        """
        if known := proposal_by_form(session, form):
            return known
        earlier = open_proposal(session, circle)
        for one in [*halted_proposals(session, circle, now), *([earlier] if earlier else [])]:
            self.stop_proposal(session, circle, one, "replaced")
        fresh = secrets.token_hex(8)
        proposal = Proposal(
            id=fresh,
            form_token=form,
            circle_id=circle.id,
            member_id=member.id,
            kind=kind,
            body=body,
            state="open",
            card=card or f"proposal:{fresh}",
            ends_at=consent.objection_deadline(self._services.calendar(circle), now),
        )
        session.add(proposal)
        session.flush()
        self.show_proposal(session, circle, proposal)
        return proposal

    def show_proposal(self, session: Session, circle: Circle, proposal: Proposal) -> None:
        """Its card says how it stands."""
        speaker, objections = self._services.speaker_for(circle), objections_to(session, proposal)
        is_late = proposal.state == "stopped" and all(one.is_taken_back for one in objections)
        asked = views.ProposalStatus(
            id=proposal.id,
            state="late" if is_late else proposal.state,
            proposer=session.get_one(Member, proposal.member_id).slack,
            moderators=tuple(one.slack for one in moderators_of(session, circle)),
            until=speaker.moment(proposal.ends_at, circle.timezone),
            was_objected=bool(objections),
        )
        body = self._kinds[proposal.kind].render_card(speaker, circle, proposal, asked)
        self._services.outbox.upsert(session, proposal.card, body, Destination(channel=circle.channel.slack))

    def take_back_proposal(self, user: str, proposal_id: str, now: datetime) -> None:
        """Who proposed it takes it back: that ends it. `Refusal` for anybody else, and once it is decided."""
        with self._services.database.writing() as session:
            proposal, circle, member = self.load_proposal(session, user, proposal_id)
            if proposal.member_id != member.id:
                raise Refusal("proposal.not_yours")
            if not is_running(proposal, now):
                raise Refusal("proposal.over")
            self.stop_proposal(session, circle, proposal, "taken_back")

    def due_proposals(self, now: datetime) -> list[str]:
        """Ids of the proposals whose time to object is over."""
        with self._services.database.reading() as session:
            return proposals_due(session, now)

    def decide_proposal(self, proposal_id: str, now: datetime) -> bool:
        """Nobody objected: what was proposed holds, and its card says so. Returns whether it did."""
        with self._services.database.writing() as session:
            circle_id = session.get_one(Proposal, proposal_id).circle_id
            # The circle always first, so that two who change the same wait for each other.
            circle = session.get_one(Circle, circle_id, with_for_update=True, populate_existing=True)
            proposal = session.get_one(Proposal, proposal_id, with_for_update=True, populate_existing=True)
            if proposal.state != "open" or not self._kinds[proposal.kind].carry_out(session, circle, proposal, now):
                return False
            proposal.state = "held"
            for one in {proposal, first_proposal(session, circle) or proposal}:
                self.show_proposal(session, circle, one)
            return True

    def stop_proposal(self, session: Session, circle: Circle, proposal: Proposal, state: str) -> None:
        """It does not hold, and its card says why: stopped, replaced or taken_back."""
        if proposal.state == "open":
            self._kinds[proposal.kind].on_stopped(circle)
        proposal.state = state
        self.show_proposal(session, circle, proposal)

    def continue_proposal(self, session: Session, circle: Circle, proposal: Proposal) -> None:
        """One that was stopped runs on until its end."""
        proposal.state = "open"
        self._kinds[proposal.kind].on_continued(session, circle)
        self.show_proposal(session, circle, proposal)

    def load_proposal(
        self, session: Session, user: str, proposal_id: str, *, locked: bool = True
    ) -> tuple[Proposal, Circle, Member]:
        """The proposal, for a member of its circle; `locked` until the transaction ends, both of them."""
        proposal = session.get(Proposal, proposal_id)
        if proposal is None:
            raise Refusal("common.gone")
        circle, member = circle_by_id(session, proposal.circle_id, user, locked=locked)
        if locked:
            session.refresh(proposal, with_for_update=True)
        return proposal, circle, member


def is_running(proposal: Proposal, now: datetime) -> bool:
    """Whether it can still become what holds: also one with an objection that may be taken back in time."""
    return proposal.state == "open" or (proposal.state == "stopped" and now < proposal.ends_at)
