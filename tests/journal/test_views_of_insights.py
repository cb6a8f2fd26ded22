"""Every page of an insight within Slack's limits, in each language, whatever somebody wrote."""

import pytest

from bot.journal.rules import LONGEST_INSIGHT
from bot.journal.surfaces import InsightForm, JournalPlace
from bot.journal.views import insights
from bot.journal.views import page as journal
from bot.journal.views.page import JournalEntry
from bot.words import LANGUAGES, Speaker, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
SENTENCES = ["Wachten helpt.", "&" * LONGEST_INSIGHT, "<!channel> " * (LONGEST_INSIGHT // 11)]
STATES = ("undecided", "kept", "shared")


@pytest.fixture(params=LANGUAGES)
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return WORDS[request.param]


def entry(text: str, state: str = "kept") -> JournalEntry:
    return JournalEntry("i" * 24, "26 november 2026", "Thema", "Wat " * 800, text, state)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_page_in_every_state_and_the_post(speaker: Speaker, text: str) -> None:
    for state in STATES:
        assert list(check_view(insights.insight_page(speaker, entry(text, f"insight_{state}"), "C01"))) == []
    check_message(insights.insight_post(speaker, "U0ANNA", text))
    assert "!channel" not in insights.insight_post(speaker, "U0ANNA", text)["text"]


@pytest.mark.parametrize("origin", ["a" * 18_000, "&" * 9000, "\n" * 9000])
def test_the_form_shows_the_longest_text_above_its_field(speaker: Speaker, origin: str) -> None:
    made_of = insights.insight_form(speaker, entry(origin), InsightForm("r" * 24, form_token="0" * 16))
    assert list(check_view(journal.with_way_back(speaker, made_of, JournalPlace(search="x" * 600)))) == []
    changes = InsightForm(insight_id="i" * 24, text="z" * LONGEST_INSIGHT)
    for state in STATES:
        assert list(check_view(insights.insight_form(speaker, None, changes, state))) == []
    assert list(check_view(insights.insight_wiped_page(speaker))) == []
