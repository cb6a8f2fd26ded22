"""What people type in a case's channel: welcome, kept, and never a contribution."""

import pytest
from sqlalchemy import select

from db.models import Contribution, Remark
from tests.intervision.table import Table


@pytest.fixture
def begun(table: Table) -> Table:
    table.begins()
    return table


def kept(table: Table) -> list[tuple[str | None, str]]:
    """The remarks: the step in whose thread each stands, and what it says."""
    desk = table.world.bot.desk
    with desk.database.reading() as session:
        rows = session.scalars(select(Remark).order_by(Remark.ts))
        return [(row.step, desk.read(row.words, f"remark.words:{row.id}")) for row in rows]


def test_a_remark_is_kept_and_is_no_contribution(begun: Table):
    begun.bram.says(begun.room, "Even goeiedag & <hallo>")
    begun.celine.says(begun.room, "Mooie vraag", thread=begun.card())
    begun.world.settles()
    assert kept(begun) == [(None, "Even goeiedag & <hallo>"), ("exploring", "Mooie vraag")]
    with begun.world.bot.desk.database.reading() as session:
        assert session.scalars(select(Contribution.kind)).all() == ["case_story"]


def test_the_first_time_one_hears_privately_how_it_works(begun: Table):
    for text in ("Eén", "Twee"):
        begun.bram.says(begun.room, text)
        begun.world.settles()
    direct = begun.bram.visible_text(begun.bram.opens_dm(begun.world.workspace.bot))
    assert direct.count("is een opmerking") == 1
    assert not begun.celine.sees("is een opmerking: welkom, bewaard")


def test_edits_and_deletions_are_followed(begun: Table):
    first, second = begun.bram.says(begun.room, "Fout"), begun.bram.says(begun.room, "Weg")
    begun.bram.edits(first, "Juist")
    begun.bram.deletes(second)
    begun.world.settles()
    assert [text for _, text in kept(begun)] == ["Juist", ""]


def test_what_is_told_five_times_is_kept_once(begun: Table):
    begun.bram.says(begun.room, "Eén keer")
    told = begun.world.workspace.deliveries[-1].payload
    for _ in range(4):
        begun.world.workspace.sends_forged(told)
    assert [text for _, text in kept(begun)] == ["Eén keer"]


def test_under_the_circles_card_nothing_is_kept(table: Table):
    table.brings(table.anna)
    table.bram.says(table.world.circle, "Klinkt goed", thread=table.invitation)
    table.world.settles()
    assert kept(table) == []
