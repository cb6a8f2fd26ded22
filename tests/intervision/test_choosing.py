"""Choosing a method: reading which there are, from the command and in the docs."""

from pathlib import Path

import pytest

from bot.library import load_library
from bot.rules.markdown import pages
from bot.rules.pages import page as page_of
from bot.rules.texts import LANGUAGES
from bot.views import case_method
from bot.views.case_method import Method
from bot.words import Words
from playground.blocks import check_view
from tests.intervision.table import Table, shown

DOCS = Path(__file__).parents[2] / "docs" / "protocols"
LIBRARY = load_library()


def test_everybody_can_read_which_methods_there_are(table: Table) -> None:
    listed = table.opens_form(table.bram, "methodes")
    for protocol in LIBRARY.protocols.values():
        assert protocol.name.nl in table.bram.visible_text(listed)
    table.bram.presses(listed, "method_read_pressed", value="vijf_stappen")
    page = table.bram.visible_text(shown(table.bram))
    five = LIBRARY.protocols["vijf_stappen"]
    assert all(step.ask.nl in page and step.name.nl in page for step in five.steps)
    table.bram.closes(shown(table.bram))
    assert table.bram.visible_text(shown(table.bram)) == table.bram.visible_text(listed)


def test_a_method_can_be_asked_for_by_its_key(table: Table) -> None:
    assert "Vijfstappenmethode" in table.bram.visible_text(table.opens_form(table.bram, "methodes vijf_stappen"))


def test_a_method_that_does_not_exist_gets_the_names_of_those_that_do(table: Table) -> None:
    told = table.bram.visible_text(table.opens_form(table.bram, "methodes zes_stappen"))
    assert "vijf_stappen" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_fits_on_a_page_in_slack(language) -> None:
    say = Words.load()[language]
    for protocol in LIBRARY.protocols.values():
        page = case_method.page(say, page_of(protocol, language))
        assert check_view(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_fits_however_many_there_are(language) -> None:
    many = [Method(str(number), "Naam " * 30, "Wanneer " * 60, "Klein " * 40) for number in range(60)]
    listed = case_method.catalogue(Words.load()[language], many)
    assert check_view(listed) == []
    assert all(f"({method.key})" in str(listed) for method in many[50:])


def test_the_pages_in_the_docs_say_what_the_files_say() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == dict(pages(LIBRARY.protocols.values())), "write them again: make methods"
