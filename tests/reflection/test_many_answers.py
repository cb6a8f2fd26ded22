"""Somebody answers one question more often than a page can show: the latest are there, the journal has them all."""

import secrets

import pytest

from bot.reflection.surfaces import AnswerForm
from playground.model import Message
from playground.people import Person
from tests.journal.actors import entry
from tests.reflection.actors import KEEP, opens, question_comes, thread
from tests.world import World

# What fills six fields of a form, of a sign that Slack counts five times.
LONGEST = "&" * 3000


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def answers(world: World, person: Person, question: Message, *texts: str, fields: int = 1) -> None:
    """Somebody answers this question once for each text, a minute after each other, in forms of so many fields."""
    round_id = next(b["elements"][0]["value"] for b in question.blocks or [] if b["type"] == "actions")
    for text in texts:
        form = AnswerForm(int(round_id), secrets.token_hex(8), texts=[text] * fields)
        world.bot.answers.submit_answer(person.id, form, world.calendar())
        world.passes(minutes=1)


def test_after_hundreds_of_answers_the_latest_few_open_and_lead_to_the_journal(world: World, question: Message) -> None:
    answers(world, world.anna, question, *(f"Antwoord {number}." for number in range(1, 201)))
    page = opens(world.anna, question)
    shown = world.anna.visible_text(page)
    assert "Antwoord 200." in shown and "Antwoord 198." in shown and "Antwoord 1." not in shown
    assert shown.index("Antwoord 200.") < shown.index("Antwoord 198.")
    world.anna.presses(page, "Al je antwoorden: in je dagboek")
    assert "Antwoord 200." in world.anna.visible_text(world.anna.modal)


def test_an_older_answer_opens_from_the_journal_and_can_still_be_chosen_for(world: World, question: Message) -> None:
    answers(world, world.anna, question, *(f"Antwoord {number}." for number in range(1, 9)))
    world.anna.commands(world.circle, "/reflectie", "dagboek")
    world.anna.presses(world.anna.modal, "Ouder")
    entry(world.anna, "Antwoord 2.")
    assert "Antwoord 2." in world.anna.visible_text(world.anna.modal)
    assert "Antwoord 3." not in world.anna.visible_text(world.anna.modal)
    world.anna.presses(world.anna.modal, KEEP)
    assert "Bewaard voor jezelf" in world.anna.visible_text(world.anna.modal)
    assert "Antwoord 2." in world.anna.visible_text(world.anna.modal)
    assert thread(world.bram, question) == ""


def test_the_longest_answers_open_too(world: World, question: Message) -> None:
    answers(world, world.anna, question, *[LONGEST] * 3, fields=6)
    assert world.anna.visible_text(opens(world.anna, question)).count("&" * 100) >= 1
