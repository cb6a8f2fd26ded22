"""What is said beforehand of who reads a step, when and where, is what then happens."""

from dataclasses import replace
from typing import Any

import pytest

from bot.intervision.rules.case import Contribution, Pace
from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.permissions import may_read
from bot.intervision.rules.readers import (
    ReadableFrom,
    ReadWhen,
    ReadWhere,
    Visibility,
    can_pass,
    is_joint,
    read_now,
    reading_for,
    visibility,
    whose_turn,
)
from bot.library.enums import Role
from bot.library.protocol import Protocol, Step
from bot.library.reading import load_library
from tests.intervision.rules.actors import CLOSING, STORY, Person, Table, gathered, method, started, step

LIBRARY = load_library().protocols
ANNA, BRAM, CELINE, DIRK, ELIF = 1, 2, 3, 4, 5
AT_ONCE_IN_THREAD = ReadableFrom(ReadWhen.AT_ONCE, ReadWhere.THREAD)
AT_CLOSE_IN_THREAD = ReadableFrom(ReadWhen.AT_CLOSE, ReadWhere.THREAD)
WHEN_READY_IN_THREAD = ReadableFrom(ReadWhen.OWNER_READY, ReadWhere.THREAD)
ALONG_IN_FORM = ReadableFrom(ReadWhen.AT_ONCE, ReadWhere.FORM)


def thinking(**more: Any) -> dict[str, Any]:
    return step("thinking", "peer", "hypothesis", **more)


def writes_one(**more: Any) -> tuple[Table, Step]:
    """Céline wrote in a step like this; Dirk still can."""
    table = started(method(STORY, thinking(**more), CLOSING))
    table.céline.writes("thinking", "hypothesis", id="maybe")
    return table, table.case.step("thinking")


def maybe(table: Table) -> Contribution:
    found = table.case.contribution("maybe")
    assert found
    return found


def reads(table: Table, *people: int) -> list[ReadWhere | None]:
    return [read_now(table.case, person, maybe(table)) for person in people]


def closes(table: Table) -> None:
    table.bram.presses_next("thinking")


def test_what_is_shown_at_once_is_read_by_all_in_the_thread():
    table, thought = writes_one(reveal="immediate")
    assert visibility(thought) == Visibility.AT_ONCE
    assert [reading_for(table.case, thought, one) for one in (ANNA, DIRK)] == [AT_ONCE_IN_THREAD] * 2
    assert reads(table, ANNA, BRAM, DIRK) == [ReadWhere.THREAD] * 3


@pytest.mark.parametrize(
    ("reveal", "names"), [("simultaneous", "shown"), ("simultaneous", "hidden"), ("immediate", "hidden")]
)
def test_what_is_held_back_is_read_by_all_when_the_step_closes(reveal: str, names: str):
    table, thought = writes_one(reveal=reveal, names=names)
    assert visibility(thought) == Visibility.AT_CLOSE
    assert reading_for(table.case, thought, DIRK) == AT_CLOSE_IN_THREAD
    assert reads(table, ANNA, BRAM, DIRK) == [None] * 3
    closes(table)
    assert reads(table, ANNA, BRAM, DIRK) == [ReadWhere.THREAD] * 3


def test_while_the_owner_is_away_those_who_write_read_along_in_the_form_until_it_closes():
    table, gossip = writes_one(reveal="immediate", owner="away")
    assert visibility(gossip) == Visibility.ALONG
    assert reading_for(table.case, gossip, ANNA) == WHEN_READY_IN_THREAD
    assert reading_for(table.case, gossip, DIRK) == ALONG_IN_FORM
    assert reads(table, ANNA, BRAM, DIRK) == [None, ReadWhere.FORM, ReadWhere.FORM]
    closes(table)
    assert reads(table, ANNA, BRAM, DIRK) == [None] * 3
    table.anna.is_ready("thinking")
    assert reads(table, ANNA, BRAM, DIRK) == [ReadWhere.THREAD] * 3


def test_an_observer_does_not_read_along_in_a_form_that_they_cannot_open():
    review = step("review", "peer observer", "reflection")
    table = gathered(method(STORY, thinking(reveal="immediate", owner="away"), review, CLOSING))
    Person(table, ELIF).joins("observer")
    table.anna.starts()
    table.céline.writes("thinking", "hypothesis", id="maybe")
    assert reading_for(table.case, table.case.step("thinking"), ELIF) == WHEN_READY_IN_THREAD
    assert reads(table, ELIF, DIRK) == [None, ReadWhere.FORM]


@pytest.mark.parametrize(("reveal", "names"), [("simultaneous", "shown"), ("immediate", "hidden")])
def test_where_nobody_reads_along_either_all_wait_for_the_owner(reveal: str, names: str):
    table, thought = writes_one(reveal=reveal, names=names, owner="away")
    assert visibility(thought) == Visibility.OWNER_READY
    assert reading_for(table.case, thought, DIRK) == WHEN_READY_IN_THREAD
    assert reads(table, ANNA, DIRK) == [None, None] and not may_read(table.case, DIRK, maybe(table))
    closes(table)
    table.anna.is_ready("thinking")
    assert reads(table, ANNA, DIRK) == [ReadWhere.THREAD] * 2


