"""Every page of the circle's questions fits Slack's limits, in each language, whatever people write."""

import pytest

from bot.core.periods import parse
from bot.library.prompts import LONGEST_PROMPT as LONGEST_QUESTION
from bot.library.reading import load_library
from bot.questions.surfaces import NAMED, STUDENTS, LibraryPlace, QuestionForm, TurnForm, WordingForm
from bot.questions.views import forms
from bot.questions.views import library_page as question_library
from bot.questions.views import page as views
from bot.questions.views import volunteering as question_turns
from bot.questions.views.library_page import LibraryQuestion, LibraryTheme
from bot.questions.views.page import OwnTurn, ProposedQuestion, QuestionsFront
from bot.questions.views.volunteering import ComingTurn
from bot.reflection.surfaces import LookingBackButton
from bot.reflection.views import round_cards
from bot.reflection.views.answers import Question
from bot.words import LANGUAGES, Speaker, Speakers
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
LONGEST_PROMPT = ["a" * LONGEST_QUESTION, "&" * LONGEST_QUESTION, "\n" * LONGEST_QUESTION, "<!channel> " * 36]


@pytest.fixture(params=LANGUAGES)
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return WORDS[request.param]


@pytest.mark.parametrize("text", LONGEST_PROMPT)
@pytest.mark.parametrize("first", [0, 10, 20])
def test_the_page_holds_many_long_proposals(speaker: Speaker, text: str, first: int) -> None:
    mine = ProposedQuestion("q" * 24, text, "Dialoog", "U0ANNA", 12, is_mine=True, is_supported=False, suggestion=text)
    others = ProposedQuestion("q" * 24, text, "Dialoog", "", 1, is_mine=False, is_supported=True)
    taken = OwnTurn(text, "&" * 3000, 1)
    page = QuestionsFront(
        1, "C01", [mine, others] * 13, 7, moderates=True, first=first, done="questions.done_proposed", mine=taken
    )
    assert check_view(views.questions_page(speaker, page)) == []
    assert check_view(views.questions_page(speaker, QuestionsFront(1, "C01", [], 3, moderates=False))) == []


@pytest.mark.parametrize("text", LONGEST_PROMPT)
def test_the_forms_and_letters_hold_the_longest_question(speaker: Speaker, text: str) -> None:
    themes = {key: name.in_(speaker.language) for key, name in load_library().themes.items()}
    form = QuestionForm(1, "1", "", text, "dialogue", (NAMED, STUDENTS))
    for language in LANGUAGES:
        assert check_view(forms.question_form(speaker, themes, form, needed=20, language=language)) == []
    assert check_view(forms.wording_form(speaker, text, WordingForm(1, "1", "q" * 24))) == []
    check_message(forms.wording_suggested_message(speaker, "q" * 24, text, text, "C01"))
    check_message(forms.wording_decided_message(speaker, "questions.done_kept"))


@pytest.mark.parametrize("text", LONGEST_PROMPT)
def test_the_card_holds_a_question_of_a_member(speaker: Speaker, text: str) -> None:
    check_message(
        round_cards.round_card(speaker, Question(text, "Dialoog", True), "1", author="U0ANNA", chooser="U0BRAM")
    )


@pytest.mark.parametrize("text", LONGEST_PROMPT)
@pytest.mark.parametrize("purpose", ["read", "take", "plan"])
def test_the_library_pages_through_as_many_questions_as_there_are(speaker: Speaker, text: str, purpose: str) -> None:
    place = LibraryPlace(1, purpose, 3, "dialogue")
    asked = [LibraryQuestion("p001", text, "Gibbs", "3 maart 2026", is_retired=number % 2 == 0) for number in range(60)]
    for first in (0, 25, 50):
        theme = LibraryTheme("Dialoog", asked, first, moderates=True)
        assert check_view(question_library.library_theme_page(speaker, theme, place)) == []
    assert (
        check_view(question_library.library_theme_page(speaker, LibraryTheme("Dialoog", [], 0, moderates=False), place))
        == []
    )
    assert check_view(question_library.library_themes_page(speaker, [("dialogue", "Dialoog", 8)] * 45, place)) == []


@pytest.mark.parametrize("text", LONGEST_PROMPT)
def test_the_season_and_the_form_of_a_turn_fit(speaker: Speaker, text: str) -> None:
    kinds = ("open", "theme", "question", "taken", "mine")
    numbers = range(1, 13)
    coming = [ComingTurn(n, n - 1, "maandag" * (n % 2), kinds[n % 5], "Dialoog", text * (n % 5 == 2)) for n in numbers]
    assert check_view(question_turns.season_page(speaker, coming, 1, moderates=True)) == []
    form = TurnForm(1, "1", "p001", text[:3000], is_named=True)
    assert check_view(question_turns.volunteer_form(speaker, text, form)) == []


@pytest.mark.parametrize("text", LONGEST_PROMPT)
def test_the_card_of_looking_back_holds_a_season_of_long_questions(speaker: Speaker, text: str) -> None:
    season = parse("2026-winter")
    listed = round_cards.looking_back_list(speaker, season, [("maandag 16 november", text)] * 14)
    question = Question(speaker.plain("looking_back.asks"), speaker.plain("looking_back.theme"))
    check_message(round_cards.round_card(speaker, question, "1", listed=listed))
    check_message(round_cards.looking_back_invitation(speaker, season, 13, LookingBackButton(1, "2026-winter")))
    check_message(round_cards.looking_back_begun(speaker, season))


def test_hundreds_of_themes_fit(speaker: Speaker) -> None:
    many = [(f"theme{number}", f"Thema {number}", number) for number in range(200)]
    page = question_library.library_themes_page(speaker, many, LibraryPlace(1))
    assert list(check_view(page)) == [] and "110" in str(page["blocks"][-1])
    named = {key: name for key, name, _ in many}
    form = forms.question_form(speaker, named, QuestionForm(1, "f" * 16), needed=3, language="nl")
    assert list(check_view(form)) == []
