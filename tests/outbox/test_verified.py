"""What must stand in Slack is looked for a minute after posting; what a person took down is left alone."""

from datetime import timedelta

import pytest

from playground.faults import Fault, FaultRule
from tests.outbox.test_doubt import breaks, history_calls, show
from tests.outbox.test_sending import reads
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()
    world.passes(minutes=5)


def never_stored() -> FaultRule:
    return FaultRule(Fault.NEVER_STORED, methods=("chat.postMessage",), times=1)


def test_what_slack_said_it_posted_and_never_stored_is_posted_again_once(world: World) -> None:
    breaks(world, never_stored())
    show(world, "card", "one")
    world.settles()
    assert reads(world) == []
    world.passes(minutes=10)
    assert reads(world) == ["one"]


def test_its_latest_state_is_posted(world: World) -> None:
    breaks(world, never_stored())
    show(world, "card", "one")
    world.settles()
    world.passes(seconds=30)
    show(world, "card", "two")
    world.settles()
    world.passes(minutes=10)
    assert reads(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def test_what_is_lost_twice_is_not_posted_a_third_time(world: World, caplog: pytest.LogCaptureFixture) -> None:
    breaks(world, FaultRule(Fault.NEVER_STORED, methods=("chat.postMessage",)))
    show(world, "card", "one")
    world.settles()
    world.passes(minutes=30)
    posts = [call for call in world.workspace.calls if call.method == "chat.postMessage" and "one" in str(call.args)]
    assert len(posts) == 2 and "is not in Slack" in caplog.text


def test_all_messages_of_a_channel_are_looked_for_in_one_call(world: World) -> None:
    for number in range(5):
        show(world, f"card {number}", "one")
    world.settles()
    before = history_calls(world)
    world.passes(minutes=5)
    assert history_calls(world) == before + 1


@pytest.mark.parametrize("hears", [True, False], ids=["with an event", "without"])
def test_what_a_person_takes_down_is_not_posted_again(world: World, hears: bool) -> None:
    show(world, "card", "one")
    world.settles()
    card = next(message for message in world.anna.messages(world.circle) if message.text == "one")
    if not hears:
        world.workspace.disconnect(world._sink)
    world.anna.user.is_admin = True
    world.anna.deletes(card)
    world.settles()
    world.passes(minutes=30)
    assert reads(world) == [] and world.bot.unfinished_jobs.list_jobs() == []


def test_what_may_have_been_taken_down_while_nobody_listened_is_not_posted_again(world: World) -> None:
    breaks(world, never_stored())
    show(world, "card", "one")
    world.settles()
    world.stops()
    world.elapsed.move(timedelta(seconds=10))
    world.starts()
    world.passes(minutes=30)
    assert reads(world) == []


def test_a_history_that_is_behind_makes_no_second_copy(world: World) -> None:
    breaks(world, FaultRule(Fault.HISTORY_BEHIND, seconds=170))
    show(world, "card", "one")
    world.settles()
    world.passes(minutes=30)
    posts = [call for call in world.workspace.calls if call.method == "chat.postMessage" and "one" in str(call.args)]
    assert reads(world) == ["one"] and len(posts) == 1
