"""The card of the weekly question says little, and leads to the page on which the rest is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.core import names
from bot.core.parts import Json
from bot.core.text import Language
from bot.library.reading import load_library
from bot.reflection.views.answers import Question
from bot.reflection.views.round_cards import round_card
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_view
from tests.reflection.actors import opens, question_comes
from tests.world import World

# The most words on a card besides the question, everything included that people read on it.
MOST = 25
WORD = re.compile(r"\w[\w'’.-]*")


def words(card: Json, question: str) -> list[str]:
    """What is read on the card besides the question: a mention is the name of one person."""
    return [
        word for text in _texts(card["blocks"]) if text != question for word in WORD.findall(text.replace("<@", ""))
    ]


def _texts(found: Any) -> Iterator[str]:
    """Every text in blocks, labels of buttons included."""
    if isinstance(found, list):
        for one in found:
            yield from _texts(one)
    elif isinstance(found, dict):
        text = found.get("text")
        yield from [text] if isinstance(text, str) else _texts(text)
        yield from _texts(found.get("elements"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_has_few_words_besides_the_question_in_every_theme(language: Language) -> None:
    speaker, library = Speakers.load()[language], load_library()
    for theme in library.themes.values():
        question = Question("Wat?", theme.in_(language), has_students=True)
        card = round_card(speaker, question, "1", author="U0ANNA", chooser="U0BRAM")
        assert len(words(card, "Wat?")) <= MOST, words(card, "Wat?")


def test_who_reads_along_is_a_page_for_whoever_types_in_the_thread(world: World) -> None:
    question = question_comes(world)
    assert "Klankbord bewaart antwoorden in de draad" in world.bram.visible_text(question)
    assert "server" not in world.bram.visible_text(question)
    world.bram.presses(question, "Wie leest mee?")
    page = world.bram.visible_text(world.bram.modal)
    assert "De hele kring leest het" in page and "Wie de server van Klankbord beheert" in page
    assert world.bram.modal and list(check_view(world.bram.modal.payload)) == []


def test_a_card_that_stood_already_still_opens_the_form(world: World) -> None:
    question = question_comes(world)
    assert names.ANSWER == "answer_pressed" and opens(world.anna, question)
