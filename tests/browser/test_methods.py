"""Four methods as unlike as there are, each lived through by one person at the page. With the incident: five."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from bot.core.text import Language
from bot.library.enums import OwnerMode
from tests.browser.alone import Alone
from tests.browser.conftest import RunningDemo, running
from tests.browser.newcomer import Hand, window
from tests.chromium import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]


class Play(NamedTuple):
    """A method, what somebody wants who chooses it, the step whose reveal is pictured, and where the case goes on."""

    method: str
    wish: str
    revealed: str
    room: str = "^intervis"


# The owner is away; questions weighed, warm ones first; a conversation of two; names hidden.
PLAYS: list[tuple[Language, Play]] = [
    ("nl", Play("roddelmethode", "honest_view", "gossip")),
    ("fr", Play("tien_stappen", "real_question", "rating")),
    ("en", Play("grow_duo", "two_of_us", "goal", room="Bram")),
    ("en", Play("deep_democracy", "disagree", "search_for_no")),
]


@pytest.fixture(scope="module")
def demo_in() -> Iterator[Callable[[Language], RunningDemo]]:
    """The demo in a language, started when it is first asked for."""
    with ExitStack() as demos:
        yield cache(lambda language: demos.enter_context(running(language)))


@pytest.mark.parametrize(("language", "play"), PLAYS, ids=[play.method for _, play in PLAYS])
def test_one_person_lives_a_case_from_intake_to_closing(
    demo_in: Callable[[Language], RunningDemo], language: Language, play: Play, browser: Browser
) -> None:
    demo = demo_in(language)
    expect.set_options(timeout=60_000)
    context = browser.new_context()
    anna = Alone(window(context, demo.url, Hand(), demo.language), play.method)
    brings_and_starts(anna, play)
    for number, step in enumerate(anna.steps()):
        anna.sees_the_card(step.key)
        if number == 0:
            anna.seat.is_pictured(f"30-{play.method}-card")
        anna.lives_through(step)
        if step.owner == OwnerMode.AWAY:
            anna.is_ready_to_read(step)
        if step.key == play.revealed:
            anna.seat.is_pictured(f"30-{play.method}-reveal", thread=anna.heading(step.key))
    anna.sees_the_closing()
    anna.seat.is_pictured(f"30-{play.method}-closing")
    context.close()


def brings_and_starts(anna: Alone, play: Play) -> None:
    """The method chosen by what Anna wants; who can join, does."""
    anna.fills_in_the_intake(play.wish)
    anna.seat.is_pictured(f"30-{play.method}-intake")
    anna.brings_the_case()
    anna.asks_all_to_write()
    anna.seat.starts_case()
    anna.seat.opens_new(play.room)
