"""From asking to starting: bringing a case, joining and leaving it, starting and stopping it."""

from datetime import datetime

from bot.circles.api import in_circle
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.core.services import Services
from bot.core.text import first_sentence
from bot.intervision import channel
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext, load_case, load_for_member_in_channel, load_for_participant
from bot.intervision.create import refuse_guest, take_contributions_out_of_intake
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import Joined, Started, Stopped
from bot.intervision.rules.permissions import Action, Reason, may, no_such_role
from bot.intervision.series import CaseSeries
from bot.intervision.surfaces import StartChoices
from bot.intervision.views.invitation import facilitator_taken_notice, joined_page, joined_receipt, left_post
from bot.intervision.views.start import StepChoice, start_form
from bot.library.enums import Optional, Role
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member
from db.queries import reminders as reminder_queries


class CaseInvitations:
    """Cases until they start, and the two ways to end one."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes
        self._series = CaseSeries(services, changes)

    def join_case(self, user: str, case_id: str, role: Role, now: datetime, *, on_page: bool = False) -> Json | Receipt:
        """Somebody from the circle thinks along, or facilitates, and reads so; joining twice does no harm.

        `on_page`: they pressed it on the page about their joining, which then shows what they are now.
        """
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
            is_reminded = reminder_queries.ask_about_reminders(session, member.id)
            if on_page:
                return _joined_page(speaker, context, member, is_reminded=is_reminded)
            return joined_receipt(speaker, case_id, role.value, of_two=context.is_pair, is_reminded=is_reminded)

    def open_joined_page(self, user: str, case_id: str) -> Json:
        """For who joined: in which other way they can be there, whether they are reminded, and the way back."""
        with self._services.database.writing() as session:
            context, member = load_for_participant(self._services, session, case_id, user, to_read=True)
            is_reminded = reminder_queries.ask_about_reminders(session, member.id)
            speaker = self._services.speaker_for(context.circle, member)
            return _joined_page(speaker, context, member, is_reminded=is_reminded)

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


def _joined_page(speaker: Speaker, context: CaseContext, member: Member, *, is_reminded: bool) -> Json:
    case, protocol = context.case, context.case.protocol
    may_join = may(case, member.id, Action.JOIN) is None
    is_observer, leads = (member.id in case.holding(role) for role in (Role.OBSERVER, Role.FACILITATOR))
    return joined_page(
        speaker,
        context.row.id,
        "observer" if is_observer else "facilitator" if leads else "peer",
        of_two=context.is_pair,
        can_join=may_join,
        can_facilitate=may_join
        and not case.holding(Role.FACILITATOR)
        and no_such_role(protocol, Role.FACILITATOR) is None,
        can_observe=no_such_role(protocol, Role.OBSERVER) is None,
        is_reminded=is_reminded,
    )


def _choice(step: Step, speaker: Speaker) -> StepChoice:
    name, ask = step.name.in_(speaker.language), step.ask.in_(speaker.language)
    return StepChoice(step.key, name, first_sentence(ask), step.optional == Optional.INCLUDED)
