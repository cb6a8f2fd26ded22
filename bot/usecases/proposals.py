"""What is proposed for a circle, and holds unless a member objects within three working days.

Consent is no vote: one objection stops it, and says what would make it workable.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from bot.outbox import Place
from bot.rules import consent, writing
from bot.usecases import access
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.views import proposal as views
from bot.views.parts import Json
from bot.words import Speaker
from db.models import Circle, Member, Proposal
from db.queries import people
from db.queries import rhythm as queries


class Kind(Protocol):
    """What a proposal is about."""

    def card(self, say: Speaker, circle: Circle, proposal: Proposal, asked: views.Asked) -> Json:
        """How it reads in the channel."""

    def holds(self, session: Session, circle: Circle, proposal: Proposal, now: datetime) -> bool:
        """Nobody objected. Returns whether it could be carried out now; else it is tried at the next beat."""

    def stops(self, circle: Circle) -> None:
        """Somebody objected, or another proposal took its place."""


class Proposals:
    """Proposals of every kind; a circle has one open at a time, and a later one takes its place."""

    def __init__(self, desk: Desk, kinds: Mapping[str, Kind]) -> None:
        self._desk = desk
        self._kinds = kinds

    def propose(
        self, session: Session, circle: Circle, member: Member, kind: str, body: dict[str, Any], form: str,
        now: datetime, *, card: str = "",
    ) -> Proposal:  # fmt: skip
        """Put this to the circle, which is locked; a form that is sent twice proposes once.

        `card` is the key of the post that shows it, if not one of its own.
        """
        if known := queries.proposal_by_form(session, form):
            return known
        if earlier := queries.open_proposal(session, circle):
            self._stop(session, circle, earlier, "replaced")
        fresh = secrets.token_hex(8)
        proposal = Proposal(
            id=fresh, form=form, circle_id=circle.id, member_id=member.id, kind=kind, body=body, state="open",
            card=card or f"proposal:{fresh}", ends_at=consent.ends(self._desk.calendar(circle), now),
        )  # fmt: skip
        session.add(proposal)
        session.flush()
        self.show(session, circle, proposal)
        return proposal

    def show(self, session: Session, circle: Circle, proposal: Proposal) -> None:
        """Its card says how it stands."""
        say = self._desk.voice(circle)
        asked = views.Asked(
            id=proposal.id,
            state=proposal.state,
            proposer=session.get_one(Member, proposal.member_id).slack,
            moderators=tuple(one.slack for one in people.moderators(session, circle)),
            until=say.moment(proposal.ends_at, circle.timezone),
        )
        body = self._kinds[proposal.kind].card(say, circle, proposal, asked)
        self._desk.outbox.show(session, proposal.card, body, Place(channel=circle.channel.slack))

    def objection_form(self, user: str, proposal_id: str) -> Json:
        """The form in which a member says what would make it workable."""
        with self._desk.database.reading() as session:
            proposal, circle, member = self._open(session, user, proposal_id)
            return views.objection(self._desk.voice(circle, member), proposal.id)

    def objects(self, user: str, proposal_id: str, words: str) -> None:
        """A member objects: it does not go on, and their words stand under it. `Refusal` if it holds already."""
        if writing.is_blank(words):
            raise Refusal("proposal.blank")
        with self._desk.database.writing() as session:
            proposal, circle, member = self._open(session, user, proposal_id, to_change=True)
            self._stop(session, circle, proposal, "stopped")
            proposer = session.get_one(Member, proposal.member_id)
            concerned = dict.fromkeys(one.slack for one in (proposer, *people.moderators(session, circle)))
            body = views.objected(self._desk.voice(circle), member.slack, list(concerned), words.strip())
            self._desk.outbox.say(session, f"objection:{proposal.id}", body, Place(under=proposal.card))

    def due(self, now: datetime) -> list[str]:
        """Ids of the proposals whose time to object is over."""
        with self._desk.database.reading() as session:
            return queries.proposals_due(session, now)

    def decide(self, proposal_id: str, now: datetime) -> bool:
        """Nobody objected: what was proposed holds, and its card says so. Returns whether it did."""
        with self._desk.database.writing() as session:
            circle = self._locked(session, session.get_one(Proposal, proposal_id))
            proposal = session.get_one(Proposal, proposal_id, with_for_update=True, populate_existing=True)
            if proposal.state != "open" or not self._kinds[proposal.kind].holds(session, circle, proposal, now):
                return False
            proposal.state = "held"
            for one in {proposal, queries.first_proposal(session, circle) or proposal}:
                self.show(session, circle, one)
            return True

    def _stop(self, session: Session, circle: Circle, proposal: Proposal, state: str) -> None:
        proposal.state = state
        self._kinds[proposal.kind].stops(circle)
        self.show(session, circle, proposal)

    def _open(
        self, session: Session, user: str, proposal_id: str, *, to_change: bool = False
    ) -> tuple[Proposal, Circle, Member]:
        proposal = session.get(Proposal, proposal_id)
        if proposal is None:
            raise Refusal("common.gone")
        circle, member = access.circle_by_id(session, proposal.circle_id, user)
        if to_change:
            self._locked(session, proposal)
            session.refresh(proposal, with_for_update=True)
        if proposal.state != "open":
            raise Refusal("proposal.over")
        return proposal, circle, member

    def _locked(self, session: Session, proposal: Proposal) -> Circle:
        """The circle always first, so that two who change the same wait for each other."""
        return session.get_one(Circle, proposal.circle_id, with_for_update=True, populate_existing=True)
