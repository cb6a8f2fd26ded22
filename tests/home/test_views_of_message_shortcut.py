"""The form behind the shortcut on messages fits Slack's limits, in each language."""

import pytest

from bot.core.home import MessageUse, TodoItem
from bot.core.parts import split_into_fields
from bot.home.surfaces import MessageForm
from bot.home.views import message_shortcut as views
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_view

WORDS = Speakers.load()
OWN_POSTS = ("ours_round", "ours_invitation", "ours_card", "ours_words")
STEP = "Stap 12a van 14 · " + "Een lange naam van een stap " * 4
CHOICES = [
    *(MessageUse("round", str(n), "donderdag 26 november", "Wat " * 600) for n in range(3)),
    MessageUse("case", "C0123456789"),
    *(MessageUse("step", f"{n}:questions", STEP) for n in range(4)),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "Kort.", "x" * 17_000, "regel\n" * 2900])
def test_the_form_fits(language, text):
    form = views.message_form(WORDS[language], CHOICES, split_into_fields(text), MessageForm("C1", "1.2"))
    assert check_view(form) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["not_yours", "not_here", "too_long", "ours", *OWN_POSTS])
def test_the_pages_that_explain_fit(language, key):
    item = TodoItem("answer", "reflection.answer", "answer_pressed", "1", "C0123456789", question="Wat " * 900)
    assert check_view(views.message_page(WORDS[language], f"take_up.{key}", [item] * 2)) == []
