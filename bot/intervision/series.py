"""A series: everybody who joins brings a question, and the cases that are made of them come one after the other."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import in_circle
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision import announcements
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext, load_case
from bot.intervision.create import (
    CaseIntake,
    NewCase,
    create_case,
    read_intake,
    refuse_guest,
    take_contributions_out_of_intake,
)
from bot.intervision.intake import IntakeForms, to_intake
from bot.intervision.intake_surfaces import IntakeAnswers, IntakeFormState
from bot.intervision.rules.case import CaseState, with_options
from bot.intervision.rules.events import Joined, PersonLeft, Stopped, TurnCame
from bot.intervision.rules.lifecycle import may_begin, parallel_cases
from bot.intervision.rules.permissions import Action, may
from bot.intervision.views.series import series_given_back, series_joined
from bot.people.api import Draft, drop_draft, read_draft
from bot.words import LANGUAGES
from db.models import CaseRow, Member
from db.queries import case_series
from db.queries import intervision as cases
from db.queries import reminders as reminder_queries

_OVER = (CaseState.CLOSED, CaseState.STOPPED)


class CaseSeries:
    """Linked cases. Whoever changes several of them locks the first before the others, in their order."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes
        self._forms = IntakeForms(services)

    def open_series_form(self, first: CaseContext, member: Member) -> Json:
        """The form for one's own question; whoever brought one already reads that they are in."""
        speaker = self._services.speaker_for(first.circle, member)
        if own := _own(first.session, first.row.id, member):
            return series_joined(speaker, own.id)
        if reason := may(first.case, member.id, Action.JOIN):
            raise Refusal(f"case.refused_{reason.value}")
        form = IntakeFormState(first.circle.id, series=first.row.id)
        return self._page(first, member, form)

    def open_series_form_again(self, session: Session, member: Member, form: IntakeFormState) -> Json:
        """The same form, with what was kept of it."""
        return self._page(load_case(self._services, session, form.series, to_read=True), member, form)

    def join_series(self, user: str, form: IntakeFormState, asked: IntakeAnswers, now: datetime) -> Json | Receipt:
        """Somebody joins with a question of their own. Returns what they read, or {"errors": …}; twice is once."""
        with self._services.database.writing() as session:
            first = load_case(self._services, session, form.series)
            member = in_circle(session, first.circle, user)
            refuse_guest(member)
            member.language = asked.language if asked.language in LANGUAGES else member.language
            speaker = self._services.speaker_for(first.circle, member)
            if wrong := self._forms.find_mistakes(asked, first.case.protocol):
                return {"errors": {field: speaker.plain(key) for field, key in wrong.items()}}
            if _own(session, form.series, member) is None:
                self._add(first, member, form.form, asked, now)
            drop_draft(session, member, form.place_of_draft)
            return Receipt(speaker.mrkdwn("series.joined_line"))

    def refresh_series_form(self, first: CaseContext, optional: frozenset[str] | None) -> None:
        """What was chosen as the first case started holds for those that wait; nothing where it is no series."""
        for row in case_series.linked_cases(first.session, first.row.series) if first.row.series else ():
            if row.state == CaseState.WAITING:
                waiting = load_case(self._services, first.session, row.id)
                row.steps = with_options(waiting.case, optional).steps_as_json()

    def begin_next_turn(self, session: Session, first_id: str, case_id: str, now: datetime) -> bool:
        """A case that waits begins, if its turn has come; returns whether anything followed.

        Where the series was called off before its start, or nobody is left to think along, its owner gets the words
        back.
        """
        first = load_case(self._services, session, first_id)
        context = load_case(self._services, session, case_id)
        intake, owner = read_intake(context), context.row.owner_id
        if first.case.over and first.row.started_at is None:
            self._changes.apply_events(context, [Stopped(owner)], now)
        elif self._comes_to_turn(first, context):
            self._begin(first, context, now)
        else:
            context.row.due_at = None
            return False
        if context.case.over:
            self._give_back(context, intake)
        return True

    def leave_series(self, session: Session, case_id: str, member: Member, now: datetime) -> None:
        """Somebody leaves a case; of a series, every case of it: their own ends, those of others go on without them."""
        row = session.get(CaseRow, case_id)
        first = row.series if row else None
        for id in [one.id for one in case_series.linked_cases(session, first)] if first else [case_id]:
            context = load_case(self._services, session, id)
            if member.id in context.case.people:
                self._changes.apply_events(context, [PersonLeft(member.id)], now)
        if first:
            case_series.forget_person_in_series(session, first, member)

    def _page(self, first: CaseContext, member: Member, form: IntakeFormState) -> Json:
        draft = read_draft(self._services, first.session, member, form.place_of_draft) or Draft(form.form)
        return self._forms.page_in_series(first.circle, member, first.case, form, draft)

    def _add(self, first: CaseContext, member: Member, form: str, asked: IntakeAnswers, now: datetime) -> CaseRow:
        if known := cases.find_case_by_form(first.session, form):
            return known
        first.members[member.id] = member
        self._changes.apply_events(first, [Joined(member.id)], now)
        protocol, id = first.case.protocol, first.row.id
        what = NewCase(form, protocol, first.row.theme, to_intake(asked, protocol), series=id)
        context = create_case(self._services, first.session, first.circle, member, what, now)
        announcements.show_owners_page(context)
        reminder_queries.ask_about_reminders(first.session, member.id)
        return context.row

    def _comes_to_turn(self, first: CaseContext, context: CaseContext) -> bool:
        linked = case_series.linked_cases(first.session, first.row.id)
        place = [one.id for one in linked].index(context.row.id)
        most = parallel_cases(first.case.protocol, first.case.pace)
        # A case that lies still keeps nobody else's waiting.
        states = [CaseState.CLOSED if one.lies_still_until else CaseState(one.state) for one in linked]
        return may_begin(states, place, most)

    def _begin(self, first: CaseContext, context: CaseContext, now: datetime) -> None:
        group = case_series.people_of_series(first.session, first.row.id)
        context.members.update(group)
        words, beforehand = take_contributions_out_of_intake(context)
        joined = [
            one.owner_id for one in case_series.linked_cases(first.session, first.row.id) if one.owner_id in group
        ]
        came = TurnCame(context.story_id, tuple(joined), beforehand, first.case.pace)
        self._changes.apply_events(context, [came], now, words)

    def _give_back(self, context: CaseContext, intake: CaseIntake) -> None:
        speaker = self._services.speaker_for(context.circle, context.owner)
        place = self._services.outbox.open_dm(context.session, context.owner.slack)
        for number, body in enumerate(series_given_back(speaker, intake.title, intake.question, intake.story)):
            context.post_once(context.post_key(f"given_back:{number}"), body, place)


def _own(session: Session, first_id: str, member: Member) -> CaseRow | None:
    """The case this member brought to the series, unless it is over."""
    brought_here = (one for one in case_series.linked_cases(session, first_id) if one.owner_id == member.id)
    return next((one for one in brought_here if one.id != first_id and one.state not in _OVER), None)
