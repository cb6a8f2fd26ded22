"""The cases of one series: who brought one, and which is next."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.models import CaseRow, Member, Participation

_OVER = ("closed", "stopped")


def linked_cases(session: Session, series: str) -> list[CaseRow]:
    """The cases of a series in their order: the first, and then as people joined."""
    found = select(CaseRow).where(CaseRow.series == series)
    return list(session.scalars(found.order_by(CaseRow.id != series, CaseRow.asked_at, CaseRow.id)))


def people_of_series(session: Session, series: str) -> dict[int, Member]:
    """Who brought a case to this series and did not leave it, by our own id."""
    owners = select(Participation.member_id).join(CaseRow, CaseRow.id == Participation.case_id)
    own = owners.where(CaseRow.series == series, Participation.role == "owner")
    found = select(Member).where(Member.id.in_(own), Member.is_deactivated.is_(False))
    return {member.id: member for member in session.scalars(found)}


def wake_waiting_cases(session: Session, series: str, now: datetime) -> None:
    """Each case that waits in this series is due: its turn may have come."""
    waiting = update(CaseRow).where(CaseRow.series == series, CaseRow.state == "waiting")
    session.execute(waiting.values(due_at=now))


def forget_person_in_series(session: Session, series: str, who: Member) -> None:
    """Who left is in none of its cases any more, also in those that are over."""
    over = select(CaseRow.id).where(CaseRow.series == series, CaseRow.state.in_(_OVER))
    gone = delete(Participation).where(Participation.case_id.in_(over), Participation.member_id == who.id)
    session.execute(gone)


def has_words_elsewhere(session: Session, row: CaseRow) -> bool:
    """Whether words of another case of the same series are still kept."""
    others = select(CaseRow.id).where(CaseRow.series == row.series, CaseRow.id != row.id, CaseRow.words.is_not(None))
    return row.series is not None and session.scalar(others.limit(1)) is not None