def test_notes_for_the_owner_alone_come_to_the_owner_in_private_and_to_nobody_else():
    table, note = writes_one(reveal="owner_only")
    assert visibility(note) == Visibility.OWNER_ALONE
    assert reading_for(table.case, note, ANNA) == ReadableFrom(ReadWhen.AT_CLOSE, ReadWhere.PRIVATELY)
    assert reading_for(table.case, note, DIRK) is None
    assert reads(table, ANNA, DIRK) == [None, None]
    closes(table)
    assert reads(table, ANNA, DIRK) == [ReadWhere.PRIVATELY, None]


def test_what_stays_with_its_writer_is_read_by_nobody_else_ever():
    table, note = writes_one(reveal="private")
    assert visibility(note) == Visibility.WRITER_ALONE
    assert {reading_for(table.case, note, one) for one in (ANNA, BRAM, DIRK)} == {None}
    closes(table)
    assert reads(table, ANNA, BRAM, DIRK) == [None] * 3


def test_the_story_is_read_in_the_card_itself_and_reading_has_nothing_to_write():
    table = started(method(STORY, step("look", ""), thinking(), CLOSING))
    assert visibility(table.case.step("story")) == Visibility.STORY
    assert reading_for(table.case, table.case.step("story"), DIRK) == ReadableFrom(ReadWhen.AT_ONCE, ReadWhere.CARD)
    assert visibility(table.case.step("look")) == Visibility.NOTHING
    assert reading_for(table.case, table.case.step("look"), DIRK) is None


def test_who_left_reads_nothing():
    table, thought = writes_one(reveal="immediate")
    table.dirk.leaves()
    assert reading_for(table.case, thought, DIRK) is None and reads(table, DIRK) == [None]


def test_after_going_back_what_was_read_stays_and_what_is_new_waits_for_the_end():
    table, thought = writes_one()
    closes(table)
    table.happens(Facilitated(BRAM, "closing", FacilitatorAction.BACK))
    table.dirk.writes("thinking", "hypothesis", id="new")
    new = table.case.contribution("new")
    assert new and read_now(table.case, ANNA, new) is None
    assert reads(table, ANNA) == [ReadWhere.THREAD]
    assert reading_for(table.case, thought, ANNA) == AT_CLOSE_IN_THREAD


def test_all_who_may_write_are_asked_and_in_turns_only_the_one_whose_turn_it_is():
    table = started(method(STORY, thinking(), CLOSING))
    assert whose_turn(table.case, table.case.step("thinking")) == (BRAM, CELINE, DIRK)
    table.céline.writes("thinking", "hypothesis")
    assert whose_turn(table.case, table.case.step("thinking")) == (BRAM, CELINE, DIRK), "who wrote is not shown"
    assert whose_turn(table.case, table.case.step("closing")) == (ANNA,)
    round_ = started(method(STORY, thinking(order="turns", reveal="immediate"), CLOSING))
    assert whose_turn(round_.case, round_.case.step("thinking")) == (BRAM,)
    round_.bram.writes("thinking", "hypothesis")
    assert whose_turn(round_.case, round_.case.step("thinking")) == (CELINE,)


def test_nothing_to_add_is_an_answer_where_somebody_is_asked_and_it_is_not_the_story():
    table = started(method(STORY, step("look", ""), thinking(), CLOSING))
    assert [can_pass(table.case, one) for one in table.case.protocol.steps] == [False, False, True, True]


def test_people_who_talk_say_it_aloud():
    table = started(method(STORY, thinking(), CLOSING))
    live = replace(table.case, pace=Pace.LIVE)
    assert not any(can_pass(live, one) for one in live.protocol.steps)


def joint(protocol: Protocol, key: str) -> bool:
    return is_joint(protocol, protocol.step(key))


def test_one_message_where_one_writes_or_all_at_the_end_and_one_a_turn_where_several_react():
    five = LIBRARY["vijf_stappen"]
    talk = LIBRARY["troika"]
    assert all(joint(five, one.key) for one in five.steps)
    assert not joint(talk, "clarifying") and not joint(talk, "clarifying_answers"), "they react to each other"
    assert joint(talk, "turned"), "nothing is posted before the owner is ready"
    assert not joint(LIBRARY["balint"], "facts") and joint(LIBRARY["balint"], "facts_answers")


def test_in_every_method_each_role_that_writes_is_told_one_thing():
    for protocol in LIBRARY.values():
        for one in protocol.steps:
            assert (visibility(one) == Visibility.NOTHING) == (not one.who)
            assert Role.OWNER not in one.who or visibility(one) != Visibility.OWNER_ALONE, one.key
