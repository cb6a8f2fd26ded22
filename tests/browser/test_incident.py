"""One person alone at the page lives a whole incident method, over two weeks: the recorded hour, in a minute."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.library import load_library
from bot.views.case_card import heading
from tests.browser.conftest import RunningDemo, running
from tests.browser.newcomer import COMMANDS, Hand, Window, window
from tests.browser.test_newcomer import THEIR_ROOM, THEMES
from tests.chromium import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found on PATH or in KLANKBORD_CHROMIUM"),
]
METHOD = load_library().protocols["incidentmethode_10"]
assert METHOD.example is not None
EXAMPLE = METHOD.example
# Words of the page itself, which knows nothing of the bot.
ALL_WRITE = {"nl": "Laat iedereen schrijven", "en": "Let everybody write", "fr": "Fais écrire tout le monde"}
A_DAY = {"nl": "+1 werkdag", "en": "+1 working day", "fr": "+1 jour ouvrable"}


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    with running("nl") as demo:
        yield demo


class Alone:
    """Somebody with the guide beside them."""

    def __init__(self, seat: Window) -> None:
        self.seat, self.language = seat, seat.language
        self.panel = seat.page.locator("#guide")

    def asks_all_to_write(self) -> None:
        self._presses(ALL_WRITE)

    def lets_days_pass(self, working_days: int) -> None:
        for _ in range(working_days):
            self._presses(A_DAY)

    def sees_the_card(self, step: str) -> Locator:
        """The card of a step, in sight."""
        title = heading(self.seat.say, METHOD.numbered(), METHOD.step(step))
        card = self.seat.page.get_by_role("article").filter(has_text=title).first
        expect(card).to_be_visible()
        return card

    def said(self, step: str) -> list[str]:
        """What the owner of the example says in a step."""
        lines = [line for line in EXAMPLE.lines if line.in_ == step and line.by == EXAMPLE.people.owner]
        return [line.text.in_(self.language) for line in lines if line.text]

    def writes(self, step: str, *texts: str, kind: str = "") -> None:
        """Through the form of a step's card, as many fields as there are texts."""
        seat = self.seat
        seat.clicks("case.write", self.sees_the_card(step))
        if kind:
            seat.hand.clicks(seat.form.get_by_label(seat.say.plain(kind)))
        for place, text in enumerate(texts):
            seat.hand.fills(seat.form.get_by_role("textbox").nth(place), text)
        seat.clicks("case.form_submit", seat.form)
        seat.closes()

    @property
    def today(self) -> datetime:
        return datetime.fromisoformat(self.panel.get_by_role("time").first.get_attribute("datetime") or "")

    def _presses(self, words: dict[str, str]) -> None:
        """Press, and wait until all is said."""
        button = self.panel.get_by_role("button", name=words[self.language], exact=True)
        button.click()
        expect(self.panel.locator(".waiting")).to_have_count(0)


def test_one_person_lives_a_whole_incident(demo: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    live_it_through(Alone(window(context, demo.url, Hand(), demo.language)))
    context.close()


def live_it_through(anna: Alone) -> None:
    began = anna.today
    brings_the_incident(anna)
    anna.asks_all_to_write()
    starts(anna)
    asks_and_answers(anna)
    thinks_along(anna)
    what_anna_did_appears(anna)
    looks_back(anna)
    assert (anna.today - began).days >= 14


def brings_the_incident(anna: Alone) -> None:
    """What she did is told in a field of its own, which the form shows once the method is chosen."""
    seat, intake = anna.seat, EXAMPLE.intake
    seat.types(COMMANDS[anna.language]["case"])
    form, say = seat.form, seat.say
    seat.hand.fills(form.get_by_label(say.plain("case.intake_title")), intake.title.in_(anna.language))
    seat.hand.fills(form.get_by_label(say.plain("case.intake_question")), intake.question.in_(anna.language))
    seat.hand.chooses(form.get_by_label(say.plain("case.intake_method")), METHOD.name.in_(anna.language))
    outcome = form.get_by_label(METHOD.fields[0].label.in_(anna.language))
    seat.hand.fills(outcome, intake.fields["outcome"].in_(anna.language))
    expect(form.get_by_label(say.plain("case.intake_title"))).to_have_value(intake.title.in_(anna.language))
    story = form.get_by_label(say.plain("case.intake_story_happened"))
    seat.hand.fills(story, intake.situation.in_(anna.language))
    seat.hand.chooses(form.get_by_label(say.plain("case.intake_theme")), THEMES[anna.language])
    story.evaluate("field => field.scrollIntoView({block: 'center'})")
    seat.is_pictured("20-incident-intake")
    seat.clicks("case.intake_submit", form)
    seat.closes()


def starts(anna: Alone) -> None:
    anna.seat.starts_case()
    anna.seat.opens_new(THEIR_ROOM)


def asks_and_answers(anna: Alone) -> None:
    """Colleagues note their questions apart; Anna answers each, and the one more that some ask."""
    anna.sees_the_card("noting")
    anna.seat.is_pictured("21-incident-card")
    anna.lets_days_pass(2)
    anna.asks_all_to_write()
    anna.lets_days_pass(1)
    answers = anna.said("information")
    anna.writes("information", *answers[:5])
    anna.asks_all_to_write()
    anna.writes("information", *answers[5:])


def thinks_along(anna: Alone) -> None:
    """Explanations, then standpoints; what Anna did is still nowhere."""
    anna.sees_the_card("analysis")
    anna.lets_days_pass(2)
    anna.asks_all_to_write()
    anna.sees_the_card("standpoint")
    expect(outcome_in(anna)).to_have_count(0)
    anna.lets_days_pass(2)
    anna.asks_all_to_write()


def what_anna_did_appears(anna: Alone) -> None:
    """Under its own card, right after the standpoints; she adds what she thinks now."""
    anna.sees_the_card("standpoints")
    card = anna.sees_the_card("owners_action")
    anna.seat.hand.clicks(card.get_by_role("button", name=re.compile("^1 ")))
    expect(outcome_in(anna).last).to_be_visible()
    anna.seat.is_pictured("22-incident-outcome")
    anna.lets_days_pass(1)
    anna.writes("owners_action", *anna.said("owners_action"))


def looks_back(anna: Alone) -> None:
    anna.sees_the_card("discussion")
    anna.lets_days_pass(2)
    anna.asks_all_to_write()
    anna.writes("discussion", *anna.said("discussion"), kind="case.kind_take_away")
    plan = anna.said("evaluation")[0]
    anna.writes("evaluation", plan)
    anna.sees_the_card("evaluation_peers")
    anna.asks_all_to_write()
    anna.seat.reads(anna.seat.say.plain("case.closing_header"))
    closing = anna.seat.page.get_by_role("article").filter(has_text=anna.seat.say.plain("case.closing_header"))
    expect(closing).to_contain_text(plan)
    anna.seat.is_pictured("23-incident-closing")


def outcome_in(anna: Alone) -> Locator:
    """Where what she did can be read."""
    words = EXAMPLE.intake.fields["outcome"].in_(anna.language)[:40]
    return anna.seat.page.get_by_text(words)
