"""Counting for a digest: how many, and how many different people wrote or took part. Never who, never their words."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, distinct, func, select
from sqlalchemy.orm import Session

from db.models import CaseRow, Participation, Reflection, Round

Between = tuple[datetime, datetime]


class AskedRow(NamedTuple):
    """One round, with how many reflections were shared in it and by how many different people."""

    round: int
    prompt: str
    theme: str
    posted_at: datetime
    shared: int
    people: int


def asked_rounds(session: Session, circle: int, between: Between) -> list[AskedRow]:
    """The rounds of this circle posted from the first moment until before the second, oldest first."""
    shared = and_(Reflection.round_id == Round.id, Reflection.state == "shared")
    asked = (Round.id, Round.prompt, Round.theme, Round.posted_at)
    rows = (
        select(*asked, func.count(Reflection.id), func.count(distinct(Reflection.member_id)))
        .outerjoin(Reflection, shared)
        .where(Round.circle_id == circle, Round.posted_at >= between[0], Round.posted_at < between[1])
        .group_by(*asked)
        .order_by(Round.posted_at, Round.id)
    )
    return [AskedRow(*row) for row in session.execute(rows)]


def count_sharers(session: Session, rounds: Collection[int]) -> int:
    """How many different people shared a reflection in any of these rounds."""
    shared = Reflection.round_id.in_(rounds), Reflection.state == "shared"
    return session.scalar(select(func.count(distinct(Reflection.member_id))).where(*shared)) or 0


def closed_cases(session: Session, circle: int, between: Between) -> dict[str, datetime]:
    """The ids of the cases of this circle that were closed, each with the moment; without those that were stopped."""
    then = CaseRow.ended_at >= between[0], CaseRow.ended_at < between[1]
    closed = select(CaseRow.id, CaseRow.ended_at).where(CaseRow.circle_id == circle, CaseRow.state == "closed", *then)
    return {case: ended for case, ended in session.execute(closed) if ended}


def count_participants(session: Session, cases: Collection[str]) -> int:
    """How many different people took part in any of these cases."""
    taking_part = select(func.count(distinct(Participation.member_id))).where(Participation.case_id.in_(cases))
    return session.scalar(taking_part) or 0


def methods_started(session: Session, circle: int, between: Between) -> list[str]:
    """The keys of the protocols that cases of this circle started with."""
    started = CaseRow.circle_id == circle, CaseRow.started_at >= between[0], CaseRow.started_at < between[1]
    return sorted(session.scalars(select(CaseRow.protocol_key).distinct().where(*started)))


def latest_round_at(session: Session, circle: int) -> datetime | None:
    """When the latest round of this circle was posted; None before the first."""
    return session.scalar(select(func.max(Round.posted_at)).where(Round.circle_id == circle))
