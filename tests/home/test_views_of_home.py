"""Home and its private words fit Slack's limits, in each language, however much there is to show."""

import json

import pytest

from bot.views import home as views
from bot.views.home import OwnCase, OwnCircle
from bot.words import LANGUAGES, Words
from playground.blocks import check_message, check_view

WORDS = Words.load()
ROLES = ("owner", "facilitator", "peer", "observer")
CIRCLES = [OwnCircle("C0123456789", "maandag 16 november om 9:00", str(n), "Wat " * 900) for n in range(30)]
CASES = [OwnCase("Vijfstappenmethode " * 3, ROLES, "C0123456789", n % 2 == 0) for n in range(40)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("circles", [CIRCLES[:0], CIRCLES[:1], CIRCLES])
@pytest.mark.parametrize("cases", [CASES[:0], CASES])
def test_home_fits(language, circles, cases):
    assert check_view(views.home(WORDS[language], circles, cases, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_homes_fit(language):
    say = WORDS[language]

    assert check_view(views.beginning(say, None)) == []
    assert check_view(views.visitor(say)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("circles", [CIRCLES[:0], CIRCLES])
def test_what_is_said_in_private_fits(language, circles):
    say = WORDS[language]

    check_message(views.answer(say, circles, CASES))
    check_message(views.called(say, "C0123456789"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_are_not_shown_is_said(language):
    say = WORDS[language]
    home = json.dumps(views.home(say, CIRCLES, CASES, None), ensure_ascii=False)

    assert say.mrkdwn("home.more_circles", n=20) in home
    assert say.mrkdwn("home.more_cases", n=25) in home
