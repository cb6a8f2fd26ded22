"""Advice that somebody set aside in a step that asks, for the step for advice; it waits for its writer alone."""

from bot.crypto import places
from bot.intervision.context import CaseContext
from db.models import Member, SavedAdvice


def read_saved_advice(context: CaseContext, member: Member) -> str:
    """What this person set aside in this case, for a later step; empty if nothing."""
    row = context.session.get(SavedAdvice, (context.row.id, member.id))
    return context.services.open_text(row.words, _place_of_advice(context, member)) if row else ""


def save_advice(context: CaseContext, member: Member, text: str) -> None:
    """Set this aside instead of what was there; an empty text removes it."""
    if row := context.session.get(SavedAdvice, (context.row.id, member.id)):
        context.session.delete(row)
        context.session.flush()
    if text:
        sealed = context.services.seal(text, _place_of_advice(context, member))
        context.session.add(SavedAdvice(case_id=context.row.id, member_id=member.id, words=sealed))


def _place_of_advice(context: CaseContext, member: Member) -> str:
    return f"{places.SAVED_ADVICE}:{context.row.id}:{member.id}"
