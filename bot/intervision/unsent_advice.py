"""Advice for later that never got its step: at the end its writer alone is told, and shares it or lets it go.

From then on it is what came late: kept for its writer, offered in the thread, and forgotten with the case.
"""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.services import Desk
from bot.intervision.context import Dossier
from bot.intervision.late_contribution import late_words, lays_before
from bot.intervision.rules.case import Case
from bot.intervision.saved_advice import Aside
from bot.intervision.views import late as case_late
from bot.library.enums import Kind
from bot.library.protocol import in_order
from db.models import Member, SetAside
from db.queries import intervision as cases


def offer_left_over(desk: Desk, session: Session, dossier: Dossier, now: datetime) -> None:
    """A case ended: everybody with advice still set aside is told privately what it says, and what can be done."""
    waiting = session.scalars(select(SetAside.member_id).where(SetAside.case_id == dossier.row.id)).all()
    for member in cases.members_by_id(session, waiting).values():
        _offer(desk, session, dossier, member, now)


def _offer(desk: Desk, session: Session, dossier: Dossier, member: Member, now: datetime) -> None:
    aside = Aside(desk)
    text = aside.read(session, dossier, member)
    row = late_words(desk, dossier, member, _thread(dossier.case), secrets.token_hex(8), text, now)
    session.add(row)
    aside.wipe(session, dossier, member)
    lays_before(desk, session, dossier, member, row, case_late.left_over)


def _thread(case: Case) -> str:
    """The step in whose thread it fits best: the last for advice that had a card, or else the last that had one."""
    opened = [step for step in in_order(case.protocol) if case.standing(step.key).opened_at]
    advising = [step for step in opened if Kind.ADVICE in step.kinds]
    return (advising or opened)[-1].key
