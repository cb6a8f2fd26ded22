"""Where people build on each other, a step ends when they fall silent: not when the last one has said a first thing."""

from typing import Any

import pytest

from bot.intervision.rules.machine import next_due_at
from bot.intervision.rules.progress import talking
from tests.intervision.rules.actors import ADVICE, CLOSING, STORY, Table, method, on, refused, started, step

TALK = step("talk", "owner peer", "recognition", reveal="immediate", window="P2D", per_person={"min": 1, "max": 3})


def in_a_talk(**more: Any) -> Table:
    """Anna, Bram, Céline and Dirk talk from Monday 10 h until Wednesday noon, unless they are done sooner."""
    return started(method(STORY, TALK | more, ADVICE, CLOSING))


def all_say_something(table: Table) -> None:
    for person in (table.anna, table.bram, table.céline, table.dirk):
        person.writes("talk", "recognition")


def test_who_speaks_last_does_not_cut_the_others_off():
    table = in_a_talk()
    all_say_something(table)
    assert table.open == ["talk"]
    table.comes("Mon", "12:00")
    table.céline.writes("talk", "recognition", id="and so")
    assert "and so" in table.posted


def test_it_ends_when_nothing_came_for_half_a_window():
    table = in_a_talk()
    all_say_something(table)
    silent = table.case.state_of("talk").closes_at
    assert silent == next_due_at(table.case) == table.closes_at("talk") == on("Tue", "11:00"), (
        "half the decent hours till then"
    )
    table.comes("Mon", "16:00")
    table.céline.writes("talk", "recognition")
    assert silent and (table.closes_at("talk") or silent) > silent, "who goes on gives the others time to answer"
    table.waits()
    assert table.open == ["advice"]


def test_the_window_is_the_last_end():
    table = in_a_talk()
    all_say_something(table)
    for day in ("Tue", "Wed"):
        table.comes(day, "10:30")
        table.céline.writes("talk", "recognition")
    assert next_due_at(table.case) == on("Wed", "12:00")
    table.comes("Wed", "12:00")
    assert table.open == ["advice"]


def test_it_ends_at_once_when_nobody_has_more_to_add():
    table = in_a_talk()
    all_say_something(table)
    for person in (table.anna, table.bram, table.céline):
        person.passes("talk")
        assert table.open == ["talk"]
    table.dirk.passes("talk")
    assert table.open == ["advice"] and len(table.wrote("talk")) == 4


def test_who_said_all_that_one_can_say_need_not_say_so():
    table = in_a_talk(per_person={"min": 1, "max": 2})
    all_say_something(table)
    all_say_something(table)
    assert table.open == ["advice"]


def test_who_had_nothing_more_may_think_of_something_yet():
    table = in_a_talk()
    all_say_something(table)
    table.bram.passes("talk")
    table.bram.writes("talk", "recognition")
    for person in (table.anna, table.céline, table.dirk):
        person.passes("talk")
    assert table.open == ["talk"], "Bram went on, and may again"


def test_where_nobody_said_anything_nothing_is_waited_for():
    table = in_a_talk()
    for person in (table.anna, table.bram, table.céline, table.dirk):
        person.passes("talk")
    assert table.open == ["advice"]


def test_asking_and_answering_side_by_side_is_talk_too():
    asking = step("asking", "peer", "clarifying_question", reveal="immediate", per_person={"min": 1, "max": 3})
    answering = step(
        "answering",
        "owner",
        "answer",
        about={"steps": ["asking"]},
        reveal="immediate",
        together_with="asking",
        window=None,
    )
    table = started(method(STORY, asking, answering, ADVICE, CLOSING))
    questions = [each.writes("asking", "clarifying_question") for each in (table.bram, table.céline, table.dirk)]
    for question in questions:
        table.anna.writes("answering", "answer", about=question)
    assert table.open == ["asking", "answering"], "an answer may raise another question"
    for person in (table.bram, table.céline, table.dirk):
        person.passes("asking")
    assert table.open == ["advice"], "there is nothing left to answer"


@pytest.mark.parametrize(
    "alone",
    [{"who": ["owner"]}, {"reveal": "simultaneous"}, {"per_person": {"min": 1, "max": 1}}],
    ids=["of one person", "read at the end", "one thing each"],
)
def test_what_is_no_talk_closes_as_soon_as_all_are_done(alone: dict[str, Any]):
    table = in_a_talk(**alone)
    assert talking(table.case) == ()
    table.anna.writes("talk", "recognition")
    if table.open == ["talk"]:
        with refused("already_wrote"):
            table.anna.passes("talk")
        for person in (table.bram, table.céline, table.dirk):
            person.writes("talk", "recognition")
    assert table.open == ["advice"]


def test_after_a_round_who_had_a_turn_may_follow_up():
    table = in_a_talk(order="turns")
    all_say_something(table)
    table.anna.writes("talk", "recognition", id="about what Dirk said")
    assert "about what Dirk said" in table.posted and table.open == ["talk"]
