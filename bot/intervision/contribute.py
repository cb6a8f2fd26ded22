"""Writing in a step: the form, what is sent through it, passing, and moving on.

What happens when a form is sent: `submit_contribution_form` loads the case, `_find_changes` compares the form with what
its writer wrote before, the step machine decides (`rules/machine.py`), and `apply.py` saves and shows what follows.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json, join_fields
from bot.core.services import Services
from bot.intervision.apply import CaseChanges
from bot.intervision.context import (
    CaseContext,
    SealedContribution,
    load_for_member_in_channel,
    read_contribution,
    seal_contribution,
)
from bot.intervision.drafts import keep_step_draft, place_of_draft
from bot.intervision.form_surfaces import ASIDE, ContributionFormState, FilledSlot, clean_text, read_slots
from bot.intervision.late_contribution import keep_late
from bot.intervision.refusals import require_pass
from bot.intervision.rules.case import Case, Contribution, has_fields
from bot.intervision.rules.events import Contributed, Event, NextPressed, OwnerReady, Passed, Revised, Withdrawn
from bot.intervision.rules.progress import can_set_aside, left_open_in, owners_own, targets, unanswered
from bot.intervision.saved_advice import read_saved_advice, save_advice
from bot.intervision.step_forms import build_form
from bot.intervision.surfaces import StepButton
from bot.intervision.views.form import FormSlot, contribution_form
from bot.intervision.views.receipt import KeptWords, kept_receipt, passed_receipt, set_aside_receipt
from bot.library.enums import Kind, Names
from bot.library.protocol import Step
from bot.people.api import drop_draft
from db.models import Member
from db.queries import intervision as cases


@dataclass
class FormChanges:
    """What happens in the case if this form counts, and the words that belong to it."""

    events: list[Event] = field(default_factory=list)
    written: dict[str, SealedContribution] = field(default_factory=dict)


class StepActions:
    """What people do in the steps of a case."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes

    def open_contribution_form(self, user: str, form: ContributionFormState, now: datetime, text: str = "") -> Json:
        """The form to write in a step, with what this person wrote there before. Refuses whoever cannot write now.

        `text` is put in its first free place, to go on with.
        """
        with self._services.database.reading() as session:
            context, member = load_for_member_in_channel(self._services, session, form.case, user, to_read=True)
            step = _step(context.case, form.step)
            page = build_form(context, member, step, form, now)
            page = replace(page, slots=_with_text(text, page.slots, step))
            speaker = self._services.speaker_for(context.circle, member)
            return contribution_form(speaker, page, replace(form, has_draft=page.has_draft).to_metadata())

    def keep_draft(self, user: str, form: ContributionFormState, fields: Mapping[str, Any], now: datetime) -> bool:
        """What is written in an open form is kept for its writer alone; returns whether there is anything to keep."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, form.case, user)
            _step(context.case, form.step)
            return keep_step_draft(context, member, form, fields, now)

    def submit_contribution_form(
        self, user: str, form: ContributionFormState, fields: Mapping[str, Any], now: datetime
    ) -> Json | Receipt:
        """A form was sent: what is new is kept, what changed follows, what was emptied is taken back.

        `fields` are its values by the names of its fields. Returns what its sender reads, or {"errors": …} where
        nothing was written. The same form a second time changes nothing.
        """
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, form.case, user)
            speaker, step = self._services.speaker_for(context.circle, member), _step(context.case, form.step)
            takes_words = context.case.takes_words(step.key)
            if step.names == Names.HIDDEN and context.case.state_of(step.key).opened_at and not takes_words:
                # Anything that we keep of this form would show who wrote in the step, or who did not.
                raise Refusal("late.nameless")
            is_set_aside, left_over = _keep_aside(context, member, step, fields)
            slots = read_slots(fields, step)
            if left_open := [name for slot in slots for name in slot.left_open]:
                return {"errors": {name: speaker.plain("fields.left_open") for name in left_open}}
            if form.has_draft:
                drop_draft(session, member, place_of_draft(context, step.key))
            changes = _find_changes(context, member, step, form.form, slots)
            nothing = not any(each.text or each.rating for each in [*slots, *left_over]) and not changes.events
            if nothing and is_set_aside:
                return set_aside_receipt(speaker)
            if nothing and not context.case.contributions_in(step.key, member.id):
                missing = "case.refused_rating_missing" if Kind.RATING in step.kinds else "case.form_nothing"
                return {"errors": {_first_field(fields): speaker.plain(missing)}}
            if left_over or (changes.events and not takes_words):
                return keep_late(context, member, step, form.form, [*slots, *left_over], now)
            shown = {slot.about: bool(slot.text or slot.rating) for slot in slots if slot.about}
            left = [Passed(member.id, step.key, id) for id in left_open_in(context.case, member.id, step, shown)]
            self._changes.apply_events(context, [*changes.events, *left], now, changes.written)
            if changes.events and Kind.ADVICE in step.kinds:
                save_advice(context, member, "")
            return self._what_follows(context, member, step, shown, now)

    def _what_follows(
        self, context: CaseContext, member: Member, step: Step, shown: Mapping[str, bool], now: datetime
    ) -> Json | Receipt:
        """The line that says what was kept; or the form with what had no room in the one that was sent."""
        speaker = self._services.speaker_for(context.circle, member)
        if shown and _has_others(context.case, member, step, shown):
            fresh = ContributionFormState(context.row.id, step.key)
            return contribution_form(speaker, build_form(context, member, step, fresh, now), fresh.to_metadata())
        return kept_receipt(speaker, _kept_words(context, member, step))

    def pass_step(self, user: str, button: StepButton, now: datetime) -> Receipt:
        """Somebody has nothing (more) to add. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user)
            step = _step(context.case, button.step)
            require_pass(context, member, step)
            self._changes.apply_events(context, [Passed(member.id, step.key)], now)
            speaker = self._services.speaker_for(context.circle, member)
            return passed_receipt(speaker, context.closing_moment(speaker, step))

    def press_next(self, user: str, button: StepButton, now: datetime) -> None:
        """The facilitator, or the owner, closes this step; nothing happens if it is closed already."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user)
            step = _step(context.case, button.step)
            self._changes.apply_events(context, [NextPressed(member.id, step.key)], now)

    def read_as_owner(self, user: str, button: StepButton, now: datetime) -> None:
        """The owner is ready for what was written while away."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user)
            step = _step(context.case, button.step)
            self._changes.apply_events(context, [OwnerReady(member.id, step.key)], now)


