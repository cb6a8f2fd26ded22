"""Sharing without a name: in large circles, several together, and then nobody's any more."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from bot.reflection.rules import HeldBack, may_be_nameless, reason_held_back
from playground.model import Message
from playground.people import Person
from tests.clock import MONDAY
from tests.reflection.actors import (
    FIELD,
    NAMELESS,
    NAMELESSLY,
    answers,
    card,
    days_go_by,
    kept,
    next_week,
    opens,
    question_comes,
    thread,
    waits_nameless,
    writes,
)
from tests.world import World

SEVEN = ("Farah", "Gust", "Hanne", "Imran", "Joke", "Karel", "Lien")
ASKED_ALONE = "Niemand anders koos dat"
ASKED_FEWER = "De kring is nu kleiner dan twaalf"


@pytest.mark.parametrize(
    ("members", "days", "is_latest", "offered"),
    [(12, 6, True, True), (11, 6, True, False), (12, 7, True, False), (12, 1, False, False), (400, 0, True, True)],
)
def test_sharing_without_a_name_is_offered_in_large_circles_while_the_round_lasts(
    members, days, is_latest, offered
) -> None:
    now = MONDAY + timedelta(days=days)
    assert may_be_nameless(members, MONDAY, now, is_latest=is_latest) is offered


@pytest.mark.parametrize(
    ("writers", "members", "has_thread", "why"),
    [
        (2, 12, True, None),
        (12, 12, True, None),
        (1, 400, True, HeldBack.ALONE),
        (2, 11, True, HeldBack.FEWER),
        (1, 11, True, HeldBack.FEWER),
        (2, 12, False, HeldBack.GONE),
    ],
)
def test_texts_are_posted_with_those_of_others_in_a_circle_that_is_still_large(
    writers, members, has_thread, why
) -> None:
    assert reason_held_back(writers, members, has_thread=has_thread) is why


@pytest.fixture
def question(world: World) -> Message:
    """A circle of twelve is asked something."""
    world.lives_through("a circle of twelve is asked something", lambda: _asks_twelve(world))
    return card(world)


def _asks_twelve(world: World) -> None:
    for name in SEVEN:
        world.workspace.add_person(name).joins(world.circle)
    question_comes(world)


def leaves_out_the_name(world: World, person: Person, question: Message, words: str) -> None:
    answers(person, question, words, NAMELESSLY)
    world.settles()
    opens(person, question)


def asked(world: World, person: Person, why: str) -> list[Message]:
    """The private words to this person that say why."""
    there = person.messages(person.opens_dm(world.workspace.bot))
    return [one for one in there if why in person.visible_text(one)]


def everything_kept(world: World) -> str:
    engine = world.bot.services.database.engine
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return str([(name, connection.execute(text(f"SELECT * FROM {name}")).all()) for name in tables])


def test_a_small_circle_does_not_offer_it(world: World) -> None:
    page = writes(world.anna, question_comes(world), "Wij zijn met vijf.")
    assert NAMELESS not in world.anna.visible_text(page)


def test_two_texts_are_posted_together_when_the_next_question_comes_and_are_nobodys(
    world: World, question: Message
) -> None:
    page = writes(world.anna, question, "Van niemand.")
    assert "Vanaf dan weet niemand wie het schreef" in world.anna.visible_text(page)
    world.anna.presses(page, NAMELESS)
    leaves_out_the_name(world, world.bram, question, "Ook van niemand.")
    assert "Klaar om zonder naam te delen" in world.anna.visible_text(world.anna.modal)
    days_go_by(world, 6)
    assert thread(world.celine, question) == ""
    mine = everything_kept(world)
    days_go_by(world, 1)
    read = thread(world.celine, question)
    assert "> Van niemand." in read and "> Ook van niemand." in read and "@" not in read
    assert kept(world) == []
    ids = [value for value in mine.split("'") if len(value) == 24 and value not in everything_kept(world)]
    assert len(ids) >= 2, "the rows are gone"
    world.anna.presses(world.anna.modal, "Trek in")
    assert "Dit bestaat niet meer" in world.anna.visible_text(world.anna.modal)
    assert "> Van niemand." in thread(world.celine, question)


@pytest.mark.one_database
def test_until_then_its_writer_changes_it_or_keeps_it(world: World, question: Message) -> None:
    for person in (world.anna, world.bram, world.celine):
        leaves_out_the_name(world, person, question, f"Eerste woorden van {person.name}.")
    world.anna.presses(world.anna.modal, "Pas aan")
    world.anna.fills(world.anna.modal, {FIELD: "Andere woorden."})
    assert world.anna.submits().errors is None
    world.celine.presses(world.celine.modal, "Hou toch voor mezelf")
    next_week(world)
    read = thread(world.dirk, question)
    assert "> Andere woorden." in read and "Eerste woorden van Anna" not in read and "Céline" not in read
    assert kept(world) == [("kept", "Eerste woorden van Céline.")]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("choice", "then"), [("Bewaar voor mezelf", "kept"), ("Deel met mijn naam", "shared"), ("Gooi weg", "withdrawn")]
)
def test_a_text_that_is_alone_is_not_posted_and_its_writer_chooses(
    world: World, question: Message, choice: str, then: str
) -> None:
    leaves_out_the_name(world, world.anna, question, "Helemaal alleen.")
    world.anna.closes()
    next_week(world)
    assert thread(world.bram, question) == ""
    (word,) = [one for one in world.anna.messages(world.anna.opens_dm(world.workspace.bot)) if one.blocks]
    assert ASKED_ALONE in world.anna.visible_text(word) and "Helemaal alleen." not in world.anna.visible_text(word)
    world.anna.presses(word, choice)
    world.settles()
    assert [state for state, _ in kept(world)] == [then]
    assert ("@Anna deelt:" in thread(world.bram, question)) is (then == "shared")
    assert "Je keuze is bewaard" in world.anna.visible_text(world.anna.opens_dm(world.workspace.bot))


@pytest.mark.one_database
def test_two_texts_of_one_person_count_as_one(world: World, question: Message) -> None:
    for words in ("Eerst dit.", "En ook dit."):
        waits_nameless(world, world.anna, words)
    next_week(world)
    assert thread(world.bram, question) == ""
    assert len(asked(world, world.anna, ASKED_ALONE)) == 2
    assert kept(world) == [("undecided", "Eerst dit."), ("undecided", "En ook dit.")]


@pytest.mark.one_database
def test_when_only_eleven_members_are_left_each_writer_is_asked_and_nothing_is_lost(
    world: World, question: Message
) -> None:
    for person in (world.anna, world.bram):
        leaves_out_the_name(world, person, question, f"Woorden van {person.name}.")
        person.closes()
    world.finds("Lien").leaves(world.circle)
    next_week(world)
    assert thread(world.celine, question) == ""
    assert sorted(kept(world)) == [("undecided", "Woorden van Anna."), ("undecided", "Woorden van Bram.")]
    (word,) = asked(world, world.bram, ASKED_FEWER)
    world.bram.presses(word, "Bewaar voor mezelf")
    world.settles()
    assert sorted(kept(world)) == [("kept", "Woorden van Bram."), ("undecided", "Woorden van Anna.")]
    assert not any(asked(world, other, "zonder naam") for other in (world.celine, world.dirk))


@pytest.mark.one_database
def test_twelve_members_are_enough_and_one_who_comes_back_in_time_counts(world: World, question: Message) -> None:
    for person in (world.anna, world.bram):
        leaves_out_the_name(world, person, question, f"Zonder naam {person.id}.")
    lien = world.finds("Lien")
    lien.leaves(world.circle)
    days_go_by(world, 2)
    page = writes(world.celine, question, "Wij zijn even met elf.")
    assert NAMELESS not in world.celine.visible_text(page)
    lien.joins(world.circle)
    next_week(world)
    assert thread(world.celine, question).count("> Zonder naam") == 2


@pytest.mark.one_database
def test_they_are_posted_after_a_week_even_if_no_question_comes(world: World, question: Message) -> None:
    for person in (world.anna, world.bram):
        leaves_out_the_name(world, person, question, f"Zonder naam {person.id}.")
    with world.bot.services.database.writing() as session:
        session.execute(text("UPDATE circle SET next_round_at = NULL"))
    days_go_by(world, 7)
    assert thread(world.celine, question).count("> Zonder naam") == 2


@pytest.mark.one_database
def test_the_order_is_by_chance(world: World, question: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reflection.nameless._RANDOM", random.Random(4))
    people = [world.anna, world.bram, world.celine, world.dirk, world.elif_]
    for person in people:
        leaves_out_the_name(world, person, question, f"Tekst van {person.id}.")
    next_week(world)
    read = thread(world.finds("Gust"), question)
    order = sorted(people, key=lambda person: read.index(person.id))
    assert order != people and order != people[::-1]


@pytest.mark.one_database
def test_if_the_question_is_gone_each_writer_is_asked(world: World, question: Message) -> None:
    for person in (world.anna, world.bram):
        leaves_out_the_name(world, person, question, "Zonder draad.")
    world.anna.user.is_admin = True
    world.anna.deletes(question)
    next_week(world)
    assert [state for state, _ in kept(world)] == ["undecided", "undecided"]
    (word,) = asked(world, world.bram, "De vraag staat daar niet meer")
    assert "Deel met mijn naam" not in world.bram.visible_text(word)
