"""Until when, for people whose clocks differ: a message says it in each one's own time, a page names the zone."""

import re
from datetime import UTC, datetime

import pytest

from bot.intervision.views.words import moment_for_readers
from bot.words import LANGUAGES, Speakers
from playground.people import Person
from tests.intervision.actors import Table, shown

WORDS = Speakers.load()


@pytest.fixture
def fay(table: Table) -> Person:
    """A colleague in London."""
    fay = table.world.workspace.add_person("Fay", tz="Europe/London")
    fay.joins(table.world.circle)
    table.world.settles()
    return fay


def test_a_card_says_to_each_when_it_closes_where_they_are(table: Table, fay: Person):
    table.begins(table.bram, table.celine, fay)
    card = table.card()
    here, there = (hour_in(person.visible_text(card)) for person in (table.anna, fay))
    assert there == here - 1
    assert f"om {here}:00, tijd van Brussel" in fay.visible_text(table.opens(fay, card))


def hour_in(text: str) -> int:
    """The hour of the one time in a text."""
    (hour,) = re.findall(r"(\d+):00", text)
    return int(hour)


def test_where_all_clocks_agree_no_zone_is_named(table: Table):
    table.begins()
    assert re.search(r"ten laatste .* november, \d+:00", table.anna.visible_text(table.card()))
    assert "tijd van" not in table.bram.visible_text(table.opens(table.bram))


def test_home_and_the_page_with_own_cases_name_the_zone(table: Table, fay: Person):
    table.begins(table.bram, table.celine, fay)
    fay.opens_home()
    table.world.settles()
    assert "tijd van Brussel" in fay.visible_text(fay.home)
    fay.commands(table.world.circle, "/intervisie", "mijn")
    assert "Altijd mijn lijstje" in fay.visible_text(shown(fay))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_place_and_slack_has_something_to_show_where_it_cannot(language: str):
    at = datetime(2026, 11, 19, 11, tzinfo=UTC)
    moment = moment_for_readers(WORDS[language], at, "Europe/Brussels", {"Europe/London"})
    assert moment.startswith("<!date^1795086000^{date_short_pretty} {time}|") and moment.endswith(">")
    assert "12:00" in moment and any(place in moment for place in ("Brussel", "Brussels", "Bruxelles"))


def test_two_moments_in_the_hour_that_comes_twice_read_differently():
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    said = [WORDS["nl"].clock(moment, "Europe/Brussels") for moment in (first, second)]
    assert said == ["2:30 (UTC+0200)", "2:30 (UTC+0100)"]
    assert WORDS["nl"].clock(datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "Europe/Brussels") == "3:30"
