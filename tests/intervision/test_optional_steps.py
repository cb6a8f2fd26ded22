"""Steps that may be left out: who brings the case says which, or starts with what the method proposes."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import CaseRow
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.own_method import around, method, step
from tests.intervision.test_series import brings_own
from tests.world import World

pytestmark = pytest.mark.one_database

METHOD = method(
    "keuze",
    step("story", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("images", who=["peer"], kinds=["association"], optional="included"),
    step("tips", who=["peer"], kinds=["association"], optional="left_out"),
    step("last", who=["owner"], kinds=["take_away"], reveal="immediate"),
)


@pytest.fixture
def choice(world: World, tmp_path: Path) -> Table:
    """Anna's case is complete and has not begun."""
    table = around(world, tmp_path, METHOD)
    table.lives_through(_is_complete)
    return table


def _is_complete(table: Table) -> None:
    table.brings(table.anna, method="keuze")
    table.joins(table.bram, table.celine)


def played(choice: Table) -> list[str]:
    with choice.world.bot.services.database.reading() as session:
        steps = session.scalars(select(CaseRow.steps)).one()
        return [each["key"] for each in steps if each["state"] != "skipped" and "klankbord" not in each["key"]]


def test_the_owner_chooses_before_the_start(choice: Table):
    choice.anna.presses(choice.opens_case_page(choice.anna), "Opties")
    form = shown(choice.anna)
    told = choice.anna.visible_text(form)
    assert "Images: Vraag van images" in told and "Tips: Vraag van tips" in told
    choice.anna.fills(form, {"steps": ["tips"]})
    assert choice.anna.submits(form).errors is None
    choice.world.settles()
    assert played(choice) == ["story", "tips", "last"]
    assert "Tips" in choice.card().text and choice.bram.sees("Tips")


def test_sending_the_form_as_it_is_starts_as_the_method_proposes(choice: Table):
    choice.anna.presses(choice.opens_case_page(choice.anna), "Opties")
    choice.anna.submits(shown(choice.anna))
    choice.world.settles()
    assert played(choice) == ["story", "images", "last"]


def test_it_can_be_live_with_no_step_but_those_that_stay(choice: Table):
    choice.anna.presses(choice.opens_case_page(choice.anna), "Opties")
    choice.anna.fills(shown(choice.anna), {"steps": [], "pace": "live"})
    choice.anna.submits(shown(choice.anna))
    choice.world.settles()
    assert played(choice) == ["story", "last"]
    with choice.world.bot.services.database.reading() as session:
        assert session.scalars(select(CaseRow.pace)).one() == "live"


def test_starting_at_once_is_still_one_press(choice: Table):
    choice.starts()
    assert played(choice) == ["story", "images", "last"]


def test_nobody_else_chooses_and_a_method_without_such_steps_does_not_ask(choice: Table):
    assert "Alleen de inbrenger" in choice.forges(choice.bram, "case_choose_pressed", choice.case)
    choice.brings(choice.dirk, method="vijf_stappen")
    choice.joins(choice.bram, choice.celine)
    choice.dirk.presses(choice.opens_case_page(choice.dirk, choice.owners_page(choice.dirk)), "Opties")
    assert "steps" not in fields_of(shown(choice.dirk))


def test_what_is_chosen_holds_for_every_case_of_a_series(world: World, tmp_path: Path):
    in_series = {**METHOD, "facilitator": "none", "series": {"at_once": 1}}
    table = around(world, tmp_path, in_series)
    table.brings(table.anna, method="keuze")
    for person in (table.bram, table.celine):
        brings_own(table, person, person.name)
    table.anna.presses(table.opens_case_page(table.anna), "Opties")
    table.anna.fills(shown(table.anna), {"steps": ["tips"]})
    table.anna.submits(shown(table.anna))
    table.world.settles()
    with world.bot.services.database.reading() as session:
        cases = session.scalars(select(CaseRow.steps)).all()
    skipped = [{step["key"] for step in case if step["state"] == "skipped"} for case in cases]
    assert [each & {"images", "tips"} for each in skipped] == [{"images"}] * 3
