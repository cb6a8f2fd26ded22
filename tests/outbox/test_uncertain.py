"""Nobody knows whether Slack did it: the bot looks before it does it again, in threads and for channels too."""

import pytest

from bot.outbox.queue import Destination
from tests.outbox.test_sending import BreakingClient
from tests.world import World


@pytest.fixture
def wire(world: World) -> BreakingClient:
    wire = BreakingClient(world.workspace, world.workspace.bot_token)
    world.sets_up()
    world.bot.outbox_worker.calls.slack._client = wire
    return wire


def test_a_reply_in_doubt_stands_once_in_its_thread(world: World, wire: BreakingClient) -> None:
    outbox = world.bot.services.outbox
    with world.bot.services.database.writing() as session:
        outbox.upsert(session, "root", {"text": "root"}, Destination(channel=world.circle.id))
    world.settles()
    wire.breaks = "after"
    with world.bot.services.database.writing() as session:
        outbox.post_once(session, "reply", {"text": "reply"}, Destination(under="root"))
    world.settles()
    world.passes(minutes=1)
    root = next(message for message in world.anna.messages(world.circle) if message.text == "root")
    assert [message.text for message in world.anna.thread(root)] == ["root", "reply"]


def test_a_channel_in_doubt_is_made_once(world: World, wire: BreakingClient) -> None:
    wire.breaks = "after"
    with world.bot.services.database.writing() as session:
        world.bot.services.outbox.make_channel(session, "room", "intervisie-proef")
        world.bot.services.outbox.invite_members(session, "room-people", [world.bram.id], Destination(inside="room"))
        world.bot.services.outbox.post_once(session, "hello", {"text": "hello there"}, Destination(inside="room"))
    world.settles()
    world.passes(minutes=1)
    rooms = [channel for channel in world.bram.channels() if channel.name == "intervisie-proef"]
    assert [message.text for message in world.bram.messages(rooms[0]) if message.bot_id] == ["hello there"]
    assert len(rooms) == 1
