"""Every page of the journal within Slack's limits, in each language, whatever somebody wrote."""

from datetime import UTC, date, datetime

import pytest

from bot.journal.rules import PER_PAGE, periods_to_choose
from bot.journal.surfaces import INSIGHTS, ExportPage, JournalPlace, JournalSearch
from bot.journal.views import export_file, whole_journal
from bot.journal.views import page as journal
from bot.journal.views.page import JournalEntry, SearchChoices
from bot.words import LANGUAGES, Speaker, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
LONGEST = ["a" * 9000, "&" * 9000, "\n" * 9000, "<!channel> " * 900]
STATES = ("draft", "undecided", "kept", "sent", "nameless", "shared", "reply")
INSIGHT_STATES = ("insight_undecided", "insight_kept", "insight_shared")


@pytest.fixture(params=LANGUAGES)
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return WORDS[request.param]


def entry(text: str, state: str) -> JournalEntry:
    to, files = ("U0BRAM" if state == "sent" else ""), (2 if state == "reply" else 0)
    return JournalEntry("r" * 24, "donderdag 26 november 2026", "Thema", "Wat " * 100, text, state, to, files)


@pytest.mark.parametrize("text", LONGEST)
def test_a_page_holds_the_longest_texts_in_every_state(speaker: Speaker, text: str) -> None:
    choices = SearchChoices(
        {str(number): "Thema " * 20 for number in range(120)}, periods_to_choose(date(2026, 1, 1), date(1950, 1, 1))
    )
    for state in STATES + INSIGHT_STATES:
        entries = [entry(text, state)] * PER_PAGE
        for search in (JournalSearch(page=1), JournalSearch(INSIGHTS, page=1)):
            page = journal.journal_page(
                speaker, entries, search, choices, entries[0], JournalPlace(), has_more=True, has_insights=True
            )
            assert list(check_view(page)) == []
    for nothing in (JournalSearch(), JournalSearch(INSIGHTS)):
        assert (
            list(check_view(journal.journal_page(speaker, [], nothing, None, None, JournalPlace(), has_more=False)))
            == []
        )


@pytest.mark.parametrize("text", LONGEST)
def test_a_reply_is_shown_whole(speaker: Speaker, text: str) -> None:
    page = journal.reply_page(speaker, entry(text, "reply"), "C01", may_bring=True)
    assert list(check_view(page)) == []
    assert list(check_view(journal.with_way_back(speaker, page, JournalPlace(3, search="x" * 600)))) == []
    assert list(check_view(journal.reply_gone_page(speaker))) == []


def test_the_pages_about_the_whole_journal(speaker: Speaker) -> None:
    for page in (
        whole_journal.export_page(speaker, ExportPage("1")),
        whole_journal.export_sent_page(speaker),
        whole_journal.confirm_wipe_page(speaker),
        whole_journal.journal_wiped_page(speaker),
    ):
        assert list(check_view(page)) == []
    for word in (whole_journal.yearly_question(speaker, "2027"), whole_journal.yearly_answer(speaker)):
        check_message(word)


def test_every_state_has_its_words_in_a_file(speaker: Speaker) -> None:
    lines = [
        export_file.ExportLine(datetime(2026, 11, 26, tzinfo=UTC), entry("Tekst", state))
        for state in STATES + INSIGHT_STATES
    ]
    for form in export_file.FORMS:
        assert export_file.write_journal(speaker, lines, form, "2026-11-26").count("Tekst") == len(lines)
