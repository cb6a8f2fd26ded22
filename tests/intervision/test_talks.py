"""People who build on each other: nobody is cut off, and everybody reads when their talk will end."""

from pathlib import Path

import pytest

from tests.intervision.own_method import around, method, step
from tests.world import World

pytestmark = pytest.mark.one_database

TALK = {"reveal": "immediate", "window": "P2D", "per_person": {"min": 1, "max": 3}}
METHOD = method(
    "praten",
    step("story", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("talk", who=["peer"], kinds=["recognition"], owner="listens", **TALK),
    step("last", who=["owner"], kinds=["take_away"], reveal="immediate"),
)


def test_a_talk_ends_in_silence_or_when_nobody_has_more(world: World, tmp_path: Path):
    table = around(world, tmp_path, METHOD)
    table.begins(method="praten")
    peers = (table.bram, table.celine, table.dirk)
    assert "@Bram, @Céline, @Dirk · ten laatste " in table.anna.visible_text(table.card())
    for person in peers:
        table.writes(person, f"Dat ken ik, zegt {person.name}.")
    card = table.anna.visible_text(table.card("Talk"))
    assert "Iedereen sprak; blijft het stil, dan verder op " in card
    world.passes(hours=3)
    table.writes(table.bram, "En toch, Dirk: bij mij liep het anders af.")
    assert "bij mij liep het anders af" in table.reads(table.celine)
    for person in peers:
        assert "Talk" in table.card().text
        table.presses(person, table.card(), "Niets toe te voegen")
    assert "Last" in table.card().text
