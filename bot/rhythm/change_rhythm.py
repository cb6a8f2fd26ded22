"""Proposing another rhythm: by moderators, or by any member of a circle that was asked how to go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.circles.api import CircleContext, circle_by_id, is_moderator
from bot.consent.api import ProposalDraft, Proposals, open_proposal
from bot.core.calendar import ClosedPeriod
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.core.setting_fields import read_fields, wrong_fields
from bot.rhythm.inactive_circle import InactiveCircles
from bot.rhythm.proposal_types import wanted_rhythm
from bot.rhythm.rules.closed_periods import Slip, merge_periods, periods_fit, read_periods
from bot.rhythm.rules.icalendar import NotTaken, join_calendar, read_calendar
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.surfaces import (
    CLOCK_FIELDS,
    RHYTHM_FIELDS,
    RhythmForm,
    RhythmSettings,
    calendar_field_id,
    read_calendar_fields,
)
from bot.rhythm.views import change_rhythm as views
from bot.words import Speaker
from db.models import InactivityQuestion


class RhythmProposals:
    """The form in which a rhythm is chosen."""

    def __init__(self, services: Services, proposals: Proposals, inactive_circles: InactiveCircles) -> None:
        self._services, self._proposals, self._inactive_circles = services, proposals, inactive_circles

    def open_rhythm_form(self, user: str, circle_id: int, now: datetime) -> Json:
        """The form, with the rhythm that is proposed, or else the present one."""
        with self._services.database.reading() as session:
            context = self._load(session, user, circle_id, now)
            return views.rhythm_form(self._speaker(context), _wanted_settings(context), RhythmForm(circle_id))

    def add_calendar_field(self, user: str, form: RhythmForm, sent: Mapping[str, Any], now: datetime) -> Json:
        """The same form with what it says (`sent`, by block id) and one field more for a calendar.

        `Refusal` for an hour or a zone that is none.
        """
        with self._services.database.reading() as session:
            context = self._load(session, user, form.circle, now)
            settings, speaker = _read_settings(context, sent), self._speaker(context)
            if wrong_fields(speaker, CLOCK_FIELDS, settings):
                raise Refusal("circle.wrong_clock")
            return views.rhythm_form(speaker, settings.with_more_room(), form)

    def propose_rhythm(self, user: str, form: RhythmForm, sent: Mapping[str, Any], now: datetime) -> Json:
        """Put what the form says (`sent`, by block id) to the circle.

        Returns the page that says what was proposed, or {"errors": …} for values that are not valid.
        """
        with self._services.database.writing() as session:
            context = self._load(session, user, form.circle, now, locked=True)
            circle, speaker, settings = context.circle, self._speaker(context), _read_settings(context, sent)
            periods = _read_closed(settings, circle.timezone, self._services.calendar(circle).local(now).date())
            if wrong := wrong_fields(speaker, RHYTHM_FIELDS, settings) | periods.wrong(speaker):
                return {"errors": wrong}
            rhythm = settings.rhythm(periods.closed)
            zone = settings.timezone if settings.timezone != circle.timezone else ""
            body = {**rhythm.to_column(), **({"zone": zone} if zone else {})}
            proposal = self._proposals.propose(context, ProposalDraft("rhythm", body, form.form))
            self._inactive_circles.close_open_question(context, "proposed")
            until = speaker.moment(proposal.ends_at, circle.timezone)
            return views.rhythm_proposed_page(speaker, rhythm, until, zone, periods.taken, periods.left_out)

    def _load(
        self, session: Session, user: str, circle_id: int, now: datetime, *, locked: bool = False
    ) -> CircleContext:
        """The circle and a member who may propose a rhythm for it; refuses everybody else."""
        circle, member = circle_by_id(session, circle_id, user, locked=locked)
        if circle.set_up_at is None:
            raise Refusal("circle.not_set_up")
        if not is_moderator(session, circle, member):
            # Everybody may answer what the whole circle was asked, where no other proposal waits.
            question = session.get(InactivityQuestion, circle.id)
            if question is None or not question.is_open:
                raise Refusal("circle.only_moderators")
            if open_proposal(session, circle):
                raise Refusal("silence.proposal_waits")
        return CircleContext(session, circle, member, now)

    def _speaker(self, context: CircleContext) -> Speaker:
        return self._services.speaker_for(context.circle, context.member)


def _wanted_settings(context: CircleContext) -> RhythmSettings:
    wanted = wanted_rhythm(context.session, context.circle)
    return RhythmSettings.of(Rhythm.from_column(wanted), wanted["zone"])


def _read_settings(context: CircleContext, sent: Mapping[str, Any]) -> RhythmSettings:
    return read_calendar_fields(read_fields(_wanted_settings(context), RHYTHM_FIELDS, sent), sent)


@dataclass(frozen=True)
class _ClosedPeriods:
    """The closed periods of a form: all that are to come, what cannot be read, and what a calendar gave.

    `taken` and `left_out` are from the `pasted` text of a calendar.
    """

    closed: tuple[ClosedPeriod, ...]
    slips: list[Slip]
    pasted: str
    taken: list[ClosedPeriod]
    left_out: list[NotTaken]

    def wrong(self, speaker: Speaker) -> dict[str, str]:
        """For each field with something that cannot be: why, by block id."""
        if self.slips:
            return {"closed": views.slips_text(speaker, self.slips)}
        if self.pasted.strip() and not (self.taken or self.left_out):
            return {calendar_field_id(1): speaker.plain("rhythm.no_calendar")}
        return {} if periods_fit(self.closed) else {calendar_field_id(1): speaker.plain("rhythm.calendar_many")}


def _read_closed(settings: RhythmSettings, timezone: str, today: date) -> _ClosedPeriods:
    """What the form says of closed periods, as typed and as pasted; what is over by `today` is left away."""
    typed, slips = read_periods(settings.closed)
    pasted = join_calendar(settings.calendar)
    taken, left_out = read_calendar(pasted, timezone, today)
    closed = merge_periods([one for one in typed if one.last >= today], taken)
    return _ClosedPeriods(closed, slips, pasted, taken, left_out)
