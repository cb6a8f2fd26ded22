"""Every view of the weekly question within Slack's limits, in each language, whatever people write."""

from dataclasses import replace

import pytest

from bot.core.parts import MOST_FIELDS
from bot.library.reading import load_library
from bot.reflection.rules import HeldBack
from bot.reflection.surfaces import KEPT, NAMELESS, SENT, SHARED, AnswerForm, ColleagueForm
from bot.reflection.views import answers as reflection
from bot.reflection.views import round_cards, thread
from bot.reflection.views.answers import AnswerFormOptions, AnswersPage, OwnAnswer, Question
from bot.words import LANGUAGES, Speaker, Speakers
from bot.words.escaping import channel_link, unescape
from playground.blocks import check_message, check_view

WORDS = Speakers.load()
LIBRARY = load_library()
ALL = AnswerFormOptions(readers=(KEPT, SHARED, SENT, NAMELESS))
LONGEST = ["a" * 3000, "&" * 3000, "\n" * 3000, "<!channel> " * 270]


@pytest.fixture(params=LANGUAGES)
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return WORDS[request.param]


def questions(speaker: Speaker) -> list[Question]:
    return [
        Question(p.text.in_(speaker.language), LIBRARY.themes[p.theme].in_(speaker.language)) for p in LIBRARY.prompts
    ]


def test_every_question_is_on_its_card_whole(speaker: Speaker) -> None:
    for question in questions(speaker):
        card = round_cards.round_card(speaker, question, "1")
        check_message(card)
        large = [block["text"]["text"].strip("*") for block in card["blocks"] if block["type"] in ("header", "section")]
        assert " ".join(large) == question.text


@pytest.mark.parametrize("text", LONGEST)
def test_the_form_holds_the_longest_texts(speaker: Speaker, text: str) -> None:
    form = reflection.answer_form(
        speaker, questions(speaker)[0], AnswerForm(1, "f" * 16, texts=[text] * MOST_FIELDS, readers=SENT), ALL
    )
    assert list(check_view(form)) == []


def test_a_member_who_chose_a_language_is_not_asked_again(speaker: Speaker) -> None:
    asked = reflection.answer_form(speaker, questions(speaker)[0], AnswerForm(1, "f" * 16), ALL)
    known = reflection.answer_form(speaker, questions(speaker)[0], AnswerForm(1, "f" * 16), replace(ALL, language="en"))
    assert "my_language" in str(asked) and "my_language" not in str(known)


@pytest.mark.parametrize("state", ["draft", "undecided", "kept", "sent", "nameless", "shared"])
@pytest.mark.parametrize("text", LONGEST)
def test_the_page_shows_the_longest_texts(speaker: Speaker, state: str, text: str) -> None:
    answer = OwnAnswer("r1", text * 4, state, "U0BRAM" if state == "sent" else "")
    assert (
        list(check_view(reflection.answers_page(speaker, questions(speaker)[0], AnswersPage([answer], nameless=True))))
        == []
    )
    assert list(check_view(reflection.answer_withdrawn_page(speaker))) == []


def test_the_form_for_a_colleague_and_the_notice_about_an_answer_that_is_not_posted(speaker: Speaker) -> None:
    assert list(check_view(reflection.choose_colleague_form(speaker, ColleagueForm("r1")))) == []
    for why in HeldBack:
        check_message(thread.given_back_post(speaker, why, "r1", channel_link("C01")))
    check_message(thread.given_back_chosen(speaker))


@pytest.mark.parametrize("text", LONGEST)
def test_what_is_sent_or_has_no_name_is_shown_whole(speaker: Speaker, text: str) -> None:
    question = questions(speaker)[0].text
    for posts in (thread.sent_posts(speaker, "U0ANNA", question, text), thread.nameless_posts(speaker, text)):
        shown = ""
        for post in posts:
            check_message(post)
            _, *quoted = (block["text"]["text"] for block in post["blocks"] if block["type"] == "section")
            shown += "".join(piece[2:].replace("\n> ", "\n") for piece in quoted)
        assert unescape(shown) == text


@pytest.mark.parametrize("text", LONGEST)
def test_what_is_shared_is_posted_whole(speaker: Speaker, text: str) -> None:
    posts = thread.shared_posts(speaker, "U0ANNA", text)
    shown = ""
    for post in posts:
        check_message(post)
        quoted = [block["text"]["text"] for block in post["blocks"][1:]]
        shown += "".join(piece[2:].replace("\n> ", "\n") for piece in quoted)
        assert text[:9] not in post["text"]
        assert sum(map(len, quoted)) <= 9000
    assert unescape(shown) == text


def test_the_notices_about_replies(speaker: Speaker) -> None:
    for view in (thread.first_reply_post, thread.opted_out_post):
        check_message(view(speaker, "1", channel_link("C01")))
