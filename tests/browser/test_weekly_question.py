"""What is around the weekly question, from Home, in three languages: questions, rhythm, journal, invitations."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import RunningDemo
from tests.browser.newcomer import Hand, Window, window
from tests.chromium import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]

OWN_QUESTION = {
    "nl": "Wat deed een student deze week dat jou aan het denken zette?",
    "en": "What did a student do this week that set you thinking?",
    "fr": "Qu’a fait cette semaine un étudiant qui t’a fait réfléchir ?",
}


def test_what_home_offers_around_the_weekly_question(demo: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    anna = window(context, demo.url, Hand(), demo.language)
    anna.opens("^Klankbord")
    proposes_a_question(anna)
    skips_a_week_and_thinks_better_of_it(anna)
    looks_in_her_journal(anna)
    asks_to_be_invited(anna)
    context.close()


def proposes_a_question(anna: Window) -> None:
    """Hers stands among the proposals, with a way to take it back."""
    anna.hand.clicks(home_button(anna, "questions.title"))
    anna.clicks("questions.propose", anna.form)
    anna.hand.fills(anna.form.get_by_role("textbox").first, OWN_QUESTION[anna.language])
    anna.hand.chooses(anna.form.get_by_role("combobox"), anna.form.get_by_role("option").nth(1).inner_text())
    anna.is_pictured("40-proposing")
    anna.clicks("questions.submit", anna.form)
    expect(anna.form).to_contain_text(OWN_QUESTION[anna.language])
    expect(anna.button("questions.withdraw", anna.form)).to_be_visible()
    anna.is_pictured("41-questions")
    anna.closes()


def skips_a_week_and_thinks_better_of_it(anna: Window) -> None:
    anna.hand.clicks(home_button(anna, "rhythm.title"))
    anna.hand.clicks(anna.form.get_by_role("button", name=anna.say.plain("rhythm.skip"), exact=True).first)
    expect(anna.button("rhythm.unskip", anna.form)).to_be_visible()
    anna.is_pictured("42-rhythm")
    anna.clicks("rhythm.unskip", anna.form)
    expect(anna.button("rhythm.unskip", anna.form)).to_have_count(0)
    anna.closes()


def looks_in_her_journal(anna: Window) -> None:
    """One entry, and back to all."""
    anna.hand.clicks(home_button(anna, "journal.title"))
    expect(anna.button("journal.export", anna.form)).to_be_visible()
    anna.is_pictured("43-journal")
    anna.hand.clicks(anna.form.get_by_role("button", name=anna.say.plain("journal.open"), exact=True).first)
    anna.clicks("journal.back", anna.form)
    expect(anna.button("journal.export", anna.form)).to_be_visible()
    anna.closes()


def asks_to_be_invited(anna: Window) -> None:
    anna.hand.clicks(home_button(anna, "invitation.title"))
    anna.clicks("invitation.ask", anna.form)
    expect(anna.button("invitation.pause", anna.form)).to_be_visible()
    anna.is_pictured("44-invitations")
    anna.clicks("common.close", anna.form)
    expect(anna.form).to_be_hidden()


def home_button(anna: Window, key: str) -> Locator:
    """Where it leads stands on it, and sometimes how much there is."""
    return anna.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{anna.say.plain(key)}"))
