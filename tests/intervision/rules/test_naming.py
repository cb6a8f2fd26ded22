"""The names of channels: people can tell their cases apart, and Slack takes each."""

import re
from datetime import date

import pytest

from bot.intervision.rules.naming import channel_name
from bot.library.reading import load_library
from bot.words import LANGUAGES

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("language", "theme", "name"),
    [
        ("nl", "Motivatie", "intervisie-motivatie-1dec"),
        ("en", "Rest and care", "intervision-rest-and-care-1dec"),
        ("fr", "Repos et bien-être", "intervision-repos-et-bien-etre-1dec"),
        ("fr", "Accompagner l'équipe, à plusieurs, dans la durée", "intervision-accompagner-l-equipe-a-1dec"),
        ("nl", "", "intervisie-1dec"),
    ],
)
def test_a_channel_is_named_after_theme_and_day(language, theme, name):
    assert channel_name(language, theme, DAY, (), "36b2a1c9e07d4f11") == name


def test_never_after_another_case():
    taken = {"intervisie-motivatie-1dec"}
    assert channel_name("nl", "Motivatie", DAY, taken, "36b2a1c9e07d4f11") == "intervisie-motivatie-1dec-36b2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_it_for_every_theme_on_every_day(language):
    for theme in load_library().themes.values():
        for month in range(1, 13):
            name = channel_name(language, theme.in_(language), date(2027, month, 28), (), "x")
            assert re.fullmatch(r"[a-z0-9-]{1,80}", name) and "--" not in name
