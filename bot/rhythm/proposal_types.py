"""What can be proposed about when questions come: the first rhythm of a circle, another one, or a rest."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.consent.api import ProposalType, open_proposal
from bot.consent.types import ProposalStatus, proposal_card
from bot.core.parts import Json
from bot.core.services import Services
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views import greeting
from bot.rhythm.views import rhythm_page as views
from bot.words import Speaker
from db.models import Circle, Proposal


def wanted_rhythm(session: Session, circle: Circle) -> dict[str, Any]:
    """What is proposed, or else what is: a `Rhythm` as it is kept, and `zone`, in which it is reckoned.

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
    """That of a circle that is set up: planned at once, from the end of the proposal on."""

    def __init__(self, planning: RoundPlanning) -> None:
        self._planning = planning

    def render_card(self, speaker: Speaker, circle: Circle, proposal: Proposal, asked: ProposalStatus) -> Json:
        """The greeting of a circle that is set up, with the rhythm it has now."""
        first = speaker.moment(circle.next_round_at, circle.timezone) if circle.next_round_at else ""
        # Whatever became of the first one: there is a rhythm that holds.
        state = "held" if first and asked.state != "open" else asked.state
        return greeting.circle_ready_post(
            speaker, Rhythm.from_column(circle.rhythm), first, replace(asked, state=state)
        )

    def carry_out(self, session: Session, circle: Circle, proposal: Proposal, now: datetime) -> bool:
        """It is planned already."""
        return True

    def on_stopped(self, circle: Circle) -> None:
        """No question comes until the circle has a rhythm that holds."""
        circle.next_round_at = circle.next_slot = None

    def on_continued(self, session: Session, circle: Circle) -> None:
        """It is planned again, as it was."""
        self._planning.plan_next(session, circle)


class OtherRhythm(ProposalType):
    """Other days, another hour or zone, other closed periods; until it holds, all goes on as it was."""

    def __init__(self, services: Services, planning: RoundPlanning) -> None:
        self._services = services
        self._planning = planning

    def render_card(self, speaker: Speaker, circle: Circle, proposal: Proposal, asked: ProposalStatus) -> Json:
        """The whole rhythm, and in which zone it is from then on if that was another when it was proposed."""
        what = views.rhythm_lines(speaker, Rhythm.from_column(proposal.body), proposal.body.get("zone", ""))
        return proposal_card(speaker, what, asked)

    def carry_out(self, session: Session, circle: Circle, proposal: Proposal, now: datetime) -> bool:
        """From now on, after a question that is due by an old rhythm; without one, from the end of the proposal on."""
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

    def on_stopped(self, circle: Circle) -> None:
        """All goes on as it was."""

    def on_continued(self, session: Session, circle: Circle) -> None:
        """Until it holds, all goes on as it was."""


class Rest(ProposalType):
    """No questions until a day."""

    def __init__(self, planning: RoundPlanning) -> None:
        self._planning = planning

    def render_card(self, speaker: Speaker, circle: Circle, proposal: Proposal, asked: ProposalStatus) -> Json:
        """Until which day."""
        return proposal_card(speaker, [views.rest_line(speaker, _until(proposal))], asked)

    def carry_out(self, session: Session, circle: Circle, proposal: Proposal, now: datetime) -> bool:
        """The circle is paused until then."""
        self._planning.settle_before(session, circle, now)
        circle.paused_until = _until(proposal)
        self._planning.replan(session, circle)
        return True

    def on_stopped(self, circle: Circle) -> None:
        """All goes on as it was."""

    def on_continued(self, session: Session, circle: Circle) -> None:
        """Until it holds, all goes on as it was."""


def _until(proposal: Proposal) -> date:
    return date.fromisoformat(proposal.body["until"])
