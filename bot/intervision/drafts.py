"""What somebody writes in the form of a step and does not send: it is there when they open the form again.

A step that closes gives it back to its writer in private. Where names are hidden it goes, as whatever would be kept
then could tell who wrote in the step.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.intervision.context import CaseContext, read_contribution
from bot.intervision.form_surfaces import ASIDE, ContributionFormState, FilledSlot, clean_text, read_slots
from bot.intervision.late_contribution import keep_late_contribution, offer_late_contribution, readable_text
from bot.intervision.saved_advice import read_saved_advice
from bot.intervision.views.late import late_letter
from bot.library.enums import Names
from bot.library.protocol import Step
from bot.people.api import Draft, drafts_at, drop_draft, drop_drafts_in, keep_draft, read_draft
from db.models import Member
from db.queries import intervision as cases


def place_of_draft(context: CaseContext, step: str) -> str:
    """Where drafts for this step are kept."""
    return f"{context.subject}:{step}"


def keep_step_draft(
    context: CaseContext, member: Member, form: ContributionFormState, fields: Mapping[str, Any], now: datetime
) -> bool:
    """Keep what is new in an open form of a step that still takes words; returns whether there is anything.

    Nothing of a form that was sent is kept: Slack may say afterwards that it was closed.
    """
    if not context.case.takes_words(form.step) or cases.was_form_sent(context.session, form.form):
        return False
    place, step = place_of_draft(context, form.step), context.case.step(form.step)
    if not _has_news(context, member, step, fields):
        drop_draft(context.session, member, place)
        return False
    known = {name: value for name, value in form.to_metadata().items() if name in ("new", "room")}
    keep_draft(context.services, context.session, member, place, Draft(form.form, known, fields), now)
    return True


def read_step_draft(context: CaseContext, member: Member, step: str) -> Draft | None:
    """What this person wrote in the form of this step, unsent."""
    return read_draft(context.services, context.session, member, place_of_draft(context, step))


def give_drafts_back(context: CaseContext, step: Step, now: datetime) -> None:
    """The step has closed: its writers find privately what they did not send, with what can be done with it."""
    place = place_of_draft(context, step.key)
    drafts = drafts_at(context.services, context.session, place)
    if step.names != Names.HIDDEN:
        people = cases.members_by_id(context.session, drafts)
        for id, draft in drafts.items():
            _give_back(context, people[id], step, draft, now)
    if drafts:
        drop_drafts_in(context.session, place)


def _give_back(context: CaseContext, member: Member, step: Step, draft: Draft, now: datetime) -> None:
    speaker = context.services.speaker_for(context.circle, member)
    slots = [slot for slot in read_slots(draft.fields, step) if slot.text and _is_news(context, member, slot)]
    if text := "\n\n".join(readable_text(speaker, step, slot) for slot in slots):
        row = keep_late_contribution(context, member, step.key, secrets.token_hex(8), text, now)
        context.session.add(row)
        offer_late_contribution(context, member, row, late_letter)


def _has_news(context: CaseContext, member: Member, step: Step, fields: Mapping[str, Any]) -> bool:
    aside = clean_text(fields.get(ASIDE))
    if aside and aside != read_saved_advice(context, member):
        return True
    return any(_is_news(context, member, slot) for slot in read_slots(fields, step))


def _is_news(context: CaseContext, member: Member, slot: FilledSlot) -> bool:
    """Whether a place says something else than what its writer sent before."""
    if not slot.text and not slot.rating:
        return False
    own = (each for each in context.case.contributions if each.author == member.id and not each.is_pass)
    earlier = next((each for each in own if slot.earlier == each.id or (slot.about and slot.about == each.about)), None)
    return earlier is None or (slot.rating != earlier.rating or slot.text != read_contribution(context, earlier))
