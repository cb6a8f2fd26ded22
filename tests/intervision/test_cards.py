"""The card of a step: what is asked, of whom, until when, who reads it when; and everything else behind *More…*."""

import pytest

from playground.forms import placed
from playground.people import Person
from tests.intervision.actors import Table, shown

pytestmark = pytest.mark.one_database

FIRST = "Stel één tot drie open vragen die de inbrenger helpen om scherper te kijken."
EXAMPLES = ("Bijvoorbeeld:", "Liever niet:")
WHOLE = (FIRST, *EXAMPLES, "Hoe werkt dit?")


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna, Bram, Céline and Dirk; Bram leads, and the second step is open."""
    table.begins(leads=table.bram, method="vijf_stappen")
    return table


def card(table: Table, person: Person) -> str:
    return person.visible_text(table.card())


def pressable(table: Table, person: Person) -> list[str]:
    """The buttons that this person finds behind *More…*."""
    page = table.opens_more(person)
    found = [at.action_id for at in placed(page.blocks)]
    person.closes(page)
    return found


def test_an_open_card_says_where_we_are_what_is_asked_of_whom_until_when_and_who_reads_it(begun: Table):
    assert card(begun, begun.celine).split("\n") == [
        "Stap 2a van 5 · Verkennen",
        FIRST,
        "@Bram, @Céline, @Dirk · ten laatste donderdag 12 november, 12:00",
        "Alles verschijnt samen, als de stap sluit.",
        "Schrijf",
        "Niets toe te voegen",
        "Meer…",
    ]


def test_whose_turn_it_is_is_mentioned_when_the_step_begins_and_nobody_else(begun: Table):
    fresh = str(begun.card().blocks)
    assert all(f"<@{one.id}>" in fresh for one in (begun.bram, begun.celine, begun.dirk))
    assert begun.anna.id not in fresh
    first = begun.card()
    begun.moves_on(begun.bram)
    assert begun.bram.id not in str(begun.card("Verkennen").blocks)
    assert first.ts == begun.card("Verkennen").ts, "the same message is one line now"


def test_after_next_at_night_the_card_says_when_it_goes_on_and_not_that_all_are_done(begun: Table):
    begun.world.passes(hours=12)
    begun.moves_on(begun.bram)
    said = card(begun, begun.celine)
    assert "Verder op dinsdag 10 november, 8:00" in said and "Iedereen is klaar" not in said


def test_a_closed_card_is_one_line_that_says_where_to_read(begun: Table):
    begun.writes(begun.celine, "Wat hoopte je?")
    begun.moves_on(begun.bram)
    closed = begun.anna.visible_text(begun.card("Verkennen"))
    assert closed == "Stap 2a van 5 · Verkennen · rond, lees in de draad"


def test_the_whole_instruction_and_how_it_works_are_behind_more_for_everybody(begun: Table):
    for person in (begun.anna, begun.bram, begun.celine):
        page = person.visible_text(begun.opens_more(person))
        person.closes()
        assert all(words in page for words in WHOLE) and "wie de server van Klankbord beheert" in page
    assert not any(words in card(begun, begun.celine) for words in (*EXAMPLES, "server"))


def test_behind_more_everybody_finds_what_they_may_and_nothing_else(begun: Table):
    assert pressable(begun, begun.celine) == ["case_read_pressed", "case_leave_pressed"]
    assert pressable(begun, begun.anna) == ["case_read_pressed", "case_stop_pressed"]
    assert pressable(begun, begun.bram) == [
        "next_step_pressed",
        "case_read_pressed",
        "step_skip_pressed",
        "more_time_pressed",
        "pace_live_pressed",
        "case_leave_pressed",
        "case_stop_pressed",
    ]


def test_next_there_shows_the_step_that_is_open_then(begun: Table):
    begun.writes(begun.celine, "Wat hoopte je?")
    begun.bram.presses(begun.opens_more(begun.bram), "next_step_pressed")
    assert "Stap 2b van 5 · Antwoorden" in begun.bram.visible_text(shown(begun.bram))


def test_who_stops_the_case_there_reads_so_and_its_owner_can_wipe_it(begun: Table):
    begun.anna.presses(begun.opens_more(begun.anna), "case_stop_pressed")
    assert [at.action_id for at in placed(shown(begun.anna).blocks)] == ["case_read_pressed", "case_wipe_pressed"]
    begun.anna.presses(shown(begun.anna), "case_wipe_pressed")
    assert not list(placed(shown(begun.anna).blocks))
    begun.world.settles()


def test_who_presses_without_being_meant_reads_in_one_line_whose_turn_it_is(begun: Table):
    for button in ("Schrijf", "Niets toe te voegen"):
        told = begun.presses(begun.anna, begun.card(), button)
        assert "Nu aan de beurt: Bram, Céline, Dirk. Van jou wordt nu niets gevraagd." in told


def test_buttons_of_cards_that_are_in_slack_already_lead_to_the_same_page(begun: Table):
    def presses(person: Person, action: str, step: str = "exploring") -> str:
        return begun.forges(person, action, f"{begun.case}:{step}")

    for action in ("lead_pressed", "whole_instruction_pressed", "short_cards_pressed", "whole_cards_pressed"):
        assert all(words in presses(begun.celine, action) for words in WHOLE)
        assert "niet aan meedoet" in presses(begun.world.elif_, action)
        assert "werkt niet meer" in presses(begun.celine, action, "nothing")
    assert "De gespreksleider bewaakt" in presses(begun.celine, "next_step_pressed")
    assert presses(begun.bram, "next_step_pressed") == "" and "Stap 3a" in begun.card().text


def test_also_when_the_case_is_over(begun: Table):
    begun.forges(begun.anna, "case_stop_pressed", begun.case)
    assert FIRST in begun.forges(begun.celine, "whole_instruction_pressed", f"{begun.case}:exploring")
    assert begun.anna.visible_text(begun.card("Verkennen")) == "Stap 2a van 5 · Verkennen · gestopt"


def test_while_the_owner_is_away_the_card_says_where_the_others_read_and_the_owner_when(table: Table):
    table.begins(method="roddelmethode")
    while "Roddelen" not in table.card().text:
        table.moves_on(table.anna)
    said = table.bram.visible_text(table.card())
    assert "Lees elkaar in het formulier; de inbrenger leest later, maar de draad meteen." in said
    table.writes(table.bram, "Misschien durft hij niet.")
    assert "Misschien durft hij niet." in table.celine.visible_text(table.opens(table.celine))
    table.celine.closes()
    assert "Misschien durft hij niet." not in table.reads(table.celine)


def test_people_in_several_zones_read_each_their_own_hour(table: Table):
    table.begins(method="vijf_stappen")
    assert "donderdag 12 november, 12:00" in table.bram.visible_text(table.card())
    table.world.workspace.changes_account(table.bram, tz="Europe/London")
    table.moves_on(table.anna)
    assert "12 Nov 2026 11:00" in table.bram.visible_text(table.card())
    assert "12 Nov 2026 12:00" in table.celine.visible_text(table.card())
