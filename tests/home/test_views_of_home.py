"""Home and its private words fit Slack's limits, in each language, however much there is to show."""

import json

import pytest

from bot.home.views import help as help_page
from bot.home.views import home as views
from bot.home.views.home import OwnCase, OwnCircle
from bot.home.views.todo import TodoItem
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
ROLES = ("owner", "facilitator", "peer", "observer")
CIRCLES = [OwnCircle("C0123456789", "maandag 16 november om 9:00", answered=str(n)) for n in range(30)]
TOLD = {"method": "Vijfstappenmethode " * 3, "step": "Stap 2a van 5 · Verkennen", "until": "morgen", "theme": "dialoog"}
KINDS = ("set_up", "write", "ready", "start", "join", "write_more", "bring")
ONE_OF_EACH = [
    TodoItem("answer", "1", "C0123456789", question="Wat " * 900),
    *(TodoItem(kind, "1", "C0123456789", TOLD) for kind in KINDS),
]
CASES = [OwnCase("Vijfstappenmethode " * 3, ROLES, "C0123456789", n % 2 == 0) for n in range(40)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("circles", [CIRCLES[:0], CIRCLES[:1], CIRCLES])
@pytest.mark.parametrize("cases", [CASES[:0], CASES])
@pytest.mark.parametrize("things", [[], ONE_OF_EACH, ONE_OF_EACH[:1] * 40])
def test_home_fits(language, circles, cases, things):
    assert check_view(views.home_view(WORDS[language], things, circles, cases, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_homes_fit(language):
    speaker = WORDS[language]

    assert check_view(views.beginner_home(speaker, [], None)) == []
    assert check_view(views.beginner_home(speaker, ONE_OF_EACH[1:2], None)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("things", [[], ONE_OF_EACH])
def test_what_is_said_in_private_fits(language, things):
    speaker = WORDS[language]

    check_message(views.answer_to_message(speaker, things))
    check_message(views.answer_to_mention(speaker, "C0123456789", things))
    for key in ("help.klankbord", "reflection.help", "case.help", "digest.help"):
        body = help_page.help_answer(speaker, key, things)
        check_message({"text": body["text"], "blocks": body["blocks"]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_are_not_shown_is_said(language):
    speaker = WORDS[language]
    home = json.dumps(views.home_view(speaker, ONE_OF_EACH * 5, CIRCLES, CASES, None), ensure_ascii=False)

    assert speaker.mrkdwn("home.more_open", n=28) in home
    assert speaker.mrkdwn("home.more_circles", n=20) in home
    assert speaker.mrkdwn("home.more_cases", n=25) in home
