"""A form that version 0.1 opened, where one callback id served several forms, is still understood."""

import json

import pytest

from bot.core import names
from bot.reflection.surfaces import READERS
from playground.model import Message, View
from playground.people import Person
from tests.journal import actors as journal
from tests.questions import actors as questions
from tests.reflection.actors import FIELD, KEEP, SEND, card, kept, opens, question_comes, writes
from tests.world import World

pytestmark = pytest.mark.one_database


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def open_view(person: Person) -> View:
    """The page or form in front of somebody."""
    assert person.modal is not None
    return person.modal


def submits_as_0_1(person: Person, window: str, **known: str) -> None:
    """Somebody sends the form in front of them as version 0.1 made it: with the id of its window alone."""
    payload = open_view(person).payload
    payload["private_metadata"] = json.dumps({**json.loads(payload["private_metadata"]), **known})
    payload["callback_id"] = window
    assert person.submits().errors is None


def test_an_answer(world: World, question: Message) -> None:
    form = opens(world.anna, question)
    world.anna.fills(form, {FIELD: "Stilte."})
    form.payload["blocks"] = [block for block in form.blocks if block.get("block_id") != READERS]
    submits_as_0_1(world.anna, names.REFLECTION_WINDOW)
    assert kept(world) == [("undecided", "Stilte.")]
    open_view(world.anna).payload["callback_id"] = names.REFLECTION_WINDOW
    before = open_view(world.anna).id
    world.anna.presses(world.anna.modal, KEEP)
    assert open_view(world.anna).id == before, "the next page takes the place of a page that version 0.1 opened"


def test_a_colleague(world: World, question: Message) -> None:
    world.anna.presses(writes(world.anna, question, "Stilte."), SEND)
    world.anna.fills(world.anna.modal, {"Naar wie?": world.bram.id})
    submits_as_0_1(world.anna, names.REFLECTION_WINDOW)
    world.settles()
    assert kept(world) == [("sent", "Stilte.")]


def test_a_search_in_the_journal(world: World, question: Message) -> None:
    for number in range(6):
        world.anna.says(world.circle, f"Antwoord {number}", thread=question)
    world.settles()
    journal.opens(world, world.anna)
    world.anna.fills(world.anna.modal, {"Zoek in wat ik schreef": "Antwoord 0"})
    submits_as_0_1(world.anna, names.REFLECTION_WINDOW)
    assert "Antwoord 0" in journal.read(world.anna) and "Antwoord 5" not in journal.read(world.anna)


def test_an_insight(world: World) -> None:
    journal.several_weeks(world, world.anna, "Van mij.")
    journal.opens(world, world.anna)
    journal.entry(world.anna, "Van mij.")
    world.anna.presses(world.anna.modal, "Maak er een inzicht van")
    world.anna.fills(world.anna.modal, {"Je inzicht, in één zin": "Wachten helpt."})
    submits_as_0_1(world.anna, names.REFLECTION_WINDOW)
    assert "Je inzicht is bewaard" in journal.read(world.anna)
    world.anna.presses(world.anna.modal, "← Mijn dagboek")
    assert "Wachten helpt." in journal.read(world.anna)


def test_a_question_and_other_words_for_it(world: World, question: Message) -> None:
    world.bram.fills(questions.opens(world, world.bram, "vraag"), {"Jouw vraag": "Wat bleef?", "Thema": "Dialoog"})
    submits_as_0_1(world.bram, names.QUESTIONS_WINDOW, form="propose")
    world.anna.presses(questions.opens(world, world.anna), "Stel andere woorden voor")
    world.anna.fills(world.anna.modal, {"Jouw voorstel": "Wat bleef je bij?"})
    submits_as_0_1(world.anna, names.QUESTIONS_WINDOW, form="wording")
    assert "Wat bleef je bij?" in questions.page(world, world.bram)


def test_a_turn(world: World, question: Message) -> None:
    world.bram.presses(questions.opens(world, world.bram), names.TAKE_TURN)
    world.bram.presses(world.bram.modal, names.OPEN_THEME, value="dialogue")
    prompt = next(one.id for one in world.bot.services.library.prompts if one.theme == "dialogue")
    world.bram.presses(world.bram.modal, names.TAKE_QUESTION, value=prompt)
    submits_as_0_1(world.bram, names.QUESTIONS_WINDOW, form="take")
    assert names.GIVE_BACK in str(open_view(world.bram).blocks)


def test_a_form_of_no_known_kind_changes_nothing(world: World, question: Message) -> None:
    world.bram.fills(questions.opens(world, world.bram, "vraag"), {"Jouw vraag": "Wat bleef?", "Thema": "Dialoog"})
    open_view(world.bram).payload["callback_id"] = names.QUESTIONS_WINDOW
    assert world.bram.submits().errors
    assert "Wat bleef?" not in questions.page(world, world.anna)
    assert card(world) == question
