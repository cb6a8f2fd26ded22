"""From asking to starting: bringing a case, joining and leaving it, starting and stopping it."""

from collections.abc import Sequence
from datetime import datetime

from bot.circles.api import circle_by_id, circle_here, in_circle
from bot.core import notices
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.core.text import first_sentence
from bot.intervision import announcements, channel
from bot.intervision.apply import CaseChanges
from bot.intervision.context import load_case, load_for_member_in_channel, load_for_participant
from bot.intervision.create import NewCase, create_case, refuse_guest, take_contributions_out_of_intake
from bot.intervision.intake import IntakeForms, to_intake
from bot.intervision.intake_surfaces import STORY_FIELDS, IntakeAnswers, IntakeFormState
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import Joined, Started, Stopped
from bot.intervision.rules.permissions import Action, Reason, may, no_such_role
from bot.intervision.series import CaseSeries
from bot.intervision.surfaces import StartChoices
from bot.intervision.views.invitation import facilitator_taken_notice, joined_post, left_post
from bot.intervision.views.start import StepChoice, start_form
from bot.library.enums import Optional, Role
from bot.library.protocol import Step
from bot.words import LANGUAGES, Speaker
from db.queries import intervision as cases


class CaseInvitations:
    """Cases until they start, and the two ways to end one."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes
        self._forms = IntakeForms(services)
        self._series = CaseSeries(services, changes)

    def open_intake_form(self, user: str, channel: str, story: Sequence[str] = ()) -> Json:
        """The form to bring a case to the circle somebody means; `story` is what they wrote already, to go on with."""
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            refuse_guest(member)
            begun = IntakeAnswers(fields=dict(zip(STORY_FIELDS, story, strict=False)))
            return self._forms.intake_page(session, circle, member, IntakeFormState(circle.id), begun)

    def refresh_intake_form(self, user: str, form: IntakeFormState, asked: IntakeAnswers) -> Json:
        """The same form, with what the method that was chosen asks."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, form.circle, user)
            return self._forms.intake_page(session, circle, member, form, asked)

    def submit_intake(self, user: str, form: IntakeFormState, asked: IntakeAnswers, now: datetime) -> Json:
        """The circle is invited to a case. Returns the next page, or {"errors": …}; the same form makes one case."""
        if form.series:
            return self._series.join_series(user, form, asked, now)
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, form.circle, user)
            refuse_guest(member)
            member.language = asked.language if asked.language in LANGUAGES else member.language
            speaker = self._services.speaker_for(circle, member)
            wrong = self._forms.find_mistakes(asked)
            if wrong and not asked.was_asked(*wrong):
                return self._forms.intake_page(session, circle, member, form, asked)
            if wrong:
                return {"errors": {field: speaker.plain(key) for field, key in wrong.items()}}
            if cases.find_case_by_form(session, form.form) is None:
                protocol = self._services.library.protocols[asked.method]
                what = NewCase(form.form, protocol, asked.theme, to_intake(asked, protocol))
                context = create_case(self._services, session, circle, member, what, now)
                announcements.show_invitation(context)
                announcements.show_owners_page(context)
                cases.ask_about_reminders(session, member.id)
            return notices.notice(speaker, speaker.mrkdwn("case.brought"))

    def join_case(self, user: str, case_id: str, role: Role, now: datetime) -> Json:
        """Somebody from the circle thinks along, or facilitates; the page says so. Joining twice does no harm."""
        with self._services.database.writing() as session:
            context = load_case(self._services, session, case_id)
            member = in_circle(session, context.circle, user)
            refuse_guest(member)
            speaker = self._services.speaker_for(context.circle, member)
            if reason := no_such_role(context.case.protocol, role):
                raise Refusal(f"case.refused_{reason.value}")
            if context.row.series:
                return self._series.open_series_form(context, member)
            if role == Role.FACILITATOR and context.case.holding(role) - {member.id}:
                return facilitator_taken_notice(speaker, case_id)
            context.members[member.id] = member
            self._changes.apply_events(context, [Joined(member.id, role)], now)
            is_reminded = cases.ask_about_reminders(session, member.id)
            protocol, facilitators = context.case.protocol, context.case.holding(Role.FACILITATOR)
            has_seat = may(context.case, member.id, Action.JOIN) is None
            return joined_post(
                speaker,
                case_id,
                role.value,
                of_two=context.is_pair,
                can_join=has_seat,
                can_facilitate=has_seat and not facilitators and no_such_role(protocol, Role.FACILITATOR) is None,
                can_observe=no_such_role(protocol, Role.OBSERVER) is None,
                is_reminded=is_reminded,
            )

    def leave_case(self, user: str, case_id: str, now: datetime) -> Json:
        """Somebody goes, before it starts or while it runs; the owner stops the case instead."""
        with self._services.database.writing() as session:
            context, member = load_for_participant(self._services, session, case_id, user, to_read=True)
            if member.id == context.case.owner and context.case.state != CaseState.WAITING:
                raise Refusal("case.owner_stops")
            self._series.leave_series(session, case_id, member, now)
            channel.remove_people(context, member)
            return left_post(self._services.speaker_for(context.circle, member), of_two=context.is_pair)

    def open_start_form(self, user: str, case_id: str) -> Json:
        """The form in which the owner chooses how it goes before the start. Refuses who cannot start now."""
        with self._services.database.reading() as session:
            context, member = load_for_participant(self._services, session, case_id, user, to_read=True)
            if reason := may(context.case, member.id, Action.START):
                raise Refusal(f"case.refused_{reason.value}")
            speaker = self._services.speaker_for(context.circle, member)
            choices = [_choice(step, speaker) for step in context.case.protocol.steps if step.optional]
            return start_form(speaker, case_id, choices)

    def start_case(self, user: str, case_id: str, now: datetime, choices: StartChoices) -> None:
        """The owner starts: the story opens for the people who are in, and for nobody else. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, case_id, user)
            if may(context.case, member.id, Action.START) == Reason.ALREADY_STARTED and member.id == context.case.owner:
                return
            words, beforehand = take_contributions_out_of_intake(context)
            started = Started(member.id, context.story_id, choices.optional, beforehand, choices.pace)
            self._changes.apply_events(context, [started], now, words)
            self._series.refresh_series_form(context, choices.optional)

    def stop_case(self, user: str, case_id: str, now: datetime) -> None:
        """The owner or the facilitator ends a case; the owner can call it off before it starts. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_participant(self._services, session, case_id, user)
            self._changes.apply_events(context, [Stopped(member.id)], now)


def _choice(step: Step, speaker: Speaker) -> StepChoice:
    name, ask = step.name.in_(speaker.language), step.ask.in_(speaker.language)
    return StepChoice(step.key, name, first_sentence(ask), step.optional == Optional.INCLUDED)
