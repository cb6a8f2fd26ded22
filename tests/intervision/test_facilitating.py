"""The facilitator skips a step, gives it more time or chooses another pace: behind *More…* on its card; all read it."""

from itertools import product

import pytest

from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.views import facilitate as case_leading
from bot.library.reading import load_library
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_message, check_view
from playground.people import Person
from tests.intervision.actors import Table, shown

pytestmark = pytest.mark.one_database


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna's case is at its second step, Bram is the facilitator; it is Monday, ten o'clock."""
    table.begins(leads=table.bram)
    return table


def leads(table: Table, person: Person, what: str, card: str = "") -> str:
    """Open the page behind the card and press a button there; what the page says then."""
    person.presses(table.card(card), "Meer…")
    if what not in person.visible_text(shown(person)):
        told = person.visible_text(shown(person))
    else:
        person.presses(shown(person), what)
        told = person.visible_text(shown(person))
    while person.modal:
        person.closes(person.modal)
    table.world.settles()
    return told


def test_a_step_is_skipped_and_everybody_reads_so(begun: Table):
    begun.writes(begun.celine, "Wat hoopte je?")
    assert "De stap is overgeslagen" in leads(begun, begun.bram, "Sla over")
    read = begun.reads(begun.dirk)
    assert "De stap ‘Verkennen’ wordt overgeslagen" in read and "Wat hoopte je?" in read
    assert "Stap 2b van 5" in begun.card().text


def test_who_leads_at_night_reads_when_the_next_card_comes(begun: Table):
    begun.world.passes(hours=12)
    assert "De volgende kaart verschijnt dinsdag" in leads(begun, begun.bram, "Sla over")


def test_a_step_gets_more_time_once(begun: Table):
    leads(begun, begun.bram, "Meer tijd")
    assert "‘Verkennen’ krijgt meer tijd" in begun.reads(begun.celine)
    assert "extra tijd, tot" in begun.celine.visible_text(begun.card())
    assert "Meer tijd" not in leads(begun, begun.bram, "niets hiervan")
    again = begun.forges(begun.bram, "more_time_pressed", f"{begun.case}:exploring")
    assert "niet nog eens" in again and begun.reads(begun.celine).count("krijgt meer tijd") == 1


def test_from_writing_to_talking_at_the_next_step(begun: Table):
    begun.writes(begun.celine, "Wat hoopte je?")
    leads(begun, begun.bram, "Live verder")
    assert "gaan we live verder" in begun.reads(begun.dirk)
    assert "Noteer iets" not in begun.dirk.visible_text(begun.card())
    begun.world.stops()
    begun.world.starts()
    begun.moves_on(begun.bram)
    assert "Noteer iets" in begun.dirk.visible_text(begun.card())
    leads(begun, begun.bram, "Schriftelijk verder")
    begun.moves_on(begun.bram)
    assert "ten laatste" in begun.dirk.visible_text(begun.card())


def test_only_who_leads_opens_that_page_and_presses_there(begun: Table):
    for person in (begun.anna, begun.celine):
        page = leads(begun, person, "Sla over")
        assert "Hoe werkt dit?" in page and "Volgende stap. Deze stap" not in page
        for what in ("step_skip", "more_time", "pace_live", "pace_calm"):
            assert "De gespreksleider bewaakt" in begun.forges(person, f"{what}_pressed", f"{begun.case}:exploring")
    assert "niet aan meedoet" in begun.forges(begun.world.elif_, "step_skip_pressed", f"{begun.case}:exploring")
    assert "niet meer" in begun.forges(begun.bram, "step_skip_pressed", f"{begun.case}:nowhere")
    assert "overgeslagen" not in begun.reads(begun.dirk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_fit(language):
    speaker = Speakers.load()[language]
    steps = load_library().protocols["socratisch_gesprek"].steps[3:6]
    for how, live in product([*FacilitatorAction], (True, False)):
        assert check_view(case_leading.facilitator_done(speaker, how, "morgen")) == []
        check_message(case_leading.facilitator_line(speaker, how, steps, "x", live=live))


def test_who_leads_reads_alone_what_to_look_out_for_and_a_sentence_to_bridge_with(table: Table):
    table.begins(leads=table.bram, method="vijf_stappen")
    read = table.bram.visible_text(table.opens_more(table.bram))
    assert "Voor jou als gespreksleider. Let op vragen die eigenlijk advies zijn." in read
    assert "Een brug: ‘Welke vraag zit daarachter?’" in read
    for person in (table.anna, table.celine):
        assert "Voor jou als gespreksleider" not in person.visible_text(table.opens_more(person))
