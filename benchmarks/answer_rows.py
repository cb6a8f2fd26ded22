"""Adds many members, circles, rounds and answers to a test database, with statements of the database itself."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, cast, create_engine, insert, literal, select, text
from sqlalchemy.orm import Session

from benchmarks.case_copies import numbers
from bot.core.services import Services
from bot.crypto import places
from db.models import Channel, ChannelMember, Circle, Member, Reflection, Round
from db.models.base import Base
from db.session import sqlalchemy_url

MEMBERS, CIRCLES, ROUNDS = 5_000, 200, 100
OWN_ANSWERS = 200
# A word of the oldest of the own answers, and of no other.
RARE_WORD = "stiltewandeling"


def add_circles(session: Session, first: Circle, now: datetime, *, members: int, circles: int) -> None:
    """Add members, each in one circle, until there are so many `circles`, each with its past rounds.

    The circles are like `first`; the question of the n-th comes n minutes after that of `first`.
    """
    due = first.next_round_at
    assert due is not None, "the first circle has a next question"
    session.execute(
        insert(Member), [{"slack": f"UB{n}", "timezone": first.timezone, "seen_at": now} for n in range(members)]
    )
    session.execute(insert(Channel), [{"slack": f"CB{n}", "kind": "public"} for n in range(1, circles)])
    channels = session.scalars(select(Channel.id).where(Channel.slack.startswith("CB")).order_by(Channel.id)).all()
    session.execute(
        insert(Circle),
        [
            _like(first, channel_id=channel, next_round_at=due + timedelta(minutes=n))
            for n, channel in enumerate(channels, start=1)
        ],
    )
    people = session.scalars(select(Member.id).where(Member.slack.startswith("UB"))).all()
    session.execute(
        insert(ChannelMember),
        [{"channel_id": channels[n % len(channels)], "member_id": member} for n, member in enumerate(people)],
    )
    session.execute(
        insert(Round), [_round(circle, n, now) for circle in session.scalars(select(Circle.id)) for n in range(ROUNDS)]
    )


def add_own_answers(session: Session, services: Services, circle: Circle, member: Member) -> None:
    """Add `OWN_ANSWERS` answers of this member in this circle, which can be opened."""
    rounds = session.scalars(select(Round).where(Round.circle_id == circle.id).order_by(Round.posted_at)).all()
    for n in range(OWN_ANSWERS):
        id, round_ = f"own-{n}", rounds[n % len(rounds)]
        words = f"{RARE_WORD if n == 0 else 'Wat me bijbleef'}: een gesprek dat anders liep dan ik dacht. " * 5
        session.add(
            Reflection(
                id=id,
                round_id=round_.id,
                member_id=member.id,
                state="kept",
                source="form",
                files=0,
                words=services.seal(words, places.place(places.REFLECTION, id)),
                written_at=round_.posted_at,
            )
        )


def add_answers(url: str, count: int) -> None:
    """Add `count` answers of all other members in all rounds; their words do not open."""
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        rounds, others = _ids(connection, Round), _ids(connection, Member, Member.slack.startswith("UB"))
        each = numbers(count)
        n = cast(each.c.n, Integer)
        columns: dict[str, Any] = {
            "id": literal("b") + cast(n, String),
            "round_id": Round.id,
            "member_id": others[0] + n % len(others),
            "state": literal("kept"),
            "source": literal("form"),
            "files": literal(0),
            "words": literal(bytes(400), Reflection.__table__.c.words.type),
            "written_at": Round.posted_at,
        }
        # So that everybody answers in many rounds, and many answer in each.
        turn = n % len(others) * (len(rounds) // len(others)) + n // len(others)
        made = select(*columns.values()).select_from(each).join(Round, Round.id == rounds[0] + turn % len(rounds))
        connection.execute(insert(Reflection).from_select(list(columns), made))
    if engine.dialect.name == "postgresql":
        # A running server does this by itself; a file of SQLite never gets it.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _ids(connection: Any, model: Any, *conditions: Any) -> list[int]:
    return list(connection.scalars(select(model.id).where(*conditions).order_by(model.id)))


def _round(circle: int, n: int, now: datetime) -> dict[str, Any]:
    posted_at = now - timedelta(weeks=ROUNDS - n)
    name = f"past-{n}"
    return {"circle_id": circle, "slot": name, "prompt": name, "theme": "dialogue", "posted_at": posted_at}


def _like(row: Base, **changed: Any) -> dict[str, Any]:
    """The values of a row like this one, without its id."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns if column.name != "id"} | changed
