"""Whom to tell before something of theirs closes, and when."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CaseRow, Reminder


def cases_to_remind(session: Session, now: datetime) -> list[str]:
    """The cases whose people are to be told now that a step closes; none that waits for its place."""
    due = select(CaseRow.id).where(CaseRow.remind_at <= now, CaseRow.waits_since.is_(None))
    return list(session.scalars(due.order_by(CaseRow.remind_at, CaseRow.id)))


def reminder_of(session: Session, member_id: int) -> Reminder:
    """What we know of telling this member something, locked; made where there was nothing."""
    row = session.get(Reminder, member_id, with_for_update=True)
    if row is None:
        row = Reminder(member_id=member_id)
        session.add(row)
        session.flush()
    return row


def is_reminded(session: Session, member_id: int) -> bool | None:
    """Whether this member wants to be told before something closes; None for those who were never asked."""
    return session.scalar(select(Reminder.is_wanted).where(Reminder.member_id == member_id))


def ask_about_reminders(session: Session, member_id: int) -> bool:
    """This member comes to a case, where a box is ticked unless they unticked it before; returns whether it is."""
    row = reminder_of(session, member_id)
    if row.is_wanted is None:
        row.is_wanted = True
    return row.is_wanted


def look_what_to_tell(session: Session, member_id: int, now: datetime) -> datetime:
    """There may be something to tell this member; returns since when it is new, which is after they were last told."""
    row = reminder_of(session, member_id)
    row.due_at = min(row.due_at or now, now)
    return max(now, row.told_at + timedelta.resolution) if row.told_at else now


def note_told(session: Session, member_id: int, now: datetime) -> None:
    """This member was told something in private that they did not ask for: no reminder comes on the same day."""
    reminder_of(session, member_id).told_at = now


def wanting_reminders(session: Session, people: Collection[int]) -> list[int]:
    """Those of these members who want to be told before something of theirs closes."""
    found = select(Reminder.member_id).where(Reminder.member_id.in_(people), Reminder.is_wanted.is_(True))
    return sorted(session.scalars(found))


def due_reminders(session: Session, now: datetime) -> list[int]:
    """Our ids of the members to whom there may be something to tell now."""
    found = select(Reminder.member_id).where(Reminder.due_at <= now)
    return list(session.scalars(found.order_by(Reminder.due_at, Reminder.member_id)))
