"""Choosing a method: reading which there are, from the command and in the docs."""

from html import unescape
from pathlib import Path

import pytest

from bot.core.text import LANGUAGES, first_sentence
from bot.intervision.surfaces import SheetButton
from bot.intervision.views import method as case_method
from bot.intervision.views.method import MethodEntry
from bot.library.markdown import protocol_pages
from bot.library.pages import protocol_page as page_of
from bot.library.reading import load_library
from bot.words import Speakers
from playground.blocks import check_view
from tests.intervision.actors import INTAKE, STORY, Table, shown
from tests.intervision.own_method import around, method, step
from tests.world import World

pytestmark = pytest.mark.one_database

DOCS = Path(__file__).parents[2] / "docs" / "protocols"
LIBRARY = load_library()


def test_everybody_can_read_which_methods_there_are_first_a_few(table: Table) -> None:
    few = table.bram.visible_text(table.opens_form(table.bram, "methodes"))
    assert few.count("Lees") == 6 and len(few.split()) <= 160
    table.bram.presses(shown(table.bram), f"Alle {len(LIBRARY.protocols)} methodes")
    listed = shown(table.bram)
    for protocol in LIBRARY.protocols.values():
        assert protocol.name.in_("nl") in table.bram.visible_text(listed)
    table.bram.presses(listed, "method_read_pressed", value="vijf_stappen")
    page = table.bram.visible_text(shown(table.bram))
    five = LIBRARY.protocols["vijf_stappen"]
    assert all(step.ask.in_("nl") in page and step.name.in_("nl") in page for step in five.steps)
    table.bram.closes(shown(table.bram))
    assert table.bram.visible_text(shown(table.bram)) == table.bram.visible_text(listed)


def test_what_the_circle_used_last_comes_first(table: Table) -> None:
    table.brings(table.anna, method="kring")
    few = table.bram.visible_text(table.opens_form(table.bram, "methodes")).split("\n")
    names_of_methods = [one.name.nl for one in LIBRARY.protocols.values()]
    assert next(line for line in few if line in names_of_methods) == LIBRARY.protocols["kring"].name.nl


def test_a_method_can_be_asked_for_by_its_key(table: Table) -> None:
    assert "Vijfstappenmethode" in table.bram.visible_text(table.opens_form(table.bram, "methodes vijf_stappen"))


def test_a_method_can_be_printed_without_a_case(table: Table) -> None:
    page = table.opens_form(table.bram, "methodes troika")
    for _ in range(2):
        table.bram.presses(page, "Blad om af te drukken")
        assert "Ik stuurde je het blad." in table.bram.visible_text(shown(table.bram))
        table.bram.closes(shown(table.bram))
    table.world.settles()
    direct = table.bram.opens_dm(table.world.workspace.bot)
    [file] = [file for message in table.bram.messages(direct) for file in message.files]
    told = (file.content or b"").decode()
    assert LIBRARY.protocols["troika"].steps[1].ask.in_("nl") in unescape(told) and "size: A4" in told


def test_a_method_that_does_not_exist_gets_the_names_of_those_that_do(table: Table) -> None:
    told = table.bram.visible_text(table.opens_form(table.bram, "methodes zes_stappen"))
    assert "vijf_stappen" in told


def test_what_one_wants_leads_to_methods_that_give_it(table: Table) -> None:
    form = table.opens_form(table.bram)
    assert first_sentence(LIBRARY.protocols["vijf_stappen"].choose_when.in_("nl")) in table.bram.visible_text(form)
    table.bram.chooses(form, "wish", "own_way")
    read = table.bram.visible_text(shown(table.bram))
    incident = LIBRARY.protocols["incidentmethode_10"]
    assert incident.name.in_("nl") in read and "4 tot 8 mensen" in read and "Vijfstappenmethode" in read
    table.bram.fills(shown(table.bram), {"theme": INTAKE["theme"]})
    table.bram.submits(shown(table.bram))
    assert incident.fields[0].label.in_("nl") in table.bram.visible_text(shown(table.bram))


def test_another_method_can_be_taken_than_the_first_that_is_advised(table: Table) -> None:
    form = table.opens_form(table.bram)
    table.bram.chooses(form, "wish", "own_way")
    table.bram.chooses(shown(table.bram), "method:own_way", "vijf_stappen")
    table.bram.fills(shown(table.bram), {"theme": INTAKE["theme"]})
    table.bram.submits(shown(table.bram))
    table.bram.fills(shown(table.bram), STORY)
    table.sends(table.bram)
    assert "Vijfstappenmethode" in table.anna.visible_text(table.invitation)


