"""The page behind *More…* fits, and has the whole instruction, for every step of every method in each language."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.text import Text, first_sentence
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.views.card import CardPhase, StepCard, step_card
from bot.intervision.views.facilitate import MorePage, more_page
from bot.intervision.views.instruction import whole_instruction
from bot.library.reading import load_library
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
PROTOCOLS = load_library().protocols
ID = "0123456789abcdef"
MAY_ALL: Any = {f"can_{what}": True for what in ("next", "be_ready", "leave", "stop", "wipe")}

everywhere = pytest.mark.parametrize("language", LANGUAGES)


@everywhere
@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=lambda one: one.key)
def test_a_card_is_a_sentence_and_the_whole_a_press_away(language, protocol):
    speaker = WORDS[language]
    for step in protocol.steps:
        page = more_page(speaker, MorePage(ID, "Stap 2a van 5", step, "x" * 300))
        assert check_view(page) == []
        assert all(block in page["blocks"] for block in whole_instruction(speaker, step))
        assert not any("accessory" in block or block["type"] == "actions" for block in page["blocks"]), (
            "who may do nothing sees no button"
        )


@everywhere
def test_who_may_do_everything_finds_it_there_and_it_fits(language):
    speaker, step = WORDS[language], PROTOCOLS["vijf_stappen"].step("core")
    nothing = MorePage(ID, "Stap " * 20, step, "x" * 300)
    everything = replace(nothing, can={*FacilitatorAction}, before="Naam " * 20, **MAY_ALL)
    pages = [everything, replace(everything, live=True), replace(everything, of_two=True)]
    for page in (*pages, replace(everything, in_series=True), replace(everything, step=None, heading="")):
        view = more_page(speaker, page)
        assert check_view(view) == []
        assert len([block for block in view["blocks"] if "accessory" in block]) == 10


@everywhere
def test_one_endless_sentence_is_not_cut(language):
    endless = Text(nl="Kies.", en="Choose.", fr="Choisis.").model_copy(update={language: "&" * 7000 + ". Einde."})
    step = PROTOCOLS["vijf_stappen"].step("core").model_copy(update={"ask": endless})
    card = step_card(WORDS[language], StepCard(ID, step, ((step,),), CardPhase.OPEN))
    check_message(card)
    assert str(card).count("&amp;") == 7000 and "Einde" not in str(card)


@everywhere
@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=lambda one: one.key)
def test_what_is_asked_is_a_whole_sentence(language, protocol):
    for step in protocol.steps:
        ask = step.ask.in_(language)
        words = first_sentence(ask)
        assert ask.startswith(words) and words[-1] in ".?!…’”»:" and len(words) < 260, words
