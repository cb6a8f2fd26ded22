"""What colleagues write when they are asked to: what fits the case at hand, in the case that somebody has in view."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import composition
from bot.core import names
from bot.core.clocks import elapsed
from bot.settings.settings import Settings
from demo.cast import make_workspace
from demo.clock import DemoClock
from demo.guide import DemoGuide
from demo.history import History
from demo.script import ScriptTexts, read_script
from demo.start import demo_settings
from demo.world import demo_in_process, open_form_of
from tests.databases import SqliteFiles
from tests.demo.actors import Table

# A Wednesday at ten in Brussels.
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
TITLE, QUESTION = "The colleague who never answers", "How do I keep asking without pushing?"


@pytest.fixture
def table(tmp_path: Path, sqlite_files: SqliteFiles) -> Iterator[Table]:
    """A circle that was just set up."""
    settings, clock = demo_settings(Settings(), "en", tmp_path), DemoClock(WEDNESDAY)
    workspace, circle = make_workspace(clock, elapsed, "en")
    sqlite_files.copy_to(tmp_path / "klankbord.db")
    with demo_in_process(workspace, settings, clock, composition.build_bot) as world:
        History(world, circle, ScriptTexts(read_script(), "en")).set_up_circle(WEDNESDAY.weekday())
        yield Table(world)


def brings_a_case_of_her_own(table: Table) -> None:
    """Anna writes about something of her own, and starts once everybody joined."""
    table.brings_the_example(title=TITLE, question=QUESTION)
    table.everybody_writes()
    table.starts()


def test_a_case_of_ones_own_gets_words_about_that_case(table: Table) -> None:
    brings_a_case_of_her_own(table)
    table.everybody_writes(in_view=table.room)
    table.moves("deadline")
    said = table.anna.visible_text(table.room)
    examples = [line.text.in_("en") for line in table.example.lines if line.text and line.by != "Anna"]
    assert [line for line in examples if line in said] == []
    assert f"You write “{TITLE}”." in said
    lines = [line for line in said.splitlines() if line.endswith("?")]
    assert len(lines) == len(set(lines)) >= 3, "nobody repeats another"


def test_it_goes_on_to_its_end_with_them(table: Table) -> None:
    brings_a_case_of_her_own(table)
    table.lives_it_through()
    assert table.speaker.plain("case.closing_header") in table.anna.visible_text(table.room)


def test_they_act_in_the_case_that_is_in_view(table: Table) -> None:
    brings_a_case_of_her_own(table)
    first = table.room
    table.world.move_by(hours=1)
    table.brings_the_example()
    table.everybody_writes()
    table.everybody_writes()
    table.starts()
    second = table.room
    assert second is not first

    before = table.anna.visible_text(first)
    asked = table.guide.suggestions(table.anna, second.id)
    assert {one.does for one in asked} == {"step"}
    for one in asked:
        one.act()
    table.guide.goes_to(table.world.clock())

    assert table.anna.visible_text(first) == before


def test_the_form_of_a_case_is_filled_with_the_example_of_its_method(table: Table) -> None:
    table.anna.commands(table.circle, "/intervision")
    table.anna.chooses(open_form_of(table.anna), "method", "incidentmethode_10")
    table.anna.fills(open_form_of(table.anna), table.guide.example_for(table.anna, open_form_of(table.anna)))
    assert table.anna.submits().errors is None
    form, intake = open_form_of(table.anna), table.example_of("incidentmethode_10").intake
    values = table.guide.example_for(table.anna, form)
    assert values["title"] == intake.title.in_("en")
    assert intake.situation.in_("en") in values.values()
    assert {f"field:{key}" for key in intake.fields} <= set(values)
    table.anna.fills(form, values)
    assert table.anna.submits().errors is None


def test_other_forms_have_no_example(table: Table) -> None:
    table.anna.commands(table.circle, "/klankbord")
    assert DemoGuide(lambda: table.world, "en").example_for(table.anna, open_form_of(table.anna)) == {}
    assert names.CASE_FORM not in str(open_form_of(table.anna).payload["callback_id"])
