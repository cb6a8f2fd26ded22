"""What people type in a case's channel: welcome, kept, and never a contribution."""

import pytest
from sqlalchemy import select

from db.models import ContributionRow, Remark
from playground.people import Person
from tests.intervision.actors import Table


@pytest.fixture
def begun(table: Table) -> Table:
    table.begins()
    return table


def kept(table: Table) -> list[tuple[str | None, str]]:
    """The remarks: the step in whose thread each was typed, and what it says."""
    services = table.world.bot.services
    with services.database.reading() as session:
        rows = session.scalars(select(Remark).order_by(Remark.ts))
        return [(row.step, services.open_text(row.words, f"remark.words:{row.id}")) for row in rows]


def privately(person: Person) -> str:
    """All that the bot wrote to this person alone."""
    return person.visible_text(person.opens_dm(person.workspace.bot))


def test_a_remark_is_kept_and_is_no_contribution(begun: Table):
    begun.bram.says(begun.room, "Even goeiedag & <hallo>")
    begun.celine.says(begun.room, "Mooie vraag", thread=begun.card())
    begun.world.settles()
    assert kept(begun) == [(None, "Even goeiedag & <hallo>"), ("exploring", "Mooie vraag")]
    with begun.world.bot.services.database.reading() as session:
        assert session.scalars(select(ContributionRow.kind)).all() == ["case_story"]


def test_the_first_time_one_hears_privately_how_it_works(begun: Table):
    for text in ("Eén", "Twee"):
        begun.bram.says(begun.room, text)
        begun.world.settles()
    direct = privately(begun.bram)
    assert direct.count("is een opmerking") == 1 and "maak er je bijdrage van" in direct
    assert not begun.celine.sees("is een opmerking: welkom, bewaard")
    begun.celine.says(begun.room, "En ik", thread=begun.card())
    begun.world.settles()
    assert privately(begun.celine).count("is een opmerking") == 1


def test_after_the_last_card_talk_is_free(begun: Table):
    begun.forges(begun.anna, "case_stop_pressed", begun.case)
    begun.celine.says(begun.room, "Dank je, Anna!")
    begun.world.settles()
    assert kept(begun) == [(None, "Dank je, Anna!")] and "is een opmerking" not in privately(begun.celine)


def test_people_who_talk_at_a_table_need_no_word_about_what_they_type(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    table.presses(table.anna, table.owners_page(), "Start nu live")
    table.celine.says(table.room, "Ik ben even weg")
    table.world.settles()
    assert [text for _, text in kept(table)] == ["Ik ben even weg"]
    assert "is een opmerking" not in privately(table.celine)


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
