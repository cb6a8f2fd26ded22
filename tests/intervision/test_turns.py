"""A round in which the word goes from one to the next: the card says whose it is, and nobody is hurried or left out."""

from pathlib import Path

import pytest

from tests.intervision.actors import Table
from tests.intervision.own_method import around, method, step
from tests.world import World

pytestmark = pytest.mark.one_database

METHOD = method(
    "ronde",
    step("story", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("round", who=["owner", "peer"], kinds=["reflection"], reveal="immediate", order="turns", window="P2D"),
    step("last", who=["owner"], kinds=["take_away"], reveal="immediate"),
)


@pytest.fixture
def circle(world: World, tmp_path: Path) -> Table:
    """Anna's round; Dirk, Bram and Céline joined in this order."""
    table = around(world, tmp_path, METHOD)
    table.begins(table.dirk, table.bram, table.celine, method="ronde")
    return table


def card(circle: Table) -> str:
    return circle.anna.visible_text(circle.card("Round"))


def test_the_card_says_whose_turn_it_is_and_calls_nobody_else(circle: Table):
    assert "@Anna is aan de beurt · tot " in card(circle) and "@Dirk" not in card(circle)
    for button in ("Schrijf", "Niets toe te voegen"):
        assert "Nu aan de beurt: Anna. Van jou wordt nu niets gevraagd." in circle.presses(
            circle.bram, circle.card(), button
        )
    circle.writes(circle.anna, "Bij mij is het de deur.")
    assert "@Dirk is aan de beurt" in card(circle)
    assert "@Dirk, jij bent aan de beurt" in circle.reads(circle.celine)
    assert "Genoteerd: niets toe te voegen" in circle.presses(circle.dirk, circle.card(), "Niets toe te voegen")
    assert "@Bram is aan de beurt" in card(circle)


def test_a_turn_goes_on_by_itself_and_comes_back_at_the_end(circle: Table):
    circle.writes(circle.anna, "Eerst ik.")
    circle.world.stops()
    circle.world.starts()
    circle.world.passes(hours=6)
    assert "@Bram is aan de beurt" in card(circle)
    assert "te laat" not in circle.reads(circle.anna) and "@Dirk" not in card(circle)
    for person in (circle.bram, circle.celine):
        circle.writes(person, f"Dan {person.name}.")
    assert "Iedereen kwam aan de beurt; aanvullen kan" in card(circle)
    circle.writes(circle.dirk, "Toch nog iets.")
    read = circle.reads(circle.anna)
    assert read.index("Dan Céline.") < read.index("Toch nog iets.") and "Last" in circle.card().text


def test_a_round_in_which_nobody_writes_comes_to_its_end(circle: Table):
    circle.world.passes(days=4)
    assert "Last" in circle.card().text


def test_what_one_wrote_can_be_changed_while_the_word_is_elsewhere(circle: Table):
    circle.writes(circle.anna, "Bij mij is het de deur.")
    form = circle.opens(circle.anna)
    place = next(block["block_id"] for block in form.blocks if block.get("block_id", "").startswith("text:own-"))
    circle.anna.fills(form, {place: "Bij mij is het het raam."})
    assert "Bewaard." in circle.sends(circle.anna)
    assert "het raam" in circle.reads(circle.dirk) and circle.anna.modal is None
