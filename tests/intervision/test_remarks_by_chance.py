"""What is typed in a case's channel, told in any order and any number of times, comes to the same."""

from itertools import count
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.listening.threads import MessageEvent
from db.models import Remark
from tests.databases import SqliteCopy
from tests.intervision.actors import Table

TIMES = count(1)
Kind = Literal["new", "edited", "deleted"]


@st.composite
def tellings(draw: st.DrawFn) -> list[tuple[Kind, int]]:
    """A message, its edits and perhaps its end, each told once or more, in an order by chance."""
    happened: list[tuple[Kind, int]] = [
        ("new", 0),
        *(("edited", number) for number in range(1, draw(st.integers(0, 3)) + 1)),
    ]
    happened += [("deleted", 9)] if draw(st.booleans()) else []
    again = draw(st.lists(st.sampled_from(happened), max_size=4))
    return draw(st.permutations([*happened, *again]))


@pytest.fixture
def own_database(sqlite_copy: SqliteCopy) -> SqliteCopy:
    """What orders of telling come to does not depend on the database."""
    return sqlite_copy


def left(table: Table, told: list[tuple[Kind, int]]) -> list[str]:
    """What is kept of one message after all this was told."""
    bot, now = table.world.bot, table.world.calendar()
    said_at = f"{now.timestamp():.0f}.{next(TIMES):06}"
    for kind, number in told:
        revision = f"{now.timestamp() + number:.0f}.000001" if kind != "new" else None
        text = "" if kind == "deleted" else f"Versie {number}"
        bot.cases.receive_remark(
            table.case,
            MessageEvent(table.room.id, said_at, table.bram.id, kind, text, revision=revision),
            now,
        )
    with bot.services.database.reading() as session:
        rows = session.scalars(select(Remark).where(Remark.ts == said_at))
        return [bot.services.open_text(row.words, f"remark.words:{row.id}") for row in rows]


def test_the_order_of_telling_does_not_matter(table: Table):
    table.begins()

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(tellings())
    def in_any_order(told: list[tuple[Kind, int]]) -> None:
        latest = max(number for _, number in told)
        assert left(table, told) == ["" if ("deleted", 9) in told else f"Versie {latest}"]

    in_any_order()