def test_another_method_can_be_taken_while_one_writes_and_what_was_written_stays(table: Table) -> None:
    form = table.opens_story(table.bram)
    table.bram.fills(form, {"title": "Het stilste moment", "story_happened": "Niemand zei iets."})
    table.bram.presses(form, "Andere methode")
    assert "Vijfstappenmethode" in table.bram.visible_text(shown(table.bram))
    table.bram.chooses(shown(table.bram), "method", "incidentmethode_10")
    table.bram.submits(shown(table.bram))
    read = str(shown(table.bram).blocks)
    assert "Het stilste moment" in read and "Niemand zei iets." in read and "field:outcome" in read


def test_a_variant_says_in_the_form_and_in_the_list_what_it_is_a_variant_of(world: World, tmp_path: Path) -> None:
    steps = [step("story", who=["owner"], kinds=["case_story"], reveal="immediate")]
    table = around(world, tmp_path, method("ours", *steps) | {"variant_of": "vijf_stappen"})
    form = table.opens_form(table.bram)
    table.bram.chooses(form, "method", "ours")
    assert "Variant van: Vijfstappenmethode" in table.bram.visible_text(shown(table.bram))
    table.bram.presses(table.opens_form(table.bram, "methodes"), "methods_all_pressed")
    listed = shown(table.bram)
    assert "Variant van: Vijfstappenmethode" in table.bram.visible_text(listed)


def test_nobody_has_to_say_what_they_want(table: Table) -> None:
    assert "Vijfstappenmethode" in table.bram.visible_text(table.opens_form(table.bram))
    assert table.brings(table.anna).errors is None


def test_a_method_can_be_read_from_the_form_and_what_was_typed_is_still_there(table: Table) -> None:
    form = table.opens_story(table.bram)
    table.bram.fills(form, {"title": "Het stilste moment"})
    table.bram.presses(form, "method_read_pressed")
    assert LIBRARY.protocols["vijf_stappen"].steps[0].ask.in_("nl") in table.bram.visible_text(shown(table.bram))
    table.bram.closes(shown(table.bram))
    assert shown(table.bram).values["title"]["value"]["value"] == "Het stilste moment"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_fits_on_a_page_in_slack(language) -> None:
    speaker = Speakers.load()[language]
    for protocol in LIBRARY.protocols.values():
        page = case_method.method_page(speaker, page_of(protocol, language), SheetButton(protocol.key, "0" * 16))
        assert check_view(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_fits_however_many_there_are(language) -> None:
    many = [MethodEntry(str(number), "Naam " * 30, "Wanneer " * 60, "Klein " * 40) for number in range(120)]
    listed = case_method.methods_page(Speakers.load()[language], many)
    assert check_view(listed) == []
    assert all(f"({method.key})" in str(listed) for method in many[100:])


def test_the_pages_in_the_docs_say_what_the_files_say() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == dict(protocol_pages(LIBRARY.protocols.values())), "write them again: make methods"


@pytest.mark.parametrize(
    ("method", "labels"),
    [
        ("balint", ["Verhaal"]),
        ("waarderende_intervisie", ["Succeservaring"]),
        ("consultancy", ["Dilemma"]),
        ("deep_democracy", ["Waarover willen jullie beslissen?"]),
        ("faro_5", ["Wat gebeurt er?", "Wie speelt een rol?", "Wat deed je al?"]),
    ],
)
def test_the_form_has_the_boxes_of_its_method_and_no_question_that_contradicts_it(
    table: Table, method: str, labels: list[str]
) -> None:
    form = table.opens_story(table.bram, method=method)
    asked = [block["label"]["text"] for block in form.blocks if block["type"] == "input"]
    assert asked == ["Titel", "Jouw vraag", *labels]


def test_a_good_beginning_stands_beside_the_box(table: Table) -> None:
    read = table.bram.visible_text(table.opens_story(table.bram, method="troika"))
    assert "Vertel in vijf zinnen wat je uitdaging is en welke hulp je zoekt." in read and "Bijvoorbeeld:" in read
