"""A refusal holds up what it is about and nothing else, and it goes on by itself once it is mended."""

import pytest

from playground.faults import Fault, FaultRule
from tests.outbox.test_doubt import breaks, show, states
from tests.outbox.test_retry_and_drop import told
from tests.outbox.test_sending import queue, reads
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()
    world.passes(minutes=5)


def test_a_missing_scope_holds_up_that_method_alone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    show(world, "card", "one")
    world.passes(minutes=5)
    breaks(world, FaultRule(Fault.MISSING_SCOPE, methods=("chat.update",), value="chat:write"))
    show(world, "card", "changed")
    queue(world, "two", "three")
    world.settles()
    assert reads(world) == ["one", "two", "three"], "posting goes on"
    (job,) = world.bot.unfinished_jobs.list_jobs()
    assert (job.state, job.error, job.method, job.scope) == ("waiting", "missing_scope", "chat.update", "chat:write")
    assert caplog.text.count("chat:write is missing") == 1
    world.passes(minutes=10)
    assert caplog.text.count("chat:write is missing") == 1, "once, and not each time"
    world.workspace.faults.stop()
    world.passes(minutes=1)
    assert world.anna.sees("changed") and world.bot.unfinished_jobs.list_jobs() == []


def test_of_a_scope_for_searching_only_what_is_in_doubt_waits(world: World) -> None:
    breaks(
        world,
        FaultRule(Fault.RESET_BEFORE, methods=("chat.postMessage",), times=1),
        FaultRule(Fault.MISSING_SCOPE, methods=("conversations.history",), value="channels:history"),
    )
    queue(world, "one")
    world.settles()
    world.passes(seconds=30)
    elsewhere = world.anna.creates_channel("elders")
    world.anna.invites(elsewhere, world.workspace.bot)
    queue(world, "here", channel=elsewhere)
    world.settles()
    assert world.anna.sees("here") and reads(world) == []
    world.workspace.faults.stop()
    world.passes(minutes=5)
    assert reads(world) == ["one"]


@pytest.mark.parametrize("fault", [Fault.INVALID_AUTH, Fault.TOKEN_REVOKED])
def test_a_dead_token_pauses_all_and_loses_nothing(world: World, fault: Fault) -> None:
    breaks(world, FaultRule(fault))
    queue(world, "one", "two")
    world.settles()
    tried = len(world.workspace.calls)
    world.passes(seconds=40)
    assert len([call for call in world.workspace.calls[tried:] if call.method == "chat.postMessage"]) == 0
    world.workspace.faults.stop()
    world.passes(minutes=1)
    assert reads(world) == ["one", "two"]


def test_a_refusal_of_an_unknown_name_is_told_and_tried_again(world: World) -> None:
    here = (world.circle.id,)
    breaks(world, FaultRule(Fault.REFUSED, methods=("chat.postMessage",), channels=here, value="an_error_of_tomorrow"))
    queue(world, "one", "two")
    world.settles()
    assert states(world) == ["failed", "waiting"] and "an_error_of_tomorrow" in told(world)
    world.workspace.faults.stop()
    world.passes(minutes=1)
    assert reads(world) == ["one", "two"]


def test_what_failed_is_told_once_however_often_it_is_tried(world: World) -> None:
    here = (world.circle.id,)
    breaks(world, FaultRule(Fault.REFUSED, methods=("chat.postMessage",), channels=here, value="an_error_of_tomorrow"))
    queue(world, "one")
    for _ in range(20):
        world.settles()
        world.passes(minutes=1)
    assert told(world).count("an_error_of_tomorrow") == 1
