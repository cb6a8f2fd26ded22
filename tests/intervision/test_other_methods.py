"""What other methods ask than the five steps: an owner who is away, names that are hidden, words for one alone."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import ContributionRow
from tests.intervision.actors import Table
from tests.intervision.own_method import around, method, step
from tests.world import World

METHOD = method(
    "roddel",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("vragen", who=["peer"], kinds=["clarifying_question"]),
    step("roddel", who=["peer"], kinds=["hypothesis"], owner="away", addressing="third_person"),
    step("terug", who=["owner"], kinds=["reaction"], reveal="immediate"),
    step("brief", who=["peer"], kinds=["appreciation"], reveal="owner_only"),
    step("stemming", who=["peer"], kinds=["meta_evaluation"], names="hidden", closes="window"),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)


@pytest.fixture
def gossip(world: World, tmp_path: Path) -> Table:
    """A community's own method; Anna's case is at the step where the others talk about her while she is away."""
    table = around(world, tmp_path, METHOD)
    table.lives_through(_begins_to_talk)
    return table


def _begins_to_talk(table: Table) -> None:
    table.begins(table.bram, table.celine, method="roddel")
    for person in (table.bram, table.celine):
        table.passes(person)


def test_while_the_owner_is_away_nothing_is_posted_and_the_others_read_along(gossip: Table):
    gossip.writes(gossip.bram, "Volgens mij is ze moe.")
    assert not gossip.anna.sees("Volgens mij is ze moe.")
    gossip.passes(gossip.celine)
    gossip.world.settles()
    assert not gossip.anna.sees("Volgens mij is ze moe.")
    card = gossip.card("Roddel")
    assert "Alleen de inbrenger" in gossip.presses(gossip.bram, card, "Ik ben klaar om te lezen")
    gossip.presses(gossip.anna, card, "Ik ben klaar om te lezen")
    assert "Volgens mij is ze moe." in gossip.reads(gossip.anna)
    assert "Ik ben klaar om te lezen" not in gossip.reads(gossip.anna)


def test_what_is_for_the_owner_alone_comes_in_private(gossip: Table):
    for person in (gossip.bram, gossip.celine):
        gossip.passes(person)
    gossip.writes(gossip.anna, "Dank.")
    gossip.writes(gossip.bram, "Je luistert mooi.")
    gossip.passes(gossip.celine)
    direct = gossip.anna.visible_text(gossip.anna.opens_dm(gossip.world.workspace.bot))
    assert "Je luistert mooi." in direct and "Je luistert mooi." not in gossip.reads(gossip.celine)


def test_hidden_names_are_forgotten_for_good(gossip: Table):
    for person in (gossip.bram, gossip.celine):
        gossip.passes(person)
    gossip.writes(gossip.anna, "Dank.")
    for person in (gossip.bram, gossip.celine):
        gossip.passes(person)
    gossip.writes(gossip.bram, "Het ging snel.")
    assert "tot dinsdag 10 november, 12:00" in gossip.reads(gossip.anna)
    gossip.world.passes(days=1, hours=3)
    read = gossip.reads(gossip.celine)
    assert "Iemand · Stemming" in read and "Het ging snel." in read
    with gossip.world.bot.services.database.reading() as session:
        row = session.scalars(select(ContributionRow).where(ContributionRow.step == "stemming")).one()
        assert (row.member_id, row.form_token, row.slot, row.number) == (None, None, None, 0)
