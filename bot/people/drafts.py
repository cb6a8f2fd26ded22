"""What members write in a form and do not send: kept sealed, for the writer alone, until the same form is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.parts import Json
from bot.core.services import Services
from bot.crypto import places
from db.models import FormDraft, Member

DRAFT_RETENTION: Final = timedelta(days=30)
"""Each draft that is kept removes those of everybody that are older."""


@dataclass(frozen=True)
class Draft:
    """The id of a form, what it knew, and the values of its fields by their names."""

    form: str
    known: Json = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


def keep_draft(services: Services, session: Session, member: Member, place: str, draft: Draft, now: datetime) -> None:
    """Keep this instead of what the member wrote before at this place (what the form is for)."""
    old = FormDraft.written_at < now - DRAFT_RETENTION
    mine = (FormDraft.member_id == member.id) & (FormDraft.place == place)
    session.execute(delete(FormDraft).where(mine | old))
    words = json.dumps({"known": draft.known, "fields": dict(draft.fields)}, ensure_ascii=False)
    sealed = services.seal(words, _sealed_at(member.id, place))
    session.add(FormDraft(member_id=member.id, place=place, form_token=draft.form, words=sealed, written_at=now))
    session.flush()


def read_draft(services: Services, session: Session, member: Member, place: str) -> Draft | None:
    """What this member wrote at this place; None if there is nothing."""
    row = session.get(FormDraft, (member.id, place))
    return _opened(services, row) if row else None


def drafts_at(services: Services, session: Session, place: str) -> dict[int, Draft]:
    """What members wrote at this place, by their ids."""
    rows = session.scalars(select(FormDraft).where(FormDraft.place == place).order_by(FormDraft.member_id))
    return {row.member_id: _opened(services, row) for row in rows}


def drop_draft(session: Session, member: Member, place: str) -> None:
    """The member sent the form, or emptied it."""
    session.execute(delete(FormDraft).where(FormDraft.member_id == member.id, FormDraft.place == place))


def drop_drafts_in(session: Session, place: str) -> None:
    """Nothing is left of what anybody wrote at this place, or at a place that begins with it and a colon."""
    inside = FormDraft.place.startswith(f"{place}:", autoescape=True)
    session.execute(delete(FormDraft).where((FormDraft.place == place) | inside))


def _opened(services: Services, row: FormDraft) -> Draft:
    return Draft(row.form_token, **json.loads(services.open_text(row.words, _sealed_at(row.member_id, row.place))))


def _sealed_at(member_id: int, place: str) -> str:
    return places.place(places.FORM_DRAFT, member_id, place)
