"""Writing in a step: the form, what is sent through it, passing, and moving on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.core.writing import join_fields
from bot.intervision import context as dossiers
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext
from bot.intervision.form_fields import FilledSlot, FormShape, read_slots, clean_text
from bot.intervision.late_contribution import LateContributions
from bot.intervision.rules.case import Case
from bot.intervision.rules.events import OwnerReady, Passed, NextPressed
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

    def __init__(self, desk: Services, carrying: CaseChanges) -> None:
        self._desk = desk
        self._carrying = carrying
        self._forms = StepForms(desk)
        self._late = LateContributions(desk)
        self._aside = AdviceForLater(desk)

    def open_contribution_form(
        self, user: str, case_id: str, step_key: str, shape: FormShape, now: datetime, text: str = ""
    ) -> Json:  # fmt: skip
        """The form to write in a step, with what one wrote there before. Refuses who cannot write there now.

        `text` stands in its first free place, to go on with.
        """
        with self._desk.database.reading() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user, to_read=True)
            step = _step(dossier.case, step_key)
            page = self._forms.build_form(session, dossier, member, step, shape, now)
            say = self._desk.speaker_for(dossier.circle, member)
            page = replace(page, slots=_with(text, page.slots, step))
            return case_form.contribution_form(say, page, shape.pointers(case_id, step_key))

    def open_instruction(self, user: str, case_id: str, step_key: str) -> Json:
        """All that a step asks, for everybody in the case, at any time."""
        with self._desk.database.reading() as session:
            dossier, member = dossiers.load_for_participant(session, case_id, user, to_read=True)
            say, step = self._desk.speaker_for(dossier.circle, member), _step(dossier.case, step_key)
            heading = case_card.step_heading(say, dossier.case.protocol.numbered(), step)
            return case_instruction.instruction_page(say, heading, step)

    def submit_contribution_form(self, user: str, case_id: str, step_key: str, form: str, fields: Mapping[str, str], now: datetime) -> Json:
        """A form was sent: what is new is kept, what changed follows, what was emptied is taken back.

        Returns the next page, or {"errors": …} where nothing was written. The same form a second time changes nothing.
        """
        with self._desk.database.writing() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user)
            say, step = self._desk.speaker_for(dossier.circle, member), _step(dossier.case, step_key)
            _refuse_nameless(dossier, step)
            set_aside = self._set_aside(session, dossier, member, step, fields)
            left_over = self._left_over(session, dossier, member, step, fields)
            slots = read_slots(fields, step)
            if left_open := [name for slot in slots for name in slot.left_open]:
                return {"errors": {name: say.plain("fields.left_open") for name in left_open}}
            sent = FormSubmission(self._desk, session, dossier, member, step, form).find_changes(slots)
            nothing = not any(each.text or each.rating for each in [*slots, *left_over]) and not sent.events
            if nothing and set_aside:
                return case_form.set_aside_page(say)
            if nothing and not dossier.case.contributions_in(step.key, member.id):
                missing = "case.refused_rating_missing" if Kind.RATING in step.kinds else "case.form_nothing"
                return {"errors": {_first_field(fields): say.plain(missing)}}
            if left_over or (sent.events and not dossier.case.takes_words(step.key)):
                return self._late.keep_late(session, dossier, member, step, form, [*slots, *left_over], now)
            self._carrying.apply_events(session, dossier, sent.events, now, sent.written)
            if sent.events and Kind.ADVICE in step.kinds:
                self._aside.wipe_saved_advice(session, dossier, member)
            return case_form.kept_page(
                say, until=closing_moment(say, dossier, step), shown=step.reveal == Reveal.IMMEDIATE, step=step,
                live=dossier.case.is_live, again=dossier.reopen_state(step.key),
            )  # fmt: skip

    def pass_step(self, user: str, case_id: str, step_key: str, now: datetime) -> Json:
        """Somebody has nothing (more) to add. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user)
            step = _step(dossier.case, step_key)
            self._carrying.apply_events(session, dossier, [Passed(member.id, step.key)], now)
            say = self._desk.speaker_for(dossier.circle, member)
            return case_form.passed_page(say, closing_moment(say, dossier, step))

    def press_next(self, user: str, case_id: str, step_key: str, now: datetime) -> None:
        """Who leads the case closes this step; nothing happens if it is closed already."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user)
            step = _step(dossier.case, step_key)
            self._carrying.apply_events(session, dossier, [NextPressed(member.id, step.key)], now)

    def read_as_owner(self, user: str, case_id: str, step_key: str, now: datetime) -> None:
        """The owner is ready for what was written while away."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user)
            step = _step(dossier.case, step_key)
            self._carrying.apply_events(session, dossier, [OwnerReady(member.id, step.key)], now)

    def _set_aside(
        self, session: Session, dossier: CaseContext, member: Member, step: Step, fields: Mapping[str, str]
    ) -> bool:
        """Whether the field for later says something else than before; what it says is kept, whatever else was sent."""
        before = self._aside.advice_to_offer(session, dossier, member, step) if ASIDE in fields else None
        if before is None or (text := clean_text(fields[ASIDE])) == before:
            return False
        self._aside.save_advice(session, dossier, member, text)
        return True

    def _left_over(
        self, session: Session, dossier: CaseContext, member: Member, step: Step, fields: Mapping[str, str]
    ) -> list[FilledSlot]:
        """What was to be set aside in a step that is closed, once no step for advice is to come any more."""
        text = clean_text(fields.get(ASIDE))
        if not text or dossier.is_open(step.key) or text == self._aside.read_saved_advice(session, dossier, member):
            return []
        return [FilledSlot(ASIDE, text)]


def _step(case: Case, key: str) -> Step:
    try:
        return case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None


def _refuse_nameless(dossier: CaseContext, step: Step) -> None:
    """Whatever is kept of who sends what once the names are forgotten would point at who wrote there, or did not."""
    begun = dossier.case.state_of(step.key).opened_at
    if step.names == Names.HIDDEN and begun and not dossier.case.takes_words(step.key):
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
