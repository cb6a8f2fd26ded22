"""What people see of a series fits Slack's limits, in each language."""

import pytest

from bot.intervision.views import (
    closing as case_closing,
)
from bot.intervision.views import (
    intake as case_intake,
)
from bot.intervision.views import (
    invitation as case_invitation,
)
from bot.intervision.views import (
    my_cases as case_mine,
)
from bot.intervision.views import (
    opening as case_opening,
)
from bot.intervision.views import (
    series as case_series,
)
from bot.library.pages import protocol_summary
from bot.library.reading import load_library
from bot.words import LANGUAGES, Mrkdwn, Speakers
from playground.blocks import check_message, check_view
from tests.intervision.rules.actors import method

WORDS = Speakers.load()
PROTOCOL = load_library().protocols["vijf_stappen"]
LONG = "&<!channel> regel\n" * 700
PEOPLE = [f"U0{number:08}" for number in range(8)]
ID = "0123456789abcdef"

everywhere = pytest.mark.parametrize("language", LANGUAGES)


@everywhere
@pytest.mark.parametrize("at_once", [1, 3])
def test_asking_and_inviting_fits(language, at_once):
    speaker = WORDS[language]
    form = case_intake.story_form(
        speaker,
        case_intake.IntakeMethod("1", [case_intake.StoryBox("story", "Uitdaging")], at_once=at_once),
        case_intake.Written(),
        in_series=True,
        contact="x" * 300,
        chosen_language=None,
        pointers={"form": ID},
    )
    assert check_view(form) == [] and check_view(case_series.series_joined(speaker, ID)) == []
    for state in ("inviting", "running", "closed", "stopped"):
        told = case_invitation.CaseInvitation(
            ID, state, "M" * 90, "T", [], 5, 4, "26/11", "8/12", False, False, at_once=at_once
        )
        check_message(case_invitation.invitation_card(speaker, told))
    page = case_invitation.OwnersPage(ID, "waiting", "<T>" * 40, [], None, 0, False, None)
    check_message(case_invitation.owners_page(speaker, page))


@everywhere
def test_the_channel_of_a_series_fits_and_nothing_is_cut(language):
    speaker = WORDS[language]
    names = [Mrkdwn(f"Iemand {number}") for number in range(8)]
    told = case_opening.Opening(ID, "T" * 120, LONG[:3000], LONG, names[0], None, names[1:], "Methode", "x" * 300)
    back = case_series.series_given_back(speaker, "T" * 120, LONG[:3000], LONG)
    for post in (
        *case_opening.series_opening_post(speaker, told),
        *case_opening.series_turn_post(speaker, told),
        *back,
    ):
        check_message(post)
    for posts in (case_opening.series_turn_post(speaker, told), back):
        assert str(posts).count("&amp;&lt;!channel&gt;") >= 700 and "<!channel>" not in str(posts)
    assert LONG[:20] not in str(case_opening.series_opening_post(speaker, told))
    closing = case_closing.Closing(ID, Mrkdwn("Anna"), None, [], "maandag", in_series=True)
    check_message(case_closing.closing_card(speaker, closing))


@everywhere
def test_ones_own_cases_in_a_series_fit(language):
    mine = case_mine.MyCase(ID, "T", "M", "T", ["owner"], "waiting", None, True, False, True, in_series=True)
    assert check_view(case_mine.my_cases_page(WORDS[language], [mine])) == []


def test_a_method_that_is_a_series_says_so_on_its_page():
    assert "brengt een vraag; hoogstens 2 tegelijk" in protocol_summary(method(series={"at_once": 2}), "nl")
    assert "brengt een vraag" not in protocol_summary(PROTOCOL, "nl")
