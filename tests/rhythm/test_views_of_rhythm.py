"""The page and the form of a rhythm, and what is proposed, within Slack's limits in each language."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.circles.types import CirclePointer
from bot.consent import views as proposal
from bot.consent.views import ProposalStatus
from bot.core.calendar import ClosedPeriod
from bot.rhythm.rules.closed_periods import Slip, periods_fit
from bot.rhythm.rules.icalendar import NotTaken
from bot.rhythm.rules.rhythm import Fate, PlanSlot, Rhythm, SlotOutcome
from bot.rhythm.surfaces import RhythmForm, RhythmSettings
from bot.rhythm.views import change_rhythm as rhythm_form
from bot.rhythm.views import inactive_circle as silence
from bot.rhythm.views import rhythm_page as rhythm
from bot.rhythm.views.rhythm_page import RhythmPageContent
from bot.words import LANGUAGES, Speaker, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
FIRST = date(2026, 12, 21)
MANY = tuple(
    ClosedPeriod(FIRST + timedelta(days=40 * n), FIRST + timedelta(days=40 * n + 9), "&" * 45) for n in range(42)
)
RHYTHM = Rhythm((0, 1, 2, 3, 4, 5, 6), weeks=2, closed=MANY)
AT = datetime(2026, 12, 21, 8, tzinfo=UTC)
AHEAD = (Fate.COMES, Fate.MOVED, Fate.CLOSED, Fate.SKIPPED, Fate.PAUSED)
SLOTS = tuple(PlanSlot(f"2026-W52-{n}", FIRST, AT, AT, fate) for n, fate in enumerate(AHEAD))
PAST = tuple(SlotOutcome(f"w{n}", FIRST, why, FIRST, "&" * 60) for n, why in enumerate(Fate) if why != Fate.COMES)
WHYS = ("over", "repeats", "part_of_a_day", "too_long", "cancelled", "unreadable")
SLIPS = ("unreadable", "no_such_day", "backwards", "too_long", "name", "many")


@pytest.fixture(params=LANGUAGES)
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return WORDS[request.param]


def test_there_is_as_much_as_a_circle_can_type() -> None:
    assert periods_fit(MANY) and not periods_fit(MANY + MANY)


@pytest.mark.parametrize("is_moderator", [True, False])
@pytest.mark.parametrize("holds", [True, False])
def test_the_page(speaker: Speaker, is_moderator: bool, holds: bool) -> None:
    for paused in (None, date(2027, 1, 4)):
        shown = RhythmPageContent(
            RHYTHM, SLOTS, "UTC", FIRST, PAST, holds, paused, paused is None, "morgen", is_moderator=is_moderator
        )
        for late in (True, False):
            assert check_view(rhythm.rhythm_page(speaker, replace(shown, is_after_hours=late), 1)) == []


def test_the_form_and_what_was_proposed(speaker: Speaker) -> None:
    full = replace(RhythmSettings.of(RHYTHM, "Mars/Olympus"), calendar=("&" * 3000,) * 6)
    assert check_view(rhythm_form.rhythm_form(speaker, full, RhythmForm(1))) == []
    assert check_view(rhythm_form.rhythm_form(speaker, RhythmSettings.of(RHYTHM, "UTC"), RhythmForm(1))) == []
    left = [NotTaken(4000, "&" * 200, why) for why in WHYS] * 10
    assert check_view(rhythm_form.rhythm_proposed_page(speaker, RHYTHM, "morgen", "UTC", MANY, left)) == []
    assert check_view(rhythm_form.rhythm_proposed_page(speaker, Rhythm(), "morgen")) == []
    assert len(rhythm_form.slips_text(speaker, [Slip(n, why) for n, why in enumerate(SLIPS)]).splitlines()) == 5


@pytest.mark.parametrize("state", ["open", "held", "stopped", "late", "replaced", "taken_back"])
def test_a_proposal_and_an_objection(speaker: Speaker, state: str) -> None:
    asked = ProposalStatus("p1", state, "U0ANNA", ("U0ANNA", "U0BRAM"), "morgen", was_objected=True)
    check_message(proposal.proposal_card(speaker, rhythm.rhythm_lines(speaker, RHYTHM, "UTC"), asked))
    check_message(proposal.proposal_card(speaker, [rhythm.rest_line(speaker, FIRST)], asked))
    check_message(proposal.objection_post(speaker, "p1", "U0BRAM", ["U0ANNA"], "&" * 1000))
    check_message(proposal.objection_taken_back_post(speaker, "U0BRAM"))
    assert check_view(proposal.objection_form(speaker, "p1")) == []


def test_the_lines_in_the_channel(speaker: Speaker) -> None:
    check_message(rhythm.skipped_post(speaker, SLOTS[0], comes_after_all=True))
    check_message(rhythm.skipped_post(speaker, SLOTS[0], comes_after_all=False))
    check_message(rhythm.paused_post(speaker, FIRST))
    check_message(rhythm.resumed_post(speaker, AT, "UTC"))


def test_how_a_silent_circle_is_asked(speaker: Speaker) -> None:
    check_message(silence.inactive_question(speaker, CirclePointer(1)))
    for answer in ("goes_on", "proposed"):
        check_message(silence.inactive_answered(speaker, answer))
