"""Advice for later: what comes up while questions are asked waits, for its writer alone, in the step for advice.

Asking before advising is what the methods agree on; a good idea that has nowhere to go ends up as a question with an
advice in it.
"""

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.crypto import places
from bot.intervision.context import CaseContext
from bot.intervision.rules.progress import can_set_aside
from bot.library.protocol import Step
from db.models import Member, SavedAdvice


class AdviceForLater:
    """Keeps one person's advice for later, as one text."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def read_saved_advice(self, session: Session, context: CaseContext, member: Member) -> str:
        """What this person set aside in this case; empty if nothing."""
        row = session.get(SavedAdvice, (context.row.id, member.id))
        return self._services.open_text(row.words, _seat(context, member)) if row else ""

    def save_advice(self, session: Session, context: CaseContext, member: Member, text: str) -> None:
        """Set this aside instead of what was there; nothing, if it is empty."""
        self.wipe_saved_advice(session, context, member)
        if text:
            sealed = self._services.seal(text, _seat(context, member))
            session.add(SavedAdvice(case_id=context.row.id, member_id=member.id, words=sealed))

    def wipe_saved_advice(self, session: Session, context: CaseContext, member: Member) -> None:
        """It was used, or taken back."""
        if row := session.get(SavedAdvice, (context.row.id, member.id)):
            session.delete(row)
            session.flush()

    def advice_to_offer(self, session: Session, context: CaseContext, member: Member, step: Step) -> str | None:
        """What stands in the field for it in this step's form; None where there is no such field."""
        return (
            self.read_saved_advice(session, context, member) if can_set_aside(context.case, member.id, step) else None
        )


def _seat(context: CaseContext, member: Member) -> str:
    return places.place(places.SAVED_ADVICE, context.row.id, member.id)
