"""Proposing another rhythm: by moderators, or by any member of a circle that was asked how to go on."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, is_moderator
from bot.consent.api import Proposals, open_proposal
from bot.core.calendar import ClosedPeriod, is_clock, is_zone
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.rhythm.inactive_circle import InactiveCircles
from bot.rhythm.proposal_types import wanted_rhythm
from bot.rhythm.rules import closed_periods, icalendar
from bot.rhythm.rules.closed_periods import Slip, merge_periods, periods_fit
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views import change_rhythm as views
from bot.rhythm.views.change_rhythm import RhythmWishes
from bot.words import Speaker
from db.models import Circle, InactivityQuestion, Member


class RhythmProposals:
    """The form in which a rhythm is chosen."""

    def __init__(self, services: Services, proposals: Proposals, silences: InactiveCircles) -> None:
        self._services = services
        self._proposals = proposals
        self._silences = silences

    def open_rhythm_form(self, user: str, circle_id: int) -> Json:
        """The form, with the rhythm that is proposed, or else the one that is."""
        with self._services.database.reading() as session:
            circle, member = self._may_propose(session, user, circle_id)
            pointers = {"circle": circle.id, "form": secrets.token_hex(8)}
            base = wanted_rhythm(session, circle)
            wished = RhythmWishes.of(Rhythm.from_column(base), base["zone"])
            return views.rhythm_form(self._services.speaker_for(circle, member), wished, pointers)

    def add_calendar_field(self, user: str, circle_id: int, wished: RhythmWishes, form: str) -> Json:
        """The same form with what it says and one field more for a calendar; `Refusal` for an hour that is none."""
        with self._services.database.reading() as session:
            circle, member = self._may_propose(session, user, circle_id)
            if not (is_clock(wished.clock) and is_zone(wished.zone)):
                raise Refusal("circle.wrong_clock")
            larger = replace(wished, calendar=(*wished.calendar, "")[: views.MOST_FIELDS])
            return views.rhythm_form(
                self._services.speaker_for(circle, member), larger, {"circle": circle.id, "form": form}
            )

    def propose_rhythm(self, user: str, circle_id: int, wished: RhythmWishes, form: str, now: datetime) -> Json:
        """Put it to the circle; returns the page that says what was proposed, or {"errors": …} for what cannot be."""
        with self._services.database.writing() as session:
            circle, member = self._may_propose(session, user, circle_id, locked=True)
            speaker, today = (
                self._services.speaker_for(circle, member),
                self._services.calendar(circle).local(now).date(),
            )
            typed, slips = closed_periods.read_periods(wished.closed)
            pasted = icalendar.join_calendar(wished.calendar)
            taken, left = icalendar.read_calendar(pasted, circle.timezone, today)
            closed = merge_periods([one for one in typed if one.last >= today], taken)
            if wrong := {**_wrong(speaker, wished), **_wrong_periods(speaker, slips, closed, pasted, [*taken, *left])}:
                return {"errors": wrong}
            days = Rhythm(wished.weekdays, time.fromisoformat(wished.clock), wished.weeks)
            rhythm = replace(days, moves=wished.moves, closed=closed)
            zone = wished.zone if wished.zone != circle.timezone else ""
            body = {**rhythm.to_column(), **({"zone": zone} if zone else {})}
            proposal = self._proposals.propose(session, circle, member, "rhythm", body, form, now)
            if (silence := session.get(InactivityQuestion, circle.id)) and silence.is_open:
                self._silences.close_question(session, circle, silence, "proposed")
            return views.rhythm_proposed_page(
                speaker, rhythm, speaker.moment(proposal.ends_at, circle.timezone), zone, taken, left
            )

    def _may_propose(
        self, session: Session, user: str, circle_id: int, *, locked: bool = False
    ) -> tuple[Circle, Member]:
        circle, member = circle_by_id(session, circle_id, user, locked=locked)
        if circle.set_up_at is None:
            raise Refusal("circle.not_set_up")
        if is_moderator(session, circle, member):
            return circle, member
        # Everybody may answer what the whole circle was asked, where no other proposal waits.
        silence = session.get(InactivityQuestion, circle.id)
        if silence is None or not silence.is_open:
            raise Refusal("circle.only_moderators")
        if open_proposal(session, circle):
            raise Refusal("silence.proposal_waits")
        return circle, member


def _wrong(speaker: Speaker, wished: RhythmWishes) -> dict[str, str]:
    """Which fields cannot be, and why."""
    checks = {
        "weekdays": ("rhythm.wrong_weekdays", bool(wished.weekdays)),
        "weeks": ("circle.wrong_weeks", wished.weeks in (1, 2)),
        "clock": ("circle.wrong_clock", is_clock(wished.clock)),
        "timezone": ("circle.wrong_timezone", is_zone(wished.zone)),
    }
    return {field: speaker.plain(key) for field, (key, fine) in checks.items() if not fine}


def _wrong_periods(
    speaker: Speaker, slips: Sequence[Slip], closed: Sequence[ClosedPeriod], pasted: str, events: Sequence[object]
) -> dict[str, str]:
    """The same of closed periods: as typed, and as pasted."""
    if slips:
        return {"closed": views.slips(speaker, slips)}
    if pasted.strip() and not events:
        return {views.calendar_field(1): speaker.plain("rhythm.no_calendar")}
    return {} if periods_fit(closed) else {views.calendar_field(1): speaker.plain("rhythm.calendar_many")}
