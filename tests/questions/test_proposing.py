"""The question belongs to the circle: a member proposes one, others say they would answer it, and it is asked."""

from copy import deepcopy

import pytest

from tests.forged_payloads import presses, submits
from tests.home.actors import behind
from tests.questions.actors import (
    NAMED,
    QUESTION,
    WOULD,
    opens,
    page,
    proposed,
    proposes,
    supports,
    until_asked,
    would_answer,
)
from tests.reflection.actors import card, next_week
from tests.world import World


@pytest.fixture
def circle(world: World) -> World:
    world.sets_up()
    return world


def test_a_question_that_enough_people_would_answer_is_asked(circle: World) -> None:
    assert "Dank je." in proposes(circle, circle.bram)
    assert QUESTION in page(circle, circle.celine) and "Willen 3 mensen" in page(circle, circle.celine)
    assert "2 mensen zouden hierop antwoorden" in would_answer(circle, circle.celine, circle.dirk)
    assert "Deze vraag komt er" in would_answer(circle, circle.elif_)
    asked = until_asked(circle)
    assert QUESTION in asked and "Dialoog" in asked
    assert "Bram" not in asked, "its author did not want to be named"
    circle.dirk.commands(circle.circle, "/overzicht")
    assert QUESTION in circle.dirk.visible_text(circle.dirk.modal)


def test_its_author_is_named_if_they_want_and_students_are_protected(circle: World) -> None:
    proposes(circle, circle.bram, QUESTION, "Studenten coachen", NAMED)
    assert "Vraag van @Bram" in page(circle, circle.dirk)
    would_answer(circle, circle.celine, circle.dirk, circle.elif_)
    asked = until_asked(circle)
    assert "Vraag van @Bram" in asked and "Hou mensen onherkenbaar" in asked


@pytest.mark.one_database
def test_members_can_take_back_their_support_and_nobody_reads_who_gave_it(circle: World) -> None:
    proposes(circle, circle.bram)
    read = would_answer(circle, circle.celine, circle.dirk)
    assert not {"Céline", "Dirk", "Bram"} & set(read.replace("@", " ").split())
    circle.dirk.presses(opens(circle, circle.dirk), "Toch niet")
    assert "Eén persoon zou hierop antwoorden" in page(circle, circle.celine)
    assert WOULD not in page(circle, circle.bram), "of one's own question it is known"


@pytest.mark.one_database
def test_the_form_shows_what_makes_a_good_one_and_sent_twice_makes_one(circle: World) -> None:
    form = opens(circle, circle.bram, "vraag")
    text = circle.bram.visible_text(form)
    assert "Een goede vraag" in text and "Minder goed:" in text
    circle.bram.fills(form, {"Jouw vraag": QUESTION, "Thema": "Dialoog"})
    sent = deepcopy(form)
    for _ in range(2):
        submits(circle, circle.bram, sent)
    assert page(circle, circle.celine).count(QUESTION) == 1


def test_words_are_changed_by_their_author_alone(circle: World) -> None:
    proposes(circle, circle.bram)
    circle.anna.presses(opens(circle, circle.anna), "Stel andere woorden voor")
    circle.anna.fills(circle.anna.modal, {"Jouw voorstel": "Welke stilte droeg je gesprek?"})
    assert circle.anna.submits().errors is None
    circle.settles()
    assert "Welke stilte droeg" not in page(circle, circle.dirk) and QUESTION in page(circle, circle.dirk)
    (letter,) = circle.bram.messages(circle.bram.opens_dm(circle.workspace.bot))
    assert "Welke stilte droeg je gesprek?" in circle.bram.visible_text(letter)
    assert "stilte" not in letter.text, "a notification shows no words"
    circle.bram.presses(letter, "Neem over")
    circle.settles()
    assert "Welke stilte droeg je gesprek?" in page(circle, circle.dirk)
    (letter,) = circle.bram.messages(circle.bram.opens_dm(circle.workspace.bot))
    assert "De nieuwe woorden staan er." in circle.bram.visible_text(letter)


@pytest.mark.one_database
def test_other_words_begin_without_support(circle: World) -> None:
    proposes(circle, circle.bram)
    would_answer(circle, circle.celine)
    circle.bram.presses(opens(circle, circle.bram), "Pas aan")
    circle.bram.fills(circle.bram.modal, {"Jouw vraag": "Wat hoorde je deze week voor het eerst?"})
    circle.bram.submits()
    circle.settles()
    read = page(circle, circle.celine)
    assert "Wat hoorde je deze week" in read and QUESTION not in read and "zouden hierop" not in read


