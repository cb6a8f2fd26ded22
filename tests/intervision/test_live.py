"""People who sit together, or talk in a call: the bot keeps the time, and only *next* moves the case on."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.library.protocol import Protocol
from bot.library.reading import load_library
from playground.model import Conversation
from playground.people import Person
from tests.intervision.actors import Table
from tests.intervision.test_series import brings_own

pytestmark = pytest.mark.one_database

BRUSSELS = ZoneInfo("Europe/Brussels")
FRIDAY_EVENING = datetime(2026, 11, 13, 19, 0, tzinfo=BRUSSELS)
LIBRARY = load_library().protocols


def starts_live(table: Table, *people: Person, leads: str = "", **fields: str) -> Conversation:
    """Anna brings a case, these people join (`leads` is a name), and it starts now."""
    table.brings(table.anna, **fields)
    for one in people:
        if LIBRARY[fields.get("method", "vijf_stappen")].series:
            brings_own(table, one, one.name)
        else:
            table.joins(one, leads=one if one.name == leads else None)
    table.presses(table.anna, table.owners_page(), "Start nu live")
    return table.room


@pytest.fixture
def evening(table: Table) -> Table:
    """Friday evening, seven o'clock: Anna, Bram and Céline sit at a table, and Bram leads."""
    table.lives_through(_begins_on_friday)
    return table


def _begins_on_friday(table: Table) -> None:
    table.world.until(FRIDAY_EVENING)
    starts_live(table, table.bram, table.celine, leads="Bram", method="vijf_stappen")


def goes_on(table: Table, person: Person) -> None:
    table.presses(person, table.card(), "Volgende stap")


def in_sight(table: Table, person: Person) -> str:
    return person.visible_text(table.card())


def test_the_owner_chooses_once_there_are_enough_and_nobody_else(table: Table):
    table.brings(table.anna, method="vijf_stappen")
    table.joins(table.bram)
    page = table.anna.visible_text(table.owners_page())
    assert "Start nu live" not in page and "38 minuten" not in page
    assert "nog niet genoeg" in table.forges(table.anna, "case_start_live_pressed", table.case)
    table.joins(table.celine)
    page = table.anna.visible_text(table.owners_page())
    assert "Schriftelijk starten" in page and "Start nu live" in page and "Live: samen, 38 minuten." in page
    assert "Alleen de inbrenger" in table.forges(table.bram, "case_start_live_pressed", table.case)


def test_it_begins_at_once_also_on_a_friday_evening(evening: Table):
    read = evening.reads(evening.celine)
    assert "Jullie praten, ik bewaak de tijd" in evening.presses(evening.celine, evening.card(), "Meer…")
    assert "Stap 1 van 5 · Vraag inbrengen · tot 19:05" in read


def test_the_card_is_a_line_with_next_and_a_way_to_note(evening: Table):
    goes_on(evening, evening.bram)
    card = evening.card()
    assert [block["type"] for block in card.blocks] == ["section", "actions"]
    lines = in_sight(evening, evening.celine).split("\n")
    assert lines[0].endswith("Stap 2a van 5 · Verkennen · tot 19:05") and len(lines) <= 6
    assert lines[2] == "Alles verschijnt samen, als de stap sluit."
    assert lines[-3:] == ["Volgende stap", "Noteer iets", "Meer…"]
    page = evening.presses(evening.celine, card, "Meer…")
    assert "Stel één tot drie open vragen" in page and "Bijvoorbeeld:" in page and "Liever niet:" in page


def test_next_alone_brings_three_people_through_the_whole_evening(evening: Table):
    for _ in range(9):
        assert evening.anna.visible_text(evening.room).count("Deze casus is afgerond") == 0
        evening.world.passes(minutes=2)
        goes_on(evening, evening.bram)
    assert "Deze casus is afgerond" in evening.reads(evening.anna)
    assert "extra tijd" not in evening.reads(evening.anna)


def test_what_one_notes_is_kept_and_shown_with_the_step(evening: Table):
    goes_on(evening, evening.bram)
    told = evening.writes(evening.celine, "Wat wil zij eigenlijk zelf?")
    assert "Genoteerd." in told and "volgende stap begint" in told
    assert not evening.bram.sees("Wat wil zij eigenlijk zelf?")
    goes_on(evening, evening.bram)
    assert "Wat wil zij eigenlijk zelf?" in evening.reads(evening.anna)
    goes_on(evening, evening.bram)
    assert "Stap 3a" in evening.card().text