def _step(case: Case, key: str) -> Step:
    try:
        return case.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None


def _has_others(case: Case, member: Member, step: Step, shown: Mapping[str, bool]) -> bool:
    """Whether the owner can still answer what this form did not show."""
    if not owners_own(step) or not case.is_open(step.key):
        return False
    return any(each.id not in shown for each in unanswered(case, member.id, step))


def _kept_words(context: CaseContext, member: Member, step: Step) -> KeptWords:
    """What is so in this step after this person sent its form."""
    case = context.case
    return KeptWords(
        step,
        closes_at=case.state_of(step.key).closes_at,
        zone=context.circle.timezone,
        has_words=bool(case.contributions_in(step.key, member.id)),
        left_open=len(unanswered(case, member.id, step)) if step.about else 0,
        room_left=max(0, step.per_person.min - len(case.said(step.key, member.id))) if not step.about else 0,
        live=case.is_live,
        again=context.reopen_state(step.key),
    )


def _keep_aside(
    context: CaseContext, member: Member, step: Step, fields: Mapping[str, Any]
) -> tuple[bool, list[FilledSlot]]:
    """Keep what the field for later says. Returns whether it changed, and its text if no step for advice will come.

    It is kept whatever else was sent. Left over is only what comes after its step was closed.
    """
    if ASIDE not in fields:
        return False, []
    text, saved = clean_text(fields[ASIDE]), read_saved_advice(context, member)
    if text == saved:
        return False, []
    if can_set_aside(context.case, member.id, step):
        save_advice(context, member, text)
        return True, []
    return False, [FilledSlot(ASIDE, text)] if text and not context.case.is_open(step.key) else []


def _find_changes(context: CaseContext, member: Member, step: Step, form: str, slots: list[FilledSlot]) -> FormChanges:
    """What is new, what changed and what is taken back. Refuses a pointer to what somebody else wrote."""
    changes, case = FormChanges(), context.case
    asked = {f"about-{each.id}": number for number, each in enumerate(targets(case, step) if step.about else ())}
    for slot in sorted(slots, key=lambda slot: asked.get(slot.id, len(asked))):
        is_known = slot.about is not None or slot.earlier is not None
        if is_known and (own := _written_before(case, member, step, slot)):
            _change(context, step, own, slot, changes)
        elif slot.text or slot.rating:
            _add(context, member, step, form, slot, changes)
    return changes


def _written_before(case: Case, member: Member, step: Step, slot: FilledSlot) -> Contribution | None:
    """What this person wrote before in this place. Refuses a pointer to what another wrote."""
    if slot.about is not None:
        return next((c for c in case.contributions_in(step.key, member.id) if c.about == slot.about), None)
    found = case.contribution(slot.earlier or "")
    if found is None or found.author != member.id or found.step != step.key:
        raise Refusal("common.gone")
    return found


def _change(context: CaseContext, step: Step, own: Contribution, slot: FilledSlot, changes: FormChanges) -> None:
    author = own.author or 0
    if own.kind == Kind.RATING:
        if slot.rating and slot.rating != own.rating:
            changes.events.append(Revised(own.id, author, slot.rating))
    elif not slot.text:
        changes.events.append(Withdrawn(own.id, author))
    elif slot.is_set != has_fields(step, own.kind):
        raise Refusal("common.outdated")
    elif slot.text != read_contribution(context, own):
        changes.events.append(Revised(own.id, author))
        changes.written[own.id] = SealedContribution(seal_contribution(context.services, own.id, slot.text))


def _add(context: CaseContext, member: Member, step: Step, form: str, slot: FilledSlot, changes: FormChanges) -> None:
    """Add what is new; what came through this place of this form before is not new."""
    if found := cases.find_by_form_slot(context.session, form, slot.id):
        if (found.case_id, found.member_id) != (context.row.id, member.id):
            raise Refusal("common.outdated")
        return
    id, kind = secrets.token_hex(8), slot.kind or (step.kinds[0].value if step.kinds else "")
    if slot.text and slot.is_set != has_fields(step, kind):
        raise Refusal("common.outdated")
    changes.events.append(Contributed(id, member.id, step.key, kind, slot.about, slot.rating))
    words = seal_contribution(context.services, id, slot.text) if slot.text else None
    changes.written[id] = SealedContribution(words, form, slot.id)


def _with_text(text: str, slots: Sequence[FormSlot], step: Step) -> Sequence[FormSlot]:
    """These places, with `text` in the first that is free, after what waited there; in a set, in its first text."""
    free = next((slot for slot in slots if slot.kind is None), None)
    if free is None or not text:
        return slots
    first = next((asked.key for asked in step.fields if asked.scale is None), None)
    begun = replace(free, answers={first: text}) if first else replace(free, text=join_fields([free.text, text]))
    return [begun if slot is free else slot for slot in slots]


def _first_field(fields: Mapping[str, Any]) -> str:
    return next((name for name in fields if name.startswith(("text:", "field:", "rate:"))), "text")
