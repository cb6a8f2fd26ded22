"""Home and its private words fit Slack's limits, in each language, however much there is to show."""

import json

import pytest

from bot.core.home import HomeButton, HomeRow, OwnCircle, TodoItem
from bot.home.surfaces import PrivateMessage
from bot.home.views import home as views
from bot.home.views import pages
from bot.intervision.home import MOST_CASES, own_cases_row
from bot.intervision.views.words import confirm_dialog
from bot.words import LANGUAGES, Mrkdwn, Speaker, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
BUTTONS = tuple(HomeButton("Vragen van de kring (12)", f"button_{n}", "C0123456789") for n in range(4))
LINE = Mrkdwn("<#C0123456789>: de volgende weekvraag komt op maandag 16 november om 9:00.")
CIRCLES = [OwnCircle("C0123456789", LINE, BUTTONS)] * 30
FILLED = {
    "method": "Vijfstappenmethode " * 3,
    "step": "Stap 2a van 5 · Verkennen",
    "until": "morgen",
    "theme": "dialoog",
}
KINDS = ("set_up", "write", "ready", "start", "join", "write_more", "bring")
SURE = confirm_dialog(WORDS["nl"], "start")
ONE_OF_EACH = [
    TodoItem("answer", "reflection.answer", "answer_pressed", "1", "C0123456789", question="Wat " * 900),
    *(TodoItem(kind, "case.write", "pressed", "1", "C0123456789", FILLED, confirm=SURE) for kind in KINDS),
]
ROLES = "inbrenger, gespreksleider, meedenker, observator"


def cases_rows(speaker: Speaker, count: int) -> list[HomeRow]:
    line = speaker.mrkdwn("home.case_running", method=FILLED["method"], roles=ROLES, place=Mrkdwn("<#C0123456789>"))
    return [own_cases_row(speaker, [line] * min(count, MOST_CASES), count)] if count else []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("circles", [CIRCLES[:1], CIRCLES])
@pytest.mark.parametrize("cases", [0, 40])
@pytest.mark.parametrize("things", [[], ONE_OF_EACH, ONE_OF_EACH[:1] * 40])
def test_home_and_the_pages_behind_it_fit(language, circles, cases, things):
    speaker = WORDS[language]
    assert check_view(views.home_view(speaker, things, [], circles, cases_rows(speaker, cases))) == []
    assert check_view(pages.todo_page(speaker, things)) == []
    assert check_view(pages.circles_page(speaker, circles)) == []
    assert check_view(pages.own_page(speaker, [], language)) == []


# What stays the same however much is open: the words are those of the wings.
MOST_BUTTONS = 6


@pytest.mark.parametrize("things", [[], ONE_OF_EACH, ONE_OF_EACH[:1] * 40, ONE_OF_EACH[:2], ONE_OF_EACH[:3]])
def test_home_has_six_buttons_at_most_and_one_is_primary(things):
    home = views.home_view(WORDS["nl"], things, [], CIRCLES, cases_rows(WORDS["nl"], 40))
    assert json.dumps(home).count('"type": "button"') <= MOST_BUTTONS
    assert json.dumps(home).count('"primary"') == bool(things)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_homes_fit(language):
    speaker = WORDS[language]

    assert check_view(views.beginner_home(speaker, [], [])) == []
    assert check_view(views.beginner_home(speaker, ONE_OF_EACH[1:2], [])) == []
    assert check_view(pages.todo_page(speaker, [])) == []
    assert check_view(pages.circles_page(speaker, [])) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("things", [[], ONE_OF_EACH])
def test_what_is_said_in_private_fits(language, things):
    speaker = WORDS[language]

    check_message(views.answer_to_message(speaker, things))
    check_message(views.answer_to_message(speaker, things, PrivateMessage("D1", "1.2")))
    check_message(views.answer_to_mention(speaker, "C0123456789", things))
    for key in ("help.klankbord", "reflection.help", "case.help", "digest.help"):
        body = views.help_answer(speaker, key, things)
        check_message({"text": body["text"], "blocks": body["blocks"]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_are_not_shown_is_said(language):
    speaker = WORDS[language]
    home = views.home_view(speaker, ONE_OF_EACH * 5, [], CIRCLES * 2, cases_rows(speaker, 40))
    todo, circles = pages.todo_page(speaker, ONE_OF_EACH * 5), pages.circles_page(speaker, CIRCLES * 2)

    assert speaker.plain("home.others_button", n=33) in json.dumps(home, ensure_ascii=False)
    assert " 57" in json.dumps(home)
    assert speaker.mrkdwn("home.more_cases", n=37) in json.dumps(home, ensure_ascii=False)
    assert speaker.mrkdwn("home.more_open", n=10) in json.dumps(todo, ensure_ascii=False)
    assert speaker.mrkdwn("home.more_circles", n=30) in json.dumps(circles, ensure_ascii=False)
