"""Advice for later that never got its step: at the end its writer alone is told, and shares it or lets it go.

From then on it is what came late: kept for its writer, offered in the thread, and forgotten with the case.
"""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision.context import CaseContext
from bot.intervision.late_contribution import keep_late_contribution, offer_late_contribution
from bot.intervision.rules.case import Case
from bot.intervision.saved_advice import AdviceForLater
from bot.intervision.views import late as case_late
from bot.library.enums import Kind
from bot.library.protocol import steps_in_order
from db.models import Member, SavedAdvice
from db.queries import intervision as cases


def offer_unsent_advice(services: Services, session: Session, context: CaseContext, now: datetime) -> None:
    """A case ended: everybody with advice still set aside is told privately what it says, and what can be done."""
    waiting = session.scalars(select(SavedAdvice.member_id).where(SavedAdvice.case_id == context.row.id)).all()
    for member in cases.members_by_id(session, waiting).values():
        _offer(services, session, context, member, now)


def _offer(services: Services, session: Session, context: CaseContext, member: Member, now: datetime) -> None:
    aside = AdviceForLater(services)
    text = aside.read_saved_advice(session, context, member)
    row = keep_late_contribution(services, context, member, _thread(context.case), secrets.token_hex(8), text, now)
    session.add(row)
    aside.wipe_saved_advice(session, context, member)
    offer_late_contribution(services, session, context, member, row, case_late.unsent_advice_letter)


def _thread(case: Case) -> str:
    """The step in whose thread it fits best: the last for advice that had a card, or else the last that had one."""
    opened = [step for step in steps_in_order(case.protocol) if case.state_of(step.key).opened_at]
    advising = [step for step in opened if Kind.ADVICE in step.kinds]
    return (advising or opened)[-1].key
