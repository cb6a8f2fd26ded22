"""Coming along to look on: where a method has a step for observers."""

import pytest

from tests.intervision.table import Table, shown

pytestmark = pytest.mark.one_database


def observes(table: Table, person) -> str:
    """Join, and choose to observe rather; what is told then."""
    person.presses(table.invitation, "case_join_pressed")
    table.world.settles()
    return table.presses(person, shown(person), "case_observe_pressed")


def test_one_can_rather_observe_and_think_along_after_all(table: Table):
    table.brings(table.anna)
    assert "meekijkt als observator" in observes(table, table.bram)

    table.bram.presses(table.invitation, "case_join_pressed")
    table.world.settles()
    assert "Fijn dat je meedoet" in table.bram.visible_text(shown(table.bram))


def test_an_observer_reads_along_and_writes_only_where_observers_do(table: Table):
    table.brings(table.anna)
    observes(table, table.dirk)
    table.joins(table.bram, table.celine)
    room = table.starts()

    assert table.dirk.visible_text(room)
    refused = table.forges(table.dirk, "contribution_pressed", f"{table.case}:exploring")
    assert "Schrijf" not in refused and "Bijdrage" not in refused
    assert "Verkennen" not in home_of(table)


def test_who_observes_is_no_colleague_who_thinks_along_and_takes_no_place(table: Table):
    table.brings(table.anna)
    observes(table, table.dirk)
    table.joins(table.bram)
    assert "Nog één iemand, dan kan je starten." in str(table.owners_page().blocks)
    assert "nog niet genoeg" in table.forges(table.anna, "case_start_pressed", table.case)

    table.joins(table.celine)
    assert table.dirk.visible_text(table.starts())


def home_of(table: Table) -> str:
    table.dirk.opens_home()
    table.world.settles()
    return table.dirk.visible_text(table.dirk.home)
