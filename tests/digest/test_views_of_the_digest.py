"""The page and the message fit Slack's limits, in each language, however long the period and its questions."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core import periods
from bot.core.periods import parse, period_name
from bot.core.text import Text
from bot.digest.rules import AskedPrompt
from bot.digest.views import page as views
from bot.words import LANGUAGES
from playground.blocks import check_message, check_view
from tests.digest.test_report import EMPTY, FULL, METHOD, WORDS

LONG = Text(nl="Wat? " * 100, en="What? " * 100, fr="Quoi ? " * 100)
THEMES = [Text(nl=f"Thema {n}", en=f"Theme {n}", fr=f"Thème {n}") for n in range(12)]
A_YEAR = replace(
    FULL,
    period=parse("2026-2027"),
    asked=tuple(AskedPrompt(date(2026, 9, 7) + timedelta(weeks=n), LONG, THEMES[n % 12], 7) for n in range(53)),
    methods=(METHOD,) * 24,
)
CHOICES = periods.recent(date(2026, 11, 22), date(2020, 1, 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digest", [EMPTY, FULL, A_YEAR])
@pytest.mark.parametrize("may_share", [True, False])
def test_the_page_fits(language, digest, may_share):
    view = views.digest_page(
        WORDS[language], digest, [digest.period, *CHOICES], place="C0123456789", may_share=may_share, is_shared=False
    )

    assert check_view(view) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digest", [EMPTY, FULL, A_YEAR])
def test_the_message_fits_and_shows_the_latest_questions_and_how_many_came_before(language, digest):
    message = views.digest_message(WORDS[language], digest)

    check_message(message)
    shown = json.dumps(message, ensure_ascii=False)
    assert len(shown) < 13_000
    if digest is not A_YEAR:
        assert shown.count(LONG.in_(language)) == sum(asked.question is LONG for asked in digest.asked)
    else:
        assert any(WORDS[language].mrkdwn("digest.earlier", n=n) in shown for n in range(1, 52))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_notification_shows_names_the_period_and_nothing_else(language):
    text = views.digest_message(WORDS[language], FULL)["text"]

    assert "2026" in text and "12" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_period_has_a_name_of_its_own(language):
    names = [period_name(WORDS[language], period) for period in CHOICES]

    assert len(set(names)) == len(names)


def test_text_that_looks_like_a_mention_pings_nobody():
    loud = Text(nl="<!channel> & <@U0ANNA>", en="<!here>", fr="<!everyone>")
    digest = replace(FULL, asked=(AskedPrompt(date(2026, 11, 9), loud, loud, 7),), methods=(loud,))

    for speaker in (WORDS[language] for language in LANGUAGES):
        assert "<!" not in str(views.digest_message(speaker, digest)["blocks"])
        assert "<@" not in str(views.digest_message(speaker, digest)["blocks"])
