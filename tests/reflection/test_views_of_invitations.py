"""Asking for invitations, and an invitation, within Slack's limits and in each language."""

import pytest

from bot.reflection.views import invitations as views
from bot.reflection.views.invitations import InvitationWish
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["", "Wat " * 500])
def test_everything_fits(language: str, question: str):
    speaker = WORDS[language]
    for wanted in (
        None,
        InvitationWish("07:30", "America/Argentina/ComodRivadavia", True),
        InvitationWish("12:30", "UTC", False),
    ):
        assert list(check_view(views.invitations_page(speaker, wanted, "Europe/Brussels"))) == []
    check_message(views.prompt_invitation(speaker, "C0123456789", question, "1"))
    for how in ("paused", "resumed", "stopped"):
        check_message(views.invitations_changed(speaker, how, "1"))
