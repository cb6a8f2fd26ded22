"""A channel that the bot made is no new circle, whatever Slack says of who made it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from playground.model import ApiResponse, Json
from schedules import ticks
from tests.intervision.actors import Table
from tests.world import World

pytestmark = pytest.mark.one_database

GREETING = "Kring instellen"


@contextmanager
def slack_says_of_creators(world: World, said: Json) -> Iterator[None]:
    """`conversations.info` names no creator, or this one."""
    api = world.workspace.api

    def answered(method: str, args: Json, token: str) -> ApiResponse:
        answer = api(method, args, token)
        if method == "conversations.info" and "channel" in answer.body:
            answer.body["channel"].pop("creator", None)
            answer.body["channel"] |= said
        return answer

    world.workspace.api = answered  # type: ignore[method-assign]
    try:
        yield
    finally:
        del world.workspace.api  # type: ignore[method-assign]


@pytest.mark.parametrize("said", [{}, {"creator": None}, {"creator": ""}, {"creator": "U0SOMEBODY"}])
def test_a_case_has_no_circle_of_its_own(world: World, said: Json) -> None:
    world.sets_up()
    with slack_says_of_creators(world, said):
        table = Table(world)
        table.begins()
        world.passes(hours=13)
        ticks.reconcile_channels(world.bot, world.calendar())
        world.settles()
        assert GREETING not in world.anna.visible_text(table.room)


def test_another_channel_is_greeted_all_the_same(world: World) -> None:
    with slack_says_of_creators(world, {}):
        world.arrives()
    assert GREETING in world.anna.visible_text(world.circle)


def test_nor_has_one_of_which_nobody_knows_yet_whether_it_was_made(world: World) -> None:
    """Slack made the channel and did not answer: the bot finds itself in a channel that it does not know."""
    world.sets_up()
    with slack_says_of_creators(world, {}):
        table = Table(world)
        table.brings(world.anna)
        table.joins(world.bram, world.celine)
        with no_answer_to(world, "conversations.create"):
            world.anna.presses(table.owners_page(), "case_start_pressed")
            world.settles()
        world.passes(hours=7)
        assert GREETING not in world.anna.visible_text(table.room)


@contextmanager
def no_answer_to(world: World, silent: str) -> Iterator[None]:
    """Slack does what this method asks, and does not answer; and what it knows, it lists."""
    api = world.workspace.api

    def answered(method: str, args: Json, token: str) -> ApiResponse:
        answer = api(method, args, token)
        if method != silent:
            return answer
        world.bot.people.reconcile_channels(world.calendar() + timedelta(days=1))
        world.bot.people.look_up_due_channels(world.calendar() + timedelta(days=1))
        raise TimeoutError

    world.workspace.api = answered  # type: ignore[method-assign]
    yield
    world.workspace.api = api  # type: ignore[method-assign]