def test_a_question_taken_back_is_gone_from_the_card_that_asked_it(circle: World) -> None:
    proposes(circle, circle.bram, QUESTION, "Dialoog", NAMED)
    would_answer(circle, circle.celine, circle.dirk, circle.elif_)
    assert QUESTION in until_asked(circle)
    mine = proposed(circle).id
    presses(circle, circle.celine, "question_withdrawn", mine)
    assert QUESTION in circle.bram.visible_text(card(circle)), "only its author takes it back"
    assert "Staat in de bibliotheek" in page(circle, circle.bram) and QUESTION not in page(circle, circle.celine)
    circle.bram.presses(opens(circle, circle.bram), "Trek in")
    circle.settles()
    left = circle.celine.visible_text(card(circle))
    assert QUESTION not in left and "Bram" not in left and "trok ze in" in left


@pytest.mark.one_database
def test_moderators_set_the_support_needed_and_questions_with_enough_are_adopted_at_once(circle: World) -> None:
    proposes(circle, circle.bram)
    would_answer(circle, circle.celine)
    assert "Hoeveel mensen" not in page(circle, circle.dirk), "that is for moderators"
    window = opens(circle, circle.dirk)
    shown = {**window.payload, "id": window.id}
    assert "De trekkers" in presses(circle, circle.dirk, "support_needed_chosen", "1", view=shown)
    circle.anna.chooses(opens(circle, circle.anna), "support_needed_chosen", "1")
    circle.settles()
    assert "Er zijn nu geen voorstellen." in page(circle, circle.dirk)


@pytest.mark.one_database
def test_words_are_sealed_and_somebody_outside_the_circle_reads_nothing(circle: World) -> None:
    proposes(circle, circle.bram)
    assert b"stilte" not in (proposed(circle).words or b"")
    farah = circle.workspace.add_person("Farah")
    circle.bot.people.look_up_person(farah.id, None, circle.calendar())
    assert "kring waar je niet in zit" in presses(circle, farah, "question_support_pressed", proposed(circle).id)


@pytest.mark.one_database
def test_home_says_how_many_are_proposed_until_the_member_decided_on_them(circle: World) -> None:
    proposes(circle, circle.bram)
    for person in (circle.bram, circle.celine):
        person.opens_home()
        circle.settles()
    assert "Mijn kring (1)" in circle.celine.visible_text(circle.celine.home)
    assert "Mijn kring (" not in circle.bram.visible_text(circle.bram.home), "one's own is known"
    assert "Vragen (1)" in behind(circle.celine, circle, "Mijn kring (1)")
    circle.celine.closes()
    would_answer(circle, circle.celine)
    assert "Mijn kring (" not in circle.celine.visible_text(circle.celine.home)


@pytest.mark.one_database
def test_home_leads_to_the_questions(circle: World) -> None:
    behind(circle.bram, circle, "Mijn kring")
    circle.bram.presses(circle.bram.modal, "questions_pressed")
    assert "Er zijn nu geen voorstellen." in circle.bram.visible_text(circle.bram.modal)
    circle.bram.presses(circle.bram.modal, "Stel een vraag voor")
    assert "Een goede vraag" in circle.bram.visible_text(circle.bram.modal)
    circle.bram.presses(circle.bram.modal, "← Vragen")
    assert "Er zijn nu geen voorstellen." in circle.bram.visible_text(circle.bram.modal)


def test_what_the_circle_adopted_comes_next_in_the_order_of_adoption(circle: World) -> None:
    first, second, third = "Wat liet je los?", "Wat bleef hangen?", "Wat deed je goed?"
    for text, theme in ((first, "Dialoog"), (second, "Dialoog"), (third, "Zelfsturing")):
        proposes(circle, circle.bram, text, theme)
        circle.passes(minutes=1)
    for text in (second, third, first):
        supports(circle, text, circle.celine, circle.dirk, circle.elif_)
        circle.passes(minutes=1)
    asked = []
    for _ in range(4):
        next_week(circle)
        asked.append(circle.bram.visible_text(card(circle)))
    assert [text for shown in asked for text in (first, second, third) if text in shown] == [second, third, first]
    assert not any(text in asked[3] for text in (first, second, third)), "then it is drawn by lot again"


def test_a_theme_that_was_planned_goes_before_what_was_adopted(circle: World) -> None:
    proposes(circle, circle.bram, QUESTION, "Dialoog")
    would_answer(circle, circle.celine, circle.dirk, circle.elif_)
    circle.anna.presses(opens(circle, circle.anna), "Wat er komt")
    circle.anna.presses(circle.anna.modal, "Plan", value="1")
    circle.anna.presses(circle.anna.modal, "theme_pressed", value="rest_and_care")
    circle.anna.presses(circle.anna.modal, "Alleen het thema")
    next_week(circle)
    assert "Rust en zorg" in circle.bram.visible_text(card(circle))
    next_week(circle)
    assert QUESTION in circle.bram.visible_text(card(circle))
