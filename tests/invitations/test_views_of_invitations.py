"""Asking for invitations, and an invitation, within Slack's limits and in each language."""

import pytest

from bot.reflection.views import invitations as views
from bot.reflection.views.invitations import Wanted
from bot.words import LANGUAGES, Words
from playground.blocks import check_message, check_view

WORDS = Words.load()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["", "Wat " * 500])
def test_everything_fits(language: str, question: str):
    say = WORDS[language]
    for wanted in (None, Wanted("07:30", "America/Argentina/ComodRivadavia", True), Wanted("12:30", "UTC", False)):
        assert list(check_view(views.page(say, wanted, "Europe/Brussels"))) == []
    check_message(views.invitation(say, "C0123456789", question, "1"))
    for how in ("paused", "resumed", "stopped"):
        check_message(views.settled(say, how, "1"))
