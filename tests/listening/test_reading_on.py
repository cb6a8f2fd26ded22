"""Reading that is interrupted goes on where it was: small pages, rate limits, bad cursors, ends of the process."""

from datetime import timedelta

import pytest

from playground.model import Json, Limits, Message
from tests.intervision.actors import Table
from tests.listening import test_cases
from tests.listening.clients import ReadingClient, reads_through
from tests.reflection.actors import held_up, kept
from tests.world import World

REPLIES = [f"Reactie {number}" for number in range(100)]


@pytest.fixture
def unheard(world: World, question: Message) -> Message:
    """A question with a hundred replies of which no event came."""
    with held_up(world):
        for text in REPLIES:
            world.bram.says(world.circle, text, thread=question)
    return question


def texts(world: World) -> list[str]:
    return [text for _, text in kept(world)]


def reads_again(world: World) -> None:
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()


def minutes_pass(world: World, minutes: int) -> None:
    for _ in range(minutes):
        world.passes(minutes=1)


def one_call_a_minute(world: World) -> None:
    world.workspace.limiter.limits = Limits(posts_per_second=None, calls_per_minute={"Tier3": 1})


def first_pages(client: ReadingClient) -> int:
    """How often reading began at the first page."""
    return sum("cursor" not in said and "oldest" not in said and "latest" not in said for _, said in client.asked)


def fails_at(call: int, fault: str | int):
    """The call of this number goes wrong."""
    calls: list[str] = []

    def happens(method: str, _: Json) -> str | int | None:
        calls.append(method)
        return fault if len(calls) == call else None

    return happens


def cursors_are_bad(_: str, said: Json) -> str | None:
    return "invalid_cursor" if "cursor" in said else None


def test_a_call_a_minute_gets_through_a_long_thread(world: World, unheard: Message):
    one_call_a_minute(world)
    client = reads_through(world, limit=15)
    reads_again(world)
    assert 0 < len(texts(world)) < 15, "what was read is kept at once"
    minutes_pass(world, 8)
    assert texts(world) == REPLIES and first_pages(client) == 1


def test_a_call_a_minute_gets_through_a_case_with_threads(table: Table):
    world = table.world
    with held_up(world):
        for number in range(30):
            table.bram.says(table.room, f"Los {number}")
            table.celine.says(table.room, f"Draad {number}", thread=table.card())
    one_call_a_minute(world)
    reads_through(world, limit=15)
    reads_again(world)
    minutes_pass(world, 12)
    said = {text for _, text in test_cases.kept(table)}
    assert said == {f"{kind} {number}" for kind in ("Los", "Draad") for number in range(30)}


@pytest.mark.parametrize("call", [2, 4])
@pytest.mark.parametrize("fault", ["invalid_cursor", "internal_error", "some_new_error", 502])
def test_no_reply_waits_long_because_a_page_failed(world: World, unheard: Message, fault: str | int, call: int):
    client = reads_through(world, limit=15, happens=fails_at(call, fault))
    reads_again(world)
    minutes_pass(world, 2)
    assert texts(world) == REPLIES and first_pages(client) == 1


def test_where_no_cursor_is_good_it_reads_on_from_the_last_moment(world: World, unheard: Message):
    client = reads_through(world, limit=15, happens=cursors_are_bad)
    reads_again(world)
    assert texts(world) == REPLIES and first_pages(client) == 1


def test_that_goes_for_a_channel_too(table: Table):
    with held_up(table.world):
        for number in range(40):
            table.bram.says(table.room, f"Los {number}")
    reads_through(table.world, limit=15, happens=cursors_are_bad)
    reads_again(table.world)
    assert [text for _, text in test_cases.kept(table)] == [f"Los {number}" for number in range(40)]


def test_a_new_process_reads_on(world: World, unheard: Message):
    one_call_a_minute(world)
    reads_through(world, limit=15)
    reads_again(world)
    minutes_pass(world, 2)
    so_far = len(texts(world))
    world.stops()
    world.starts()
    client = reads_through(world, limit=15)
    world.workspace.limiter.limits = Limits.none()
    world.settles()
    assert 15 < so_far < 60 and texts(world) == REPLIES
    assert "cursor" in client.asked[0][1], "it went on where it was"


def test_another_copy_reads_on_where_one_was_killed(world: World, unheard: Message):
    def is_killed(_: str, said: Json) -> None:
        if "cursor" in said:
            raise KeyboardInterrupt

    reads_through(world, limit=15, happens=is_killed)
    with pytest.raises(KeyboardInterrupt):
        reads_again(world)
    client = reads_through(world, limit=15)
    minutes_pass(world, 11)
    assert texts(world) == REPLIES and "cursor" in client.asked[0][1]


def test_what_is_missed_while_it_reads_is_read_after(table: Table):
    world = table.world
    with held_up(world):
        for number in range(40):
            table.bram.says(table.room, f"Los {number}")
    one_call_a_minute(world)
    reads_through(world, limit=15)
    reads_again(world)
    with held_up(world):
        table.celine.says(table.room, "Tijdens het lezen")
    world.calendar.move(timedelta(seconds=10))
    world.bot.catching_up.plan_all(world.calendar())
    minutes_pass(world, 15)
    assert len(test_cases.kept(table)) == 41


def test_a_glance_before_a_step_closes_does_not_disturb_it(table: Table):
    world = table.world
    with held_up(world):
        for number in range(40):
            table.bram.says(table.room, f"Los {number}")
    one_call_a_minute(world)
    reads_through(world, limit=15)
    reads_again(world)
    with held_up(world):
        table.celine.says(table.room, "Nog gauw dit")
    world.workspace.limiter.limits = Limits.none()
    world.elapsed.move(timedelta(minutes=2))
    world.bot.catching_up.read_before_step(table.case, world.calendar())
    assert "Nog gauw dit" in {text for _, text in test_cases.kept(table)}
    world.settles()
    assert len(test_cases.kept(table)) == 41
