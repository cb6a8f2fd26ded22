"""Writing in a step: the form, what is sent through it, passing, and moving on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.core.writing import join_fields
from bot.intervision import context as contexts
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext
from bot.intervision.form_fields import FilledSlot, FormShape, clean_text, read_slots
from bot.intervision.late_contribution import LateContributions
from bot.intervision.rules.case import Case
from bot.intervision.rules.events import NextPressed, OwnerReady, Passed
from bot.intervision.saved_advice import AdviceForLater
from bot.intervision.step_forms import StepForms, closing_moment
from bot.intervision.submission import FormSubmission
from bot.intervision.views import card as case_card
from bot.intervision.views import form as case_form
from bot.intervision.views import instruction as case_instruction
from bot.intervision.views.form import ASIDE, FormSlot
from bot.library.enums import Kind, Names, Reveal
from bot.library.protocol import Step
from db.models import Member


class StepActions:
    """What people do in the steps of a case."""

    def __init__(self, services: Services, carrying: CaseChanges) -> None:
        self._services = services
        self._carrying = carrying
        self._forms = StepForms(services)
        self._late = LateContributions(services)
        self._aside = AdviceForLater(services)

    def open_contribution_form(
        self, user: str, case_id: str, step_key: str, shape: FormShape, now: datetime, text: str = ""
    ) -> Json:
        """The form to write in a step, with what one wrote there before. Refuses who cannot write there now.

        `text` stands in its first free place, to go on with.
        """
        with self._services.database.reading() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user, to_read=True)
            step = _step(context.case, step_key)
            page = self._forms.build_form(session, context, member, step, shape, now)
            speaker = self._services.speaker_for(context.circle, member)
            page = replace(page, slots=_with(text, page.slots, step))
            return case_form.contribution_form(speaker, page, shape.pointers(case_id, step_key))

    def open_instruction(self, user: str, case_id: str, step_key: str) -> Json:
        """All that a step asks, for everybody in the case, at any time."""
        with self._services.database.reading() as session:
            context, member = contexts.load_for_participant(session, case_id, user, to_read=True)
            speaker, step = self._services.speaker_for(context.circle, member), _step(context.case, step_key)
            heading = case_card.step_heading(speaker, context.case.protocol.numbered(), step)
            return case_instruction.instruction_page(speaker, heading, step)

    def submit_contribution_form(
        self, user: str, case_id: str, step_key: str, form: str, fields: Mapping[str, str], now: datetime
    ) -> Json:
        """A form was sent: what is new is kept, what changed follows, what was emptied is taken back.

        Returns the next page, or {"errors": …} where nothing was written. The same form a second time changes nothing.
        """
        with self._services.database.writing() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user)
            speaker, step = self._services.speaker_for(context.circle, member), _step(context.case, step_key)
            _refuse_nameless(context, step)
            set_aside = self._set_aside(session, context, member, step, fields)
            left_over = self._left_over(session, context, member, step, fields)
            slots = read_slots(fields, step)
            if left_open := [name for slot in slots for name in slot.left_open]:
                return {"errors": {name: speaker.plain("fields.left_open") for name in left_open}}
            sent = FormSubmission(self._services, session, context, member, step, form).find_changes(slots)
            nothing = not any(each.text or each.rating for each in [*slots, *left_over]) and not sent.events
            if nothing and set_aside:
                return case_form.set_aside_page(speaker)
            if nothing and not context.case.contributions_in(step.key, member.id):
                missing = "case.refused_rating_missing" if Kind.RATING in step.kinds else "case.form_nothing"
                return {"errors": {_first_field(fields): speaker.plain(missing)}}
            if left_over or (sent.events and not context.case.takes_words(step.key)):
                return self._late.keep_late(session, context, member, step, form, [*slots, *left_over], now)
            self._carrying.apply_events(session, context, sent.events, now, sent.written)
            if sent.events and Kind.ADVICE in step.kinds:
                self._aside.wipe_saved_advice(session, context, member)
            return case_form.kept_page(
                speaker,
                until=closing_moment(speaker, context, step),
                shown=step.reveal == Reveal.IMMEDIATE,
                step=step,
                live=context.case.is_live,
                again=context.reopen_state(step.key),
            )

    def pass_step(self, user: str, case_id: str, step_key: str, now: datetime) -> Json:
        """Somebody has nothing (more) to add. Twice is once."""
        with self._services.database.writing() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user)
            step = _step(context.case, step_key)
            self._carrying.apply_events(session, context, [Passed(member.id, step.key)], now)
            speaker = self._services.speaker_for(context.circle, member)
            return case_form.passed_page(speaker, closing_moment(speaker, context, step))

    def press_next(self, user: str, case_id: str, step_key: str, now: datetime) -> None:
        """Who leads the case closes this step; nothing happens if it is closed already."""
        with self._services.database.writing() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user)
            step = _step(context.case, step_key)
            self._carrying.apply_events(session, context, [NextPressed(member.id, step.key)], now)

    def read_as_owner(self, user: str, case_id: str, step_key: str, now: datetime) -> None:
        """The owner is ready for what was written while away."""
        with self._services.database.writing() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user)
            step = _step(context.case, step_key)
            self._carrying.apply_events(session, context, [OwnerReady(member.id, step.key)], now)

    def _set_aside(
        self, session: Session, context: CaseContext, member: Member, step: Step, fields: Mapping[str, str]
    ) -> bool:
        """Whether the field for later says something else than before; what it says is kept, whatever else was sent."""
        before = self._aside.advice_to_offer(session, context, member, step) if ASIDE in fields else None
        if before is None or (text := clean_text(fields[ASIDE])) == before:
            return False
        self._aside.save_advice(session, context, member, text)
        return True

    def _left_over(
        self, session: Session, context: CaseContext, member: Member, step: Step, fields: Mapping[str, str]
    ) -> list[FilledSlot]:
        """What was to be set aside in a step that is closed, once no step for advice is to come any more."""
        text = clean_text(fields.get(ASIDE))
        if not text or context.is_open(step.key) or text == self._aside.read_saved_advice(session, context, member):
            return []
        return [FilledSlot(ASIDE, text)]


def _step(case: Case, key: str) -> Step:
    try:
        return case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None


def _refuse_nameless(context: CaseContext, step: Step) -> None:
    """Whatever is kept of who sends what once the names are forgotten would point at who wrote there, or did not."""
    begun = context.case.state_of(step.key).opened_at
    if step.names == Names.HIDDEN and begun and not context.case.takes_words(step.key):
        raise Refusal("late.nameless")


def _with(text: str, slots: Sequence[FormSlot], step: Step) -> Sequence[FormSlot]:
    """These places, with `text` in the first that is free, after what waited there; in a set, in its first text."""
    free = next((slot for slot in slots if slot.kind is None), None)
    if free is None or not text:
        return slots
    first = next((asked.key for asked in step.fields if asked.scale is None), None)
    begun = replace(free, answers={first: text}) if first else replace(free, text=join_fields([free.text, text]))
    return [begun if slot is free else slot for slot in slots]


def _first_field(fields: Mapping[str, str]) -> str:
    return next((name for name in fields if name.startswith(("text:", "field:", "rate:"))), "text")
