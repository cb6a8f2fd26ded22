"""Coming along to look on: where a method has a step for observers."""

from pathlib import Path

import pytest

from tests.intervision.actors import Table
from tests.intervision.own_method import around, method, step
from tests.world import World

pytestmark = pytest.mark.one_database


def test_one_can_rather_observe_and_think_along_after_all(table: Table):
    table.brings(table.anna)
    assert "meekijkt als observator" in table.observes(table.bram)

    assert "Fijn dat je meedoet" in table.presses(table.bram, table.invitation, "case_join_pressed")


def test_an_observer_reads_along_and_writes_only_where_observers_do(table: Table):
    table.brings(table.anna)
    table.observes(table.dirk)
    table.joins(table.bram, table.celine)
    room = table.starts()

    assert table.dirk.visible_text(room)
    assert "Kijken mee als observator: Dirk" in table.bram.visible_text(room), "who reads along is known to all"
    refused = table.forges(table.dirk, "contribution_pressed", f"{table.case}:exploring")
    assert "Schrijf" not in refused and "Bijdrage" not in refused
    assert "Verkennen" not in home_of(table)


def test_who_observes_is_no_colleague_who_thinks_along_and_takes_no_place(table: Table):
    table.brings(table.anna)
    table.observes(table.dirk)
    table.joins(table.bram)
    assert "Nog één persoon en je kan starten." in str(table.owners_page().blocks)
    assert "nog niet genoeg" in table.forges(table.anna, "case_start_pressed", table.case)

    table.joins(table.celine)
    assert table.dirk.visible_text(table.starts())


def test_beside_a_full_group_one_can_still_look_on_until_the_start(world: World, tmp_path: Path):
    watched = method(
        "kijken",
        step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
        step("vermoeden", who=["peer"], kinds=["hypothesis"]),
        step("terugblik", who=["owner", "observer"], kinds=["meta_evaluation"]),
    )
    table = around(world, tmp_path, watched | {"group": {"min": 3, "max": 3}})
    table.brings(table.anna, method="kijken")
    table.joins(table.bram, table.celine)
    invitation = table.dirk.visible_text(table.invitation)
    assert "De groep is volledig. Als observator meekijken kan nog." in invitation and "Ik denk mee" not in invitation
    owners = table.anna.visible_text(table.owners_page())
    assert "De groep is volledig; start wanneer je wil" in owners and "nog iemand" not in owners
    told = table.presses(table.dirk, table.invitation, "Kijk mee als observator")
    assert "meekijkt als observator" in told and "Toch meedenken" not in told
    assert "De groep is volledig" in table.forges(table.dirk, "case_join_pressed", table.case)
    assert table.dirk.visible_text(table.starts())
    assert "al begonnen" in table.forges(world.elif_, "case_observe_pressed", table.case)


def home_of(table: Table) -> str:
    table.dirk.opens_home()
    table.world.settles()
    return table.dirk.visible_text(table.dirk.home)
