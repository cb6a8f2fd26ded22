"""The form behind the shortcut on messages fits Slack's limits, in each language."""

import pytest

from bot.core.parts import split_into_fields
from bot.home.message_shortcut import _OURS
from bot.home.views import message_shortcut as views
from bot.home.views.message_shortcut import ShortcutChoice
from bot.home.views.todo import TodoItem
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_view

WORDS = Speakers.load()
STEP = "Stap 12a van 14 · " + "Een lange naam van een stap " * 4
CHOICES = [
    *(ShortcutChoice(f"round:{n}", "round", "donderdag 26 november", "Wat " * 600) for n in range(3)),
    ShortcutChoice("case:C0123456789", "case"),
    *(ShortcutChoice(f"step:{n}:questions", "step", STEP) for n in range(4)),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "Kort.", "x" * 17_000, "regel\n" * 2900])
def test_the_form_fits(language, text):
    assert (
        check_view(
            views.shortcut_form(WORDS[language], CHOICES, split_into_fields(text), {"channel": "C1", "ts": "1.2"})
        )
        == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["not_yours", "not_here", "too_long", "ours"])
def test_the_pages_that_explain_fit(language, key):
    things = [TodoItem("answer", "1", "C0123456789", question="Wat " * 900)] * 2
    keys = [f"take_up.{key}", *(ours for _, ours in _OURS)]
    assert [check_view(views.shortcut_explained(WORDS[language], one, things)) for one in keys] == [[]] * len(keys)
