"""Answering what others asked: each question whole above its field, one by one or all at once."""

import pytest

from tests.intervision.actors import Table, fields_of, shown

QUESTIONS = ("Wat deed hij toen?", "Wat zei hij toen?", "Wanneer lukte het wel?")


@pytest.fixture
def asked(table: Table) -> Table:
    """Three questions were asked; Anna answers."""
    table.lives_through(_asks_three_questions)
    return table


def _asks_three_questions(table: Table) -> None:
    table.begins()
    for person, question in zip((table.bram, table.celine, table.dirk), QUESTIONS, strict=True):
        table.writes(person, question)


def test_the_form_shows_every_question_whole(asked: Table):
    form = asked.anna.visible_text(asked.opens(asked.anna))
    assert all(question in form for question in QUESTIONS) and "Voeg er nog een toe" not in form


def test_an_answer_appears_at_once_with_its_question(asked: Table):
    asked.answers(asked.anna, {QUESTIONS[1]: "Niets."})
    thread = [asked.dirk.visible_text(message) for message in asked.dirk.thread(asked.card("Antwoorden"))]
    assert "Niets." in thread[-1]
    assert asked.reads(asked.dirk).count(QUESTIONS[1]) == 2


def test_answers_appear_in_the_order_of_the_questions(asked: Table):
    asked.answers(asked.anna, {question: f"Antwoord op {number}." for number, question in enumerate(QUESTIONS)})
    read = asked.reads(asked.bram)
    assert read.index("Antwoord op 0.") < read.index("Antwoord op 1.") < read.index("Antwoord op 2.")
    assert "Stap 3a van 5" in read


def test_what_is_answered_can_be_changed_and_what_is_posted_follows(asked: Table):
    late_at_night(asked)
    told = asked.answers(asked.anna, {QUESTIONS[0]: "Eerste antwoord."})
    assert told.startswith("Bewaard. Het staat in de draad. Je kan het wijzigen tot") and "2 antwoorden" in told
    asked.answers(asked.anna, {QUESTIONS[0]: "Beter antwoord."})
    read = asked.reads(asked.bram)
    assert "Beter antwoord." in read and "Eerste antwoord." not in read
    assert asked.answers(asked.anna, {QUESTIONS[0]: ""}).startswith("Teruggenomen. Je kan opnieuw schrijven tot")
    assert "Beter antwoord." not in asked.reads(asked.bram)


def test_the_rest_can_be_left_and_who_sent_the_form_is_done(asked: Table):
    """What the card says ("Een vraag die je liever laat liggen, sla je over") holds nobody up."""
    told = asked.answers(asked.anna, {QUESTIONS[2]: "In maart."})
    assert told == "Bewaard. Deze stap is nu rond. 2 antwoorden liet je open; dat mag."
    assert "Stap 3a van 5 · De kern benoemen" in asked.reads(asked.bram)


def test_a_form_in_which_all_is_left_open_is_not_sent(asked: Table):
    asked.opens(asked.anna)
    assert "Schrijf hier iets" in asked.sends(asked.anna) and asked.anna.modal
    asked.anna.closes(asked.anna.modal)
    assert asked.presses(asked.anna, asked.card(), "pass_pressed").startswith("Genoteerd: niets toe te voegen.")
    assert "Stap 3a van 5 · De kern benoemen" in asked.reads(asked.bram)


def late_at_night(asked: Table) -> None:
    """Nothing closes before the morning."""
    asked.world.until(asked.world.calendar().replace(hour=21, minute=30))


def test_one_answers_only_what_was_asked(asked: Table):
    form = asked.opens(asked.anna)
    form.values = {"text:about-nergens:0": {"value": {"type": "plain_text_input", "value": "Op niets."}}}
    asked.sends_again(asked.anna, form)
    form.values = {"text:new-1:0": {"value": {"type": "plain_text_input", "value": "Op niets."}}}
    asked.sends_again(asked.anna, form)
    asked.anna.closes(shown(asked.anna))
    assert "Op niets." not in asked.reads(asked.bram)


def test_answers_come_in_the_order_in_which_the_questions_stand_in_their_thread(table: Table):
    """Who goes on asking later is read together: the thread has Bram's two questions first."""
    table.begins()
    first, second, third = QUESTIONS
    table.writes(table.bram, first)
    table.writes(table.celine, second)
    card = table.card()
    table.bram.presses(card, "contribution_pressed")
    table.bram.presses(shown(table.bram), "contribution_one_more_pressed")
    form = shown(table.bram)
    new = next(name for name in fields_of(form) if name.startswith("text:new-"))
    table.bram.fills(form, {new: third})
    table.sends(table.bram)
    table.passes(table.dirk)
    asked = "\n".join(table.anna.visible_text(message) for message in table.anna.thread(card))
    assert asked.index(first) < asked.index(third) < asked.index(second)
    offered = table.anna.visible_text(table.opens(table.anna))
    assert offered.index(first) < offered.index(third) < offered.index(second)
    table.anna.closes(shown(table.anna))
    table.answers(table.anna, {question: f"Antwoord op {number}." for number, question in enumerate(QUESTIONS)})
    read = table.reads(table.bram)
    assert read.index("Antwoord op 0.") < read.index("Antwoord op 2.") < read.index("Antwoord op 1.")
