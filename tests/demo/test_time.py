"""Time that is moved by hand, and colleagues who write when they are asked to: one person lives a whole case."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import composition
from bot.core import names
from bot.settings.settings import Settings
from demo.stage import carrying, form_of, rehearsal
from demo.start import own_settings, prepared
from playground.guide import AppObserver
from tests.demo.actors import Table

BRUSSELS = ZoneInfo("Europe/Brussels")
# A Wednesday at ten in Brussels.
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    settings = own_settings(Settings(), "en", tmp_path_factory.mktemp("demo"))
    workspace, clock = prepared(settings, composition.build_bot, WEDNESDAY)
    with rehearsal(workspace, settings, clock, composition.build_bot) as stage:
        yield Table(stage)


def test_a_person_alone_lives_a_whole_case(table: Table) -> None:
    """Anna presses her own buttons; colleagues and time do the rest."""
    assert set(table.everybody_writes().values()) == {"answer"}
    table.brings_the_example()
    assert table.everybody_writes() == dict.fromkeys(("Bram", "Céline", "Dirk", "Elif", "Farid"), "join")
    table.starts()
    told = table.lives_it_through()
    text = table.anna.visible_text(table.room)
    said = [line.text.in_("en") for line in table.example.lines if line.by != "Anna" and line.text]
    assert [line for line in said if line not in text] == []
    assert table.speaker.plain("case.closing_header") in text
    steps = [one for one in told if one.startswith("new: Step")]
    assert steps == sorted(steps)
    assert len(steps) == 7


def test_colleagues_write_what_the_incident_method_has_them_say(table: Table) -> None:
    """Their questions and what they think, in every step that is theirs; what Anna told beforehand comes in its own."""
    table.brings_the_example(method="incidentmethode_10")
    assert set(table.everybody_writes().values()) == {"join"}
    table.starts()
    outcome = table.example_of("incidentmethode_10").intake.fields["outcome"].in_("en")
    assert not table.stage.workspace.person("dirk").sees(outcome)
    table.lives_it_through()
    lines = table.example_of("incidentmethode_10").lines
    text = table.anna.visible_text(table.room)
    assert [
        one.text.in_("en") for one in lines if one.by != "Anna" and one.text and one.text.in_("en") not in text
    ] == []
    assert outcome in text
    assert table.speaker.plain("case.closing_header") in text


def test_the_case_of_a_colleague_needs_nothing_of_anna_but_that_she_joins(table: Table) -> None:
    """Dirk speaks as the owner of the example then: he starts, and answers what he is asked."""
    anna, dirk = table.anna, table.stage.workspace.person("dirk")
    table.brings_the_example(owner=dirk)
    assert table.everybody_writes() == dict.fromkeys(("Bram", "Céline", "Elif", "Farid"), "join")
    assert table.everybody_writes() == {}
    card = carrying(anna.messages(table.circle), names.JOIN_CASE)
    anna.presses(card, names.JOIN_CASE)
    table.closes()
    assert table.everybody_writes() == {"Dirk": "start"}
    table.lives_it_through()
    text = anna.visible_text(table.room)
    owners = [line for line in table.example.lines if line.by == "Anna" and line.text]
    asked = {line.id: line.by for line in table.example.lines}
    said = [line.text.in_("en") for line in owners if line.text and asked.get(line.about) != "Dirk"]
    assert [line for line in said if line not in text] == []
    assert table.speaker.plain("case.closing_header") in text


def test_what_is_due_on_the_way_happens_at_its_own_time(table: Table) -> None:
    """Two weeks in one jump: every weekly question on its day, and the step that was left open closes on its own."""
    anna, before = table.anna, table.stage.clock()
    table.brings_the_example()
    table.everybody_writes()
    table.starts()
    witness = AppObserver(anna)
    table.guide.goes_to(before + timedelta(weeks=3))
    told = witness.events_since()
    moments = [datetime.fromisoformat(one["at"]) for one in told]
    asked = [
        at.astimezone(BRUSSELS)
        for at, one in zip(moments, told, strict=True)
        if one["place"] and "question" in one["text"]
    ]
    assert [f"{at:%a %H:%M}" for at in asked] == ["Wed 09:00"] * 3
    closed = [at for at, one in zip(moments, told, strict=True) if one["kind"] == "closed"]
    assert closed
    assert all(at.astimezone(BRUSSELS).hour in (12, 17) for at in closed)
    assert all(before <= at <= table.stage.clock() for at in moments)


def test_time_goes_on_by_working_days_within_the_hours_that_people_work(table: Table) -> None:
    here = table.stage.clock().astimezone(BRUSSELS)
    table.moves("working_day")
    there = table.stage.clock().astimezone(BRUSSELS)
    assert there.date() > here.date()
    assert there.weekday() < 5
    assert 8 <= there.hour < 18


def test_a_colleague_who_is_filling_in_a_form_is_left_alone(table: Table) -> None:
    bram = table.stage.workspace.person("bram")
    bram.commands(table.circle, "/intervision")
    assert "Bram" not in table.everybody_writes()
    assert form_of(bram).submit
    bram.closes()
