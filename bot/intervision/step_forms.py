"""What the form of a step shows to one person: what is asked, what they wrote there before, and room for more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from bot.intervision.context import CaseContext, read_contribution, read_contribution_for
from bot.intervision.drafts import read_step_draft
from bot.intervision.form_surfaces import (
    ASIDE,
    MOST_NEW,
    ContributionFormState,
    FilledSlot,
    clean_text,
    place_of_contribution,
    read_slots,
)
from bot.intervision.refusals import refusal
from bot.intervision.rules.case import Case, Contribution, has_fields
from bot.intervision.rules.fields import read_field_answers
from bot.intervision.rules.permissions import Action, Reason, may, may_read
from bot.intervision.rules.progress import as_posted, can_set_aside, targets
from bot.intervision.saved_advice import read_saved_advice
from bot.intervision.views.card import step_heading
from bot.intervision.views.form import ContributionForm, FormSlot, Quote
from bot.library.enums import Kind, Names
from bot.library.protocol import Step
from bot.people.api import Draft
from bot.words import Speaker
from db.models import Member


def build_form(
    context: CaseContext, member: Member, step: Step, form: ContributionFormState, now: datetime
) -> ContributionForm:
    """Everything in the form. Refuses who cannot write in this step now."""
    _require_writer(context, member, step, now)
    draft = read_step_draft(context, member, step.key)
    if draft:
        form = form.unfolded_as(draft.known)
    speaker = context.services.speaker_for(context.circle, member)
    return ContributionForm(
        step=step,
        heading=step_heading(speaker, context.case.protocol.numbered(), step),
        slots=_with_draft(_slots(context, member, step, form, speaker), draft, step),
        can_add=_new_places(context.case, member, step, form) < _room_left(context.case, member, step),
        until=context.closing_moment(speaker, step) or "",
        aside=_aside(context, member, step, draft),
        has_draft=draft is not None,
        live=context.case.is_live,
        again=context.reopen_state(step.key),
        leafed=form.leafed,
        reacts_to=[_quote(context, speaker, each) for each in _reacted_to(context.case, member, step)],
        others=[_quote(context, speaker, each) for each in _readable(context.case, member, step)],
    )


def _aside(context: CaseContext, member: Member, step: Step, draft: Draft | None) -> str | None:
    """The advice for later; None where there is no place for it."""
    if not can_set_aside(context.case, member.id, step):
        return None
    written = clean_text(draft.fields.get(ASIDE)) if draft else ""
    return written or read_saved_advice(context, member)


def _with_draft(slots: list[FormSlot], draft: Draft | None, step: Step) -> list[FormSlot]:
    """These places, with what was written in them and not sent."""
    written = {slot.id: slot for slot in read_slots(draft.fields, step)} if draft else {}
    return [_as_drafted(slot, written[slot.id]) if slot.id in written else slot for slot in slots]


def _as_drafted(slot: FormSlot, written: FilledSlot) -> FormSlot:
    if not (written.text or written.rating):
        return slot
    slot = replace(slot, rating=written.rating or slot.rating, offered=written.kind or slot.offered)
    if written.is_set:
        return replace(slot, answers=read_field_answers(written.text))
    return replace(slot, text=written.text)


def _slots(
    context: CaseContext, member: Member, step: Step, form: ContributionFormState, speaker: Speaker
) -> list[FormSlot]:
    case = context.case
    own = case.contributions_in(step.key, member.id)
    if step.about is None:
        new = _new_places(case, member, step, form)
        earlier = [_earlier(context, speaker, form, each) for each in own]
        waited = [read_saved_advice(context, member)] if Kind.ADVICE in step.kinds and not own else []
        kinds = _kinds_left(step, own)
        places = zip_longest((f"new-{number + 1}" for number in range(new)), waited[:new], kinds[:new], fillvalue="")
        fresh = [_fresh(step, place, form, text, offered) for place, text, offered in places]
        return sorted([*earlier, *fresh], key=lambda slot: bool(slot.asked))
    answered = {each.about: each for each in own}
    asked = sorted(targets(case, step), key=lambda each: each.id in answered)
    return [_slot(context, speaker, f"about-{t.id}", form, answered.get(t.id), t) for t in asked]


def _fresh(step: Step, place: str, form: ContributionFormState, text: str, offered: str) -> FormSlot:
    """A place for something new; what waited for it is filled in already, in a set in its first field."""
    slot = FormSlot(place, form.count_fields(place), offered=offered)
    if not step.fields:
        return replace(slot, text=text)
    first = next((asked.key for asked in step.fields if asked.scale is None), None)
    return replace(slot, answers={first: text}) if first and text else slot


def _earlier(context: CaseContext, speaker: Speaker, form: ContributionFormState, own: Contribution) -> FormSlot:
    """What somebody wrote before; what they wrote in the intake comes under what was asked there."""
    asked = context.asked_beforehand(own)
    slot = _slot(context, speaker, place_of_contribution(own), form, own)
    return replace(slot, asked=asked.label.in_(speaker.language)) if asked else slot


def _slot(
    context: CaseContext,
    speaker: Speaker,
    id: str,
    form: ContributionFormState,
    own: Contribution | None,
    about: Contribution | None = None,
) -> FormSlot:
    slot = FormSlot(id, form.count_fields(id), about=_quote(context, speaker, about) if about else None)
    if own is None:
        return slot
    text = read_contribution(context, own)
    slot = replace(slot, kind=own.kind, rating=own.rating)
    is_set = has_fields(context.case.protocol.step(own.step), own.kind)
    return replace(slot, answers=read_field_answers(text)) if is_set else replace(slot, text=text)


def _quote(context: CaseContext, speaker: Speaker, each: Contribution) -> Quote:
    hidden = context.case.protocol.step(each.step).names == Names.HIDDEN
    author = context.members.get(each.author) if each.author and not hidden else None
    return Quote(author.slack if author else None, read_contribution_for(context, each, speaker))


def _require_writer(context: CaseContext, member: Member, step: Step, now: datetime) -> None:
    """Who wrote all they can here may still change it."""
    case = context.case
    reason = may(case, member.id, Action.WRITE, step.key, now)
    full = (Reason.TOO_MANY, Reason.ALREADY_ANSWERED, Reason.NOT_YOUR_TURN)
    if reason in full and may(case, member.id, Action.CHANGE, step.key, now) is None:
        return
    if reason:
        raise refusal(context, step, reason)


def _new_places(case: Case, member: Member, step: Step, form: ContributionFormState) -> int:
    """How many places for something new the form has: for whoever wrote nothing yet, as many as the step asks at least.

    Where a step asks one of each kind, there is one for each that is left.
    """
    said, left = case.said(step.key, member.id), _room_left(case, member, step)
    if _one_of_each(step):
        least = len(_kinds_left(step, said))
    else:
        least = 0 if said else max(1, min(step.per_person.min, left))
    return max(min(form.new, left), least)


def _one_of_each(step: Step) -> bool:
    """Whether a step asks as many contributions as it has kinds: then one of each is what it means."""
    return 1 < len(step.kinds) == step.per_person.min == step.per_person.max


def _kinds_left(step: Step, own: Sequence[Contribution]) -> list[str]:
    """The kinds that this person did not write yet, where one of each is asked."""
    written = {each.kind for each in own}
    return [kind.value for kind in step.kinds if kind not in written] if _one_of_each(step) else []


def _room_left(case: Case, member: Member, step: Step) -> int:
    """How many more this person can write in this step, and a form can hold; answers have a place of their own."""
    if step.about is not None or may(case, member.id, Action.WRITE, step.key) == Reason.NOT_YOUR_TURN:
        return 0
    most = step.per_person.max
    return MOST_NEW if most is None else min(MOST_NEW, most - len(case.said(step.key, member.id)))


def _reacted_to(case: Case, member: Member, step: Step) -> list[Contribution]:
    """What others wrote before in the same numbered step; what a step answers one by one is above each answer."""
    if step.about is not None:
        return []
    numbered = next((parts for parts in case.protocol.numbered() if step in parts), ())
    before = numbered[: numbered.index(step)] if step in numbered else ()
    written = (each for part in before if Kind.CASE_STORY not in part.kinds for each in as_posted(case, part))
    return [each for each in written if each.revealed and each.author != member.id]


def _readable(case: Case, member: Member, step: Step) -> list[Contribution]:
    """What others wrote here that this person reads along in the form: nothing is posted while the owner is away."""
    found = (c for c in case.contributions_in(step.key) if c.author != member.id and not c.revealed)
    return [each for each in found if may_read(case, member.id, each)]
