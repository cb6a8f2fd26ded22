"""Channels that are deleted, or closed to the bot, and an app that is taken away: silence, and nothing lost."""

import logging

import pytest

from tests.world import World


@pytest.fixture
def private(world: World) -> World:
    """The circle lives in a private channel."""
    world.circle = world.anna.creates_channel("besloten-kring", private=True)
    world.sets_up()
    world.passes(minutes=5)
    return world


def is_left_in_peace(world: World) -> bool:
    """A week and a day later nothing was tried there but asking whether it is back, and nothing waits.

    Slack is asked for all our channels as often as always: every six hours, and once because this one is lost.
    """
    before = len(world.workspace.calls)
    world.passes(days=8)
    calls = world.workspace.calls[before:]
    tried = [call.method for call in calls if call.args.get("channel") == world.circle.id]
    assert sum(call.method == "users.conversations" for call in calls) <= 8 * 4 + 1
    return {*tried} <= {"conversations.info"} and world.bot.unfinished_jobs.list_jobs() == []


def test_a_public_channel_that_is_deleted(world: World):
    world.sets_up()
    world.passes(minutes=5)
    world.anna.deletes_channel(world.circle)
    world.settles()
    assert is_left_in_peace(world)


def test_a_private_channel_that_is_deleted(private: World):
    private.anna.deletes_channel(private.circle)
    private.settles()
    assert is_left_in_peace(private)


def test_a_private_channel_that_sends_the_bot_away(private: World):
    private.anna.kicks(private.circle, private.workspace.bot)
    private.settles()
    assert is_left_in_peace(private)


def test_an_app_that_is_taken_away_says_everything_once_it_is_back(world: World, caplog: pytest.LogCaptureFixture):
    world.sets_up()
    token = world.workspace.bot_token
    with caplog.at_level(logging.ERROR):
        world.workspace.uninstalls()
        world.passes(days=7)
    assert "install the app again" in caplog.text
    question = world.anna.visible_text(world.circle).count("Weekvraag")
    world.workspace.bot_token = token
    world.passes(minutes=2)
    assert (question, world.anna.visible_text(world.circle).count("Weekvraag")) == (0, 1)
