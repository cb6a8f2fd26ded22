"""One person alone at the page lives a whole incident method, over two weeks: the recorded hour, in a minute."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.alone import Alone
from tests.browser.conftest import RunningDemo, running
from tests.browser.newcomer import Hand, window
from tests.browser.test_newcomer import THEIR_ROOM
from tests.chromium import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    with running("nl") as demo:
        yield demo


def test_one_person_lives_a_whole_incident(demo: RunningDemo, browser: Browser) -> None:
    expect.set_options(timeout=30_000)
    context = browser.new_context()
    live_it_through(Alone(window(context, demo.url, Hand(), demo.language), "incidentmethode_10"))
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
    anna.fills_in_the_intake()
    anna.story.evaluate("field => field.scrollIntoView({block: 'center'})")
    anna.seat.is_pictured("20-incident-intake")
    anna.brings_the_case()


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
    anna.asks_all_to_write(until=anna.closed("analysis"))
    expect(outcome_in(anna)).to_have_count(0)
    anna.lets_days_pass(2)
    anna.asks_all_to_write(until=anna.closed("standpoint"))


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
    # A talk ends when nobody has said anything for a while.
    anna.lets_time_pass()
    plan = anna.said("evaluation")[0]
    anna.writes("evaluation", plan)
    anna.sees_the_card("evaluation_peers")
    anna.asks_all_to_write(until=anna.closing)
    expect(anna.closing).to_contain_text(" ".join(plan.split()[:20]))
    anna.seat.is_pictured("23-incident-closing")
    anna.reads_in_thread("evaluation", plan)


def outcome_in(anna: Alone) -> Locator:
    """Where what she did can be read."""
    words = anna.example.intake.fields["outcome"].in_(anna.language)[:40]
    return anna.seat.page.get_by_text(words)
