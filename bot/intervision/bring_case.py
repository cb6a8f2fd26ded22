"""Bringing a case: a form for the method, a form for the words, and what was written and not sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, circle_here
from bot.core.notices import Receipt
from bot.core.parts import Json, join_fields
from bot.core.services import Services
from bot.intervision import announcements
from bot.intervision.apply import CaseChanges
from bot.intervision.create import NewCase, create_case, refuse_guest
from bot.intervision.intake import IntakeForms, to_intake
from bot.intervision.intake_surfaces import STORY_FIELDS, IntakeAnswers, IntakeFormState
from bot.intervision.series import CaseSeries
from bot.intervision.views.intake import what_not_to_write_page
from bot.people.api import Draft, drop_draft, keep_draft, read_draft
from bot.words import LANGUAGES
from db.models import Circle, Member
from db.queries import intervision as cases
from db.queries import reminders as reminder_queries


class CaseBringing:
    """The two forms. What is written in them is never lost: it is kept as a draft when they close unsent."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services = services
        self._forms = IntakeForms(services)
        self._series = CaseSeries(services, changes)

    def open_intake_form(self, user: str, channel: str, now: datetime, story: Sequence[str] = ()) -> Json:
        """The form to bring a case to the circle somebody means: the first one, or the second with their draft.

        `story` is what they wrote elsewhere, to go on with: it comes after what their draft says.
        """
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            refuse_guest(member)
            form = IntakeFormState(circle.id)
            draft = self._draft(session, member, form)
        if story:
            self._keep_story(circle, member, form, draft, story, now)
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            return self._opened(session, circle, member, form)

    def refresh_intake_form(self, user: str, form: IntakeFormState, asked: IntakeAnswers, now: datetime) -> Json:
        """The first form anew: another wish or method was chosen. What was written is there in the second."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, form.circle, user)
            self._keep(session, member, form, asked, now)
            return self._forms.method_page(session, circle, member, form, asked)

    def submit_method(self, user: str, form: IntakeFormState, asked: IntakeAnswers) -> Json:
        """The first form was sent. Returns the second, or {"errors": …}."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, form.circle, user)
            refuse_guest(member)
            member.language = asked.language if asked.language in LANGUAGES else member.language
            if wrong := self._forms.find_wrong_choices(asked):
                return self._errors(circle, member, wrong)
            written = IntakeAnswers.from_fields(self._draft(session, member, form).fields)
            is_draft = bool(written.texts)
            return self._forms.story_page(circle, member, form.with_choices(asked), written, is_draft=is_draft)

    def submit_intake(self, user: str, form: IntakeFormState, asked: IntakeAnswers, now: datetime) -> Json | Receipt:
        """The circle is invited to a case. Returns {"errors": …} for what cannot be; the same form makes one case."""
        if form.series:
            return self._series.join_series(user, form, asked, now)
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, form.circle, user)
            refuse_guest(member)
            # A form that was opened before there were two asks the language too.
            member.language = asked.language if asked.language in LANGUAGES else member.language
            wrong = self._forms.find_mistakes(asked)
            if wrong and not asked.was_asked(*wrong):
                self._keep(session, member, form, asked, now)
                return self._page_that_asks(session, circle, member, form, asked)
            if wrong:
                return self._errors(circle, member, wrong)
            if cases.find_case_by_form(session, form.form) is None:
                protocol = self._services.library.protocols[asked.method]
                what = NewCase(form.form, protocol, asked.theme, to_intake(asked, protocol))
                context = create_case(self._services, session, circle, member, what, now)
                announcements.show_invitation(context)
                announcements.show_owners_page(context)
                reminder_queries.ask_about_reminders(session, member.id)
            drop_draft(session, member, form.place_of_draft)
            return Receipt(self._services.speaker_for(circle, member).mrkdwn("case.brought"))

    def keep_intake_draft(self, user: str, form: IntakeFormState, asked: IntakeAnswers, now: datetime) -> None:
        """What is written in an open form is kept for its writer alone; nothing of one that was sent."""
        with self._services.database.writing() as session:
            _, member = circle_by_id(session, form.circle, user)
            self._keep(session, member, form, asked, now)

    def open_draft(self, user: str, form: IntakeFormState) -> Json:
        """The second form with the draft that was kept."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, form.circle, user)
            if form.series:
                return self._series.open_series_form_again(session, member, form)
            written = IntakeAnswers.from_fields(self._draft(session, member, form).fields)
            return self._forms.story_page(circle, member, form, written, is_draft=bool(written.texts))

    def open_what_not_to_write(self, user: str, form: IntakeFormState) -> Json:
        """What to leave out of a case, and who can read it."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, form.circle, user)
            return what_not_to_write_page(self._services.speaker_for(circle, member), circle.contact or "")

    def _opened(self, session: Session, circle: Circle, member: Member, form: IntakeFormState) -> Json:
        draft = self._draft(session, member, form)
        written = IntakeAnswers.from_fields(draft.fields)
        chosen = IntakeAnswers(**draft.known)
        if written.texts and not self._forms.find_wrong_choices(chosen):
            return self._forms.story_page(circle, member, form.with_choices(chosen), written, is_draft=True)
        return self._forms.method_page(session, circle, member, form, chosen)

    def _page_that_asks(
        self, session: Session, circle: Circle, member: Member, form: IntakeFormState, asked: IntakeAnswers
    ) -> Json:
        """The form that asks what the one that was sent did not ask: its method changed meanwhile."""
        if self._forms.find_wrong_choices(asked):
            return self._forms.method_page(session, circle, member, form, asked)
        return self._forms.story_page(circle, member, form.with_choices(asked), asked)

    def _keep(
        self, session: Session, member: Member, form: IntakeFormState, asked: IntakeAnswers, now: datetime
    ) -> None:
        """Keep what was written; where the form asks no words, only the choices change."""
        if cases.find_case_by_form(session, form.form):
            return
        has_words = asked.was_asked("title") or bool(asked.texts)
        written = asked.texts if has_words else self._draft(session, member, form).fields
        if not written:
            drop_draft(session, member, form.place_of_draft)
            return
        known = {"method": asked.method, "theme": asked.theme, "wish": asked.wish}
        keep_draft(self._services, session, member, form.place_of_draft, Draft(form.form, known, written), now)

    def _keep_story(
        self, circle: Circle, member: Member, form: IntakeFormState, draft: Draft, story: Sequence[str], now: datetime
    ) -> None:
        written = dict(draft.fields)
        for name, text in zip(STORY_FIELDS, story, strict=False):
            if text not in written.get(name, ""):
                written[name] = join_fields([written.get(name, ""), text])
        with self._services.database.writing() as session:
            kept = Draft(form.form, draft.known, written)
            keep_draft(self._services, session, member, form.place_of_draft, kept, now)

    def _draft(self, session: Session, member: Member, form: IntakeFormState) -> Draft:
        return read_draft(self._services, session, member, form.place_of_draft) or Draft(form.form)

    def _errors(self, circle: Circle, member: Member, wrong: dict[str, str]) -> Json:
        speaker = self._services.speaker_for(circle, member)
        return {"errors": {field: speaker.plain(key) for field, key in wrong.items()}}
