"""A group that knows its method: cards of a sentence, and the whole instruction a press away for everybody."""

from pathlib import Path

import pytest

from playground.people import Person
from tests.intervision.actors import Table, shown
from tests.intervision.own_method import around, text
from tests.intervision.test_facilitating import leads
from tests.intervision.test_series import brings_own, finishes, series
from tests.world import World

pytestmark = pytest.mark.one_database

FIRST = "Stel één tot drie open vragen die de inbrenger helpen om scherper te kijken."
EXAMPLES = ("Bijvoorbeeld:", "Liever niet:")


def starts_short(table: Table) -> None:
    """The owner says that everybody knows the method, and starts."""
    table.owner.presses(table.opens_case_page(table.owner), "Kies eerst")
    table.owner.fills(shown(table.owner), {"cards": ["short"]})
    table.sends(table.owner)


@pytest.fixture
def exploring(table: Table) -> Table:
    """Anna, Bram and Céline know the five steps; the second is open."""
    table.lives_through(_explores)
    return table


def _explores(table: Table) -> None:
    table.brings(table.anna, method="vijf_stappen")
    table.joins(table.bram, table.celine)
    starts_short(table)


def test_the_card_is_a_sentence_and_who_wants_reads_the_whole(exploring: Table):
    card = exploring.bram.visible_text(exploring.card())
    assert FIRST in card and "Schrijf" in card and not any(example in card for example in EXAMPLES)
    for person in (exploring.bram, exploring.anna):
        page = exploring.presses(person, exploring.card(), "Hele opdracht")
        assert "Stap 2a van 5 · Verkennen" in page and page.count(FIRST) == 1
        assert all(example in page for example in EXAMPLES) and len(page) > len(FIRST) * 3
    form = exploring.bram.visible_text(exploring.opens(exploring.bram))
    exploring.bram.closes()
    assert FIRST in form and all(example in form for example in EXAMPLES)


def test_the_whole_is_there_for_the_case_alone_and_when_it_is_over_too(exploring: Table):
    def asks(person: Person, step: str) -> str:
        return exploring.forges(person, "whole_instruction_pressed", f"{exploring.case}:{step}")

    assert "niet aan meedoet" in asks(exploring.dirk, "exploring")
    exploring.forges(exploring.anna, "case_stop_pressed", exploring.case)
    assert FIRST in asks(exploring.celine, "exploring") and "werkt niet meer" in asks(exploring.celine, "nothing")


def test_nobody_says_so_and_the_card_is_whole(table: Table):
    table.brings(table.anna, method="vijf_stappen")
    table.joins(table.bram, table.celine)
    table.anna.presses(table.opens_case_page(table.anna), "Kies eerst")
    table.sends(table.anna)
    card = table.bram.visible_text(table.card())
    assert all(example in card for example in EXAMPLES) and "Hele opdracht" not in card


def test_who_leads_makes_them_whole_or_short_while_the_case_runs(exploring: Table):
    assert "tonen weer de hele opdracht" in leads(exploring, exploring.anna, "Hele kaarten")
    whole = exploring.bram.visible_text(exploring.card())
    assert all(example in whole for example in EXAMPLES) and "Hele opdracht" not in whole
    assert "vanaf nu weer de hele opdracht" in exploring.reads(exploring.celine)
    assert "kort" in leads(exploring, exploring.anna, "Korte kaarten")
    exploring.forges(exploring.anna, "short_cards_pressed", f"{exploring.case}:exploring")
    assert exploring.reads(exploring.celine).count("De kaarten zijn vanaf nu kort") == 1
    exploring.presses(exploring.anna, exploring.card(), "Volgende stap")
    short = exploring.bram.visible_text(exploring.card())
    assert "Hele opdracht" in short and not any(example in short for example in EXAMPLES)


def test_the_cases_of_a_series_take_the_choice_of_the_first(world: World, tmp_path: Path):
    own = series()
    own["steps"][1] = own["steps"][1] | {"ask": text("Denk hardop. Blijf kort.")}
    table = around(world, tmp_path, own)
    table.brings(table.anna, method="reeks")
    brings_own(table, table.bram, "Bram")
    brings_own(table, table.celine, "Céline")
    starts_short(table)
    for owner in (table.anna, table.bram):
        card = table.celine.visible_text(table.card("Omgedraaid"))
        assert f"De vraag van @{owner.name}" in card and "Denk hardop." in card and "Blijf kort" not in card
        finishes(table, owner)
