"""What can be proposed about when questions come: the first rhythm of a circle, another one, or a rest."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.consent.api import ProposalContext, ProposalType, open_proposal
from bot.consent.types import ProposalStatus, proposal_card
from bot.core.parts import Json
from bot.core.services import Services
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views import rhythm_page as views
from bot.rhythm.views import set_up
from bot.words import Speaker
from db.models import Circle


def wanted_rhythm(session: Session, circle: Circle) -> dict[str, Any]:
    """The rhythm that is proposed, or else the present one: a `Rhythm` as it is kept, and its time `zone`.

    A later proposal takes the place of an earlier one, so it begins with what that wanted.
    """
    proposal = open_proposal(session, circle)
    proposed = proposal.body if proposal and proposal.kind == "rhythm" else circle.rhythm
    return {"zone": circle.timezone, **proposed}


def needs_consent(session: Session, circle: Circle) -> bool:
    """Whether there is a rhythm that holds, or another than the first is proposed; until then nobody agreed to one."""
    proposal = open_proposal(session, circle)
    return proposal.kind != "first" if proposal else circle.next_round_at is not None


class FirstRhythm(ProposalType):
    """The rhythm with which a circle is set up: planned at once, from the end of the proposal on."""

    def __init__(self, planning: RoundPlanning) -> None:
        self._planning = planning

    def render_card(self, speaker: Speaker, context: ProposalContext, status: ProposalStatus) -> Json:
        """The greeting of a circle that is set up, with the rhythm it has now."""
        circle = context.circle
        first = speaker.moment(circle.next_round_at, circle.timezone) if circle.next_round_at else ""
        # Whatever became of the first one: there is a rhythm that holds.
        state = "held" if first and status.state != "open" else status.state
        rhythm = Rhythm.from_column(circle.rhythm)
        return set_up.circle_ready_post(speaker, rhythm, first, replace(status, state=state))

    def carry_out(self, context: ProposalContext, now: datetime) -> bool:
        """It is planned already."""
        return True

    def on_stopped(self, context: ProposalContext) -> None:
        """No question comes until the circle has a rhythm that holds."""
        context.circle.next_round_at = context.circle.next_slot = None

    def on_continued(self, context: ProposalContext) -> None:
        """It is planned again, as it was."""
        self._planning.plan_next(context.session, context.circle)


class _LaterProposal(ProposalType):
    """A proposal that changes nothing until it holds."""

    def on_stopped(self, context: ProposalContext) -> None:
        """Everything stays as it was."""

    def on_continued(self, context: ProposalContext) -> None:
        """Everything stays as it was until the proposal holds."""


class OtherRhythm(_LaterProposal):
    """Other days, another hour or zone, other closed periods."""

    def __init__(self, services: Services, planning: RoundPlanning) -> None:
        self._services, self._planning = services, planning

    def render_card(self, speaker: Speaker, context: ProposalContext, status: ProposalStatus) -> Json:
        """The whole rhythm, and its time zone if that was another when it was proposed."""
        body = context.proposal.body
        lines = views.rhythm_lines(speaker, Rhythm.from_column(body), body.get("zone", ""))
        return proposal_card(speaker, lines, status)

    def carry_out(self, context: ProposalContext, now: datetime) -> bool:
        """From now on, after a question that is due by an old rhythm; without one, from the end of the proposal on."""
        session, circle, proposal = context.session, context.circle, context.proposal
        since = proposal.ends_at
        if circle.next_round_at is not None:
            if circle.next_round_at <= now:
                return False
            self._planning.settle_slots(session, circle, now)
            since = now
        rhythm = Rhythm.from_column(proposal.body)
        circle.timezone = proposal.body.get("zone", circle.timezone)
        circle.rhythm, circle.settled_until = rhythm.to_column(), since
        circle.rhythm = rhythm.starting(self._services.calendar(circle), since).to_column()
        self._planning.plan_next(session, circle)
        return True


class Rest(_LaterProposal):
    """No questions until a day."""

    def __init__(self, planning: RoundPlanning) -> None:
        self._planning = planning

    def render_card(self, speaker: Speaker, context: ProposalContext, status: ProposalStatus) -> Json:
        """Until which day."""
        return proposal_card(speaker, [views.rest_line(speaker, _until(context))], status)

    def carry_out(self, context: ProposalContext, now: datetime) -> bool:
        """The circle is paused until then."""
        self._planning.settle_before(context.session, context.circle, now)
        context.circle.paused_until = _until(context)
        self._planning.replan(context.session, context.circle)
        return True


def _until(context: ProposalContext) -> date:
    return date.fromisoformat(context.proposal.body["until"])
