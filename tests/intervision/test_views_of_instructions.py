"""What a step asks fits, whole and folded, for every step of every method in each language."""

import pytest

from bot.core.text import Text, first_sentence
from bot.intervision.views import instruction as case_instruction
from bot.library.reading import load_library
from bot.words import LANGUAGES, Mrkdwn, Speakers
from bot.words.escaping import escape
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
PROTOCOLS = load_library().protocols
ID = "0123456789abcdef"

everywhere = pytest.mark.parametrize("language", LANGUAGES)


@everywhere
@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=lambda one: one.key)
def test_for_who_knows_the_method_a_card_is_a_sentence_and_the_whole_a_press_away(language, protocol):
    speaker = WORDS[language]
    for step in protocol.steps:
        blocks, ask = case_instruction.folded_instruction(speaker, step, f"{ID}:{step.key}"), step.ask.in_(language)
        check_message({"text": "x", "blocks": blocks})
        if step.reading_only:
            assert blocks == case_instruction.whole_instruction(speaker, step)
            continue
        assert blocks[0]["text"]["text"] == escape(first_sentence(ask), Mrkdwn) != escape(ask, Mrkdwn)
        assert blocks[0]["accessory"]["value"] == f"{ID}:{step.key}"
        page = case_instruction.instruction_page(speaker, "Stap 2a van 5", step)
        assert check_view(page) == [] and page["blocks"][1:] == case_instruction.whole_instruction(speaker, step)


@everywhere
def test_a_step_that_asks_little_stays_whole_and_one_endless_sentence_is_not_cut(language):
    speaker, little = WORDS[language], Text(nl="Kies er één.", en="Choose one.", fr="Choisis-en un.")
    step = PROTOCOLS["vijf_stappen"].step("core").model_copy(update={"ask": little, "good": None, "poor": None})
    assert case_instruction.folded_instruction(speaker, step, ID) == case_instruction.whole_instruction(speaker, step)
    endless = little.model_copy(update={language: "&" * 7000 + ". Einde."})
    blocks = case_instruction.folded_instruction(speaker, step.model_copy(update={"ask": endless}), ID)
    check_message({"text": "x", "blocks": blocks})
    assert str(blocks).count("&amp;") == 7000 and "Einde" not in str(blocks)