def test_when_time_is_up_the_bot_says_so_once_and_waits(evening: Table):
    evening.world.passes(minutes=4)
    assert "is om" not in evening.reads(evening.anna)
    evening.world.passes(minutes=30)
    assert evening.reads(evening.anna).count("De tijd voor ‘Vraag inbrengen’ is om.") == 1
    assert "de tijd is om" in in_sight(evening, evening.celine)
    evening.world.passes(hours=1)
    assert evening.card().text.startswith("Stap 1 van 5")
    goes_on(evening, evening.bram)
    assert "Stap 2a van 5 · Verkennen · tot 20:39" in in_sight(evening, evening.celine)


def test_one_can_still_note_after_the_time_is_up(evening: Table):
    goes_on(evening, evening.bram)
    evening.world.passes(minutes=20)
    assert "Genoteerd." in evening.writes(evening.celine, "Toch nog dit.")


def test_everybody_noted_does_not_move_it_on(evening: Table):
    goes_on(evening, evening.bram)
    for person in (evening.bram, evening.celine):
        evening.writes(person, f"Een vraag van {person.name}.")
    assert evening.card().text.startswith("Stap 2a")


def test_only_who_leads_moves_it_on(evening: Table):
    assert "De gespreksleider bewaakt" in evening.presses(evening.celine, evening.card(), "Volgende stap")
    assert evening.card().text.startswith("Stap 1 ")


def test_only_who_may_write_there_notes(evening: Table):
    goes_on(evening, evening.bram)
    assert "Nu aan de beurt: " in evening.presses(evening.anna, evening.card(), "Noteer iets")


def test_pressing_twice_moves_it_on_once(evening: Table):
    first = evening.card()
    goes_on(evening, evening.bram)
    assert evening.forges(evening.bram, "next_step_pressed", f"{evening.case}:introduction") == ""
    assert evening.card().text.startswith("Stap 2a") and first.text.startswith("Stap 1")


def test_a_case_that_everybody_left_rests_after_some_hours(evening: Table):
    goes_on(evening, evening.bram)
    evening.world.passes(hours=2)
    evening.writes(evening.celine, "Voor ik ga.")
    evening.world.passes(hours=2)
    assert "rusten" not in evening.card().text and "Hier laten we" not in evening.reads(evening.anna)
    evening.world.passes(hours=2)
    read = evening.reads(evening.anna)
    assert "Er gebeurde een tijd niets meer" in read and "Voor ik ga." not in read


def test_the_time_that_was_up_while_the_bot_was_away_is_told_and_waited_for(evening: Table):
    evening.world.stops()
    evening.world.calendar.move(FRIDAY_EVENING.replace(hour=23) - FRIDAY_EVENING)
    evening.world.starts()
    evening.world.settles()
    read = evening.reads(evening.anna)
    assert "is om." in read and "Hier laten we" not in read


# Each of them is played by the rules alone in tests/rules; these differ most in what people see.
VERY_DIFFERENT = ("vijf_stappen", "incidentmethode_10", "grow_duo", "troika", "tien_stappen", "balint", "kring")


@pytest.mark.parametrize("protocol", [LIBRARY[key] for key in VERY_DIFFERENT], ids=lambda protocol: protocol.key)
def test_a_method_is_lived_through_with_next_only(table: Table, protocol: Protocol):
    table.world.until(FRIDAY_EVENING)
    others = [table.world.finds(name) for name in ("Bram", "Céline", "Dirk", "Elif", "Farid")]
    people = others[: protocol.group.min - 1]
    asked = {"method": protocol.key, **{f"field:{one.key}": "Zo liep het af." for one in protocol.fields}}
    starts_live(table, *people, **asked)
    for _ in protocol.steps:
        if "Deze casus is afgerond" in table.reads(table.anna):
            break
        told = table.presses(table.anna, table.card(), "next_step_pressed")
        if "volle tijd" in told:
            table.world.passes(minutes=60)
            table.presses(table.anna, table.card(), "next_step_pressed")
    assert "Deze casus is afgerond" in table.reads(table.anna)
    assert table.world.calendar() < FRIDAY_EVENING.replace(hour=22)
    assert not [call for call in table.world.workspace.calls if call.error]


def test_home_asks_nobody_to_write(evening: Table):
    goes_on(evening, evening.bram)
    evening.celine.opens_home()
    evening.world.settles()
    assert evening.celine.home and "Schrijven kan tot" not in evening.celine.visible_text(evening.celine.home)
