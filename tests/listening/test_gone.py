"""What is not there when we read: gone only when two readings lack it, and a thread only hours apart."""

from datetime import timedelta

import pytest

from playground.model import Json, Message
from tests.intervision.actors import Table
from tests.listening import test_cases
from tests.listening.clients import ReadingClient, reads_through
from tests.listening.conftest import away
from tests.reflection.actors import kept
from tests.world import World


@pytest.fixture
def reply(world: World, question: Message) -> Message:
    """Bram answered, a while ago."""
    reply = world.bram.says(world.circle, "Blijft staan", thread=question)
    world.passes(minutes=5)
    return reply


def reads_again(world: World) -> None:
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()


@pytest.fixture
def client(world: World, reply: Message) -> ReadingClient:
    """Slack's history does not show that reply, though it is there."""
    client = reads_through(world)
    client.hidden.add(reply.ts)
    return client


def test_what_one_reading_lacks_is_kept(world: World, client: ReadingClient):
    for _ in range(3):
        reads_again(world)
    client.hidden.clear()
    world.passes(days=1)
    assert kept(world) == [("shared", "Blijft staan")]


def test_what_a_second_reading_lacks_too_is_gone(world: World, client: ReadingClient):
    reads_again(world)
    world.passes(minutes=9)
    assert kept(world) == [("shared", "Blijft staan")]
    world.passes(minutes=2)
    assert kept(world) == [("gone", "")]


def test_two_readings_that_lack_it_are_to_follow_each_other(world: World, client: ReadingClient, reply: Message):
    reads_again(world)
    client.hidden.clear()
    world.passes(minutes=15)
    client.hidden.add(reply.ts)
    world.passes(hours=5, minutes=50)
    reads_again(world)
    assert kept(world) == [("shared", "Blijft staan")]


@pytest.mark.parametrize("answer", ["thread_not_found", "channel_not_found", "not_in_channel", "some_new_error"])
def test_a_thread_that_is_missing_for_an_hour_costs_nobody_a_word(
    world: World, question: Message, reply: Message, answer: str
):
    missing = [answer]
    reads_through(world, happens=lambda _, __: missing[0] if missing else None)
    reads_again(world)
    world.passes(hours=1)
    reads_again(world)
    missing.clear()
    world.passes(days=1)
    assert kept(world) == [("shared", "Blijft staan")]


@pytest.mark.parametrize("answer", ["channel_not_found", "not_in_channel", "missing_scope", 404])
def test_a_place_that_slack_does_not_show_us_is_not_taken_for_gone(
    world: World, question: Message, reply: Message, answer: str | int
):
    reads_through(world, happens=lambda _, __: answer)
    reads_again(world)
    world.passes(days=2)
    assert kept(world) == [("shared", "Blijft staan")]


def test_a_thread_that_is_missing_hours_later_too_is_gone(world: World, question: Message, reply: Message):
    reads_through(world, happens=lambda _, __: "thread_not_found")
    reads_again(world)
    world.passes(hours=1, minutes=59)
    assert kept(world) == [("shared", "Blijft staan")]
    world.passes(minutes=2)
    assert kept(world) == [("gone", "")]


def test_so_is_one_without_its_first_message(world: World, question: Message, client: ReadingClient):
    client.hidden.add(question.ts)
    reads_again(world)
    world.passes(minutes=30)
    assert kept(world) == [("shared", "Blijft staan")]
    world.passes(hours=2)
    assert kept(world) == [("gone", "")]


def test_a_tombstone_is_believed_at_once(table: Table):
    said = table.bram.says(table.room, "Weg ermee")
    table.celine.says(table.room, "Waarom?", thread=said)
    table.world.settles()
    with away(table.world):
        table.bram.deletes(said)
    assert test_cases.kept(table) == [(None, ""), (None, "Waarom?")]


def test_what_comes_while_a_long_reading_lasts_is_not_taken_for_deleted(world: World, question: Message):
    calls: list[str] = []

    def only_first_pages(_: str, said: Json) -> str | None:
        calls.append(said.get("cursor", ""))
        return "internal_error" if "cursor" in said and len(calls) < 3 else None

    for number in range(20):
        world.bram.says(world.circle, f"Reactie {number}", thread=question)
    world.passes(minutes=5)
    reads_through(world, limit=15, happens=only_first_pages)
    reads_again(world)
    for number in range(5):
        world.celine.says(world.circle, f"Intussen {number}", thread=question)
    world.calendar.move(timedelta(minutes=40))
    world.settles()
    world.passes(hours=8)
    assert len(kept(world)) == 25 and {state for state, _ in kept(world)} == {"shared"}


def test_what_is_on_a_page_that_never_came_is_not_taken_for_deleted(world: World, question: Message):
    for number in range(40):
        world.bram.says(world.circle, f"Reactie {number}", thread=question)
    world.passes(minutes=5)
    reads_through(world, limit=15, happens=lambda _, said: 502 if "cursor" in said else None)
    reads_again(world)
    world.passes(days=1)
    assert len(kept(world)) == 40 and {state for state, _ in kept(world)} == {"shared"}
