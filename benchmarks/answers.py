"""Many members, circles, rounds and answers around a circle of the stories: put in by the database itself."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, cast, create_engine, insert, literal, select, text
from sqlalchemy.orm import Session

from benchmarks.cases import numbers
from bot.core.services import Services
from db.models import Channel, ChannelMember, Circle, Member, Reflection, Round
from db.models.base import Base
from db.session import sqlalchemy_url

MEMBERS, CIRCLES, ROUNDS = 5_000, 200, 100
OWN = 200
# What the oldest of the own answers says, and no other.
RARE = "stiltewandeling"


def populate(session: Session, first: Circle, now: datetime, *, members: int, circles: int) -> None:
    """So many members and circles in all, each member in one circle, and each circle with its past rounds.

    The circles are as `first` is, and the question of the n-th comes n minutes after its own.
    """
    due = first.next_round_at
    assert due is not None, "the first circle has a question to come"
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


def answer_oneself(session: Session, services: Services, circle: Circle, member: Member) -> None:
    """This member wrote `OWN` answers in this circle, which can be read."""
    rounds = session.scalars(select(Round).where(Round.circle_id == circle.id).order_by(Round.posted_at)).all()
    for n in range(OWN):
        id, round_ = f"own-{n}", rounds[n % len(rounds)]
        words = f"{RARE if n == 0 else 'Wat me bijbleef'}: een gesprek dat anders liep dan ik dacht. " * 5
        session.add(
            Reflection(
                id=id,
                round_id=round_.id,
                member_id=member.id,
                state="kept",
                source="form",
                files=0,
                words=services.seal(words, f"reflection.words:{id}"),
                written_at=round_.posted_at,
            )
        )


def answer(url: str, count: int) -> None:
    """So many answers more, of all others in all rounds by turns; nobody can open them, and nobody tries."""
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
        # One after another in each round, so that everybody answers in many and many answer in each.
        turn = n % len(others) * (len(rounds) // len(others)) + n // len(others)
        made = select(*columns.values()).select_from(each).join(Round, Round.id == rounds[0] + turn % len(rounds))
        connection.execute(insert(Reflection).from_select(list(columns), made))
    if engine.dialect.name == "postgresql":
        # A server that runs for a while does this by itself; nobody does it for a file of SQLite.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _ids(connection: Any, model: Any, *such: Any) -> list[int]:
    return list(connection.scalars(select(model.id).where(*such).order_by(model.id)))


def _round(circle: int, n: int, now: datetime) -> dict[str, Any]:
    posted_at = now - timedelta(weeks=ROUNDS - n)
    name = f"past-{n}"
    return {"circle_id": circle, "slot": name, "prompt": name, "theme": "dialogue", "posted_at": posted_at}


def _like(row: Base, **changed: Any) -> dict[str, Any]:
    """The values of a row like this one, with an id of its own."""
    return {one.name: getattr(row, one.name) for one in row.__table__.columns if one.name != "id"} | changed
