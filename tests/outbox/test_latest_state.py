"""Whatever is tried again, and in whatever order: people read the latest state of a message, of a page too."""

from datetime import timedelta

import pytest

from bot.outbox.claims import ClaimedJob
from bot.slack.client import SlackClient
from playground.faults import Fault, FaultRule
from playground.inprocess import InProcessClient
from playground.model import Json
from tests.outbox.test_doubt import breaks, show
from tests.outbox.test_refused import takes_away
from tests.outbox.test_sending import queue
from tests.outbox.test_several_workers import another_copy
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()
    world.passes(minutes=5)


def changing(world: World) -> ClaimedJob:
    """A card shows "one"; its change to "two" is about to be sent when it has to be "three"."""
    show(world, "card", "one")
    world.passes(minutes=5)
    show(world, "card", "two")
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    show(world, "card", "three")
    return job


def refuses_one_change(world: World, error: str = "an_error_of_tomorrow") -> None:
    breaks(world, FaultRule(Fault.REFUSED, methods=("chat.update",), times=1, value=error))


def test_an_older_change_that_failed_is_not_shown_over_a_newer_one(world: World) -> None:
    job = changing(world)
    refuses_one_change(world)
    world.bot.outbox_worker.send_job(job)
    world.settles()
    assert world.anna.sees("three") and world.bot.unfinished_jobs.list_jobs() == []
    world.passes(minutes=5)
    assert world.anna.sees("three")


def test_an_older_change_is_not_tried_again_while_a_newer_one_is_on_its_way(world: World) -> None:
    job = changing(world)
    refuses_one_change(world)
    worker = world.bot.outbox_worker
    worker.send_job(job)
    (newer,) = worker.claim_jobs(1)
    world.bot.unfinished_jobs.retry_jobs()
    other = another_copy(world, worker.calls.slack)
    claimed = other.claim_jobs(1)
    worker.send_job(newer)
    for older in claimed:
        other.send_job(older)
    world.settles()
    assert world.anna.sees("three") and world.bot.unfinished_jobs.list_jobs() == []


def page(text: str) -> Json:
    return {"type": "home", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": text}}]}


def test_an_older_home_that_failed_is_not_shown_over_a_newer_one(world: World) -> None:
    database, outbox, worker = world.bot.services.database, world.bot.services.outbox, world.bot.outbox_worker
    with database.writing() as session:
        outbox.publish_home(session, world.bram.id, page("two"))
    (job,) = worker.claim_jobs(1)
    with database.writing() as session:
        outbox.publish_home(session, world.bram.id, page("three"))
    good, worker.calls.slack = worker.calls.slack, Mistaken(InProcessClient(world.workspace, world.workspace.bot_token))
    worker.send_job(job)
    worker.calls.slack = good
    world.settles()
    world.bot.unfinished_jobs.retry_at_start()
    world.settles()
    assert "three" in str(world.workspace.homes[world.bram.id].payload)
    assert world.bot.unfinished_jobs.list_jobs() == []


def doubles(world: World) -> None:
    """The card stands twice, and Bram replies under the copy of which the bot does not know."""
    card = next(message for message in world.anna.messages(world.circle) if message.text == "one")
    said = {"channel": world.circle.id, "text": card.text, "metadata": card.metadata}
    with world.workspace.changing():
        copy = world.workspace.api("chat.postMessage", said, world.workspace.bot_token).body["ts"]
    found = next(message for message in world.anna.messages(world.circle) if message.ts == copy)
    world.bram.says(world.circle, "Ik zie het twee keer.", thread=found)


def verifies(world: World) -> None:
    with world.bot.services.database.writing() as session:
        target = world.bot.services.outbox.find_target(session, "card")
        assert target
        target.verify_at = world.elapsed()
    assert world.bot.outbox_worker.verify_one()


def cards(world: World) -> list[str]:
    return [message.text for message in world.anna.messages(world.circle) if message.text in {"one", "two", "three"}]


def test_the_copy_that_stays_gets_what_the_other_one_showed(world: World) -> None:
    show(world, "card", "one")
    world.settles()
    doubles(world)
    show(world, "card", "two")
    world.settles()
    assert cards(world) == ["two", "one"]
    verifies(world)
    world.settles()
    assert cards(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_change_that_went_to_the_copy_that_is_deleted_goes_to_the_one_that_stays(world: World) -> None:
    show(world, "card", "one")
    world.settles()
    doubles(world)
    show(world, "card", "two")
    worker = world.bot.outbox_worker
    (job,) = worker.claim_jobs(1)
    result = worker.calls.perform(job)
    verifies(world)
    assert cards(world) == ["one"]
    perform, worker.calls.perform = worker.calls.perform, lambda job: result  # type: ignore[method-assign]
    worker.send_job(job)
    worker.calls.perform = perform  # type: ignore[method-assign]
    world.settles()
    assert cards(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def loses(world: World, how: FaultRule) -> None:
    """Slack does not show the card, and nobody knows whether somebody took it down: an operator has to say."""
    breaks(world, how)
    world.workspace.disconnect(world._sink)
    show(world, "card", "one")
    world.settles()
    world.stops()
    world.elapsed.move(timedelta(seconds=10))
    world.starts()


def lost(world: World) -> list[tuple[str, str | None]]:
    return [(job.state, job.error) for job in world.bot.unfinished_jobs.list_jobs()]


NEVER = FaultRule(Fault.NEVER_STORED, methods=("chat.postMessage",), times=1)
# Its history does not show it for an hour.
LATE = FaultRule(Fault.HISTORY_BEHIND, seconds=3600, until=3600)


@pytest.mark.parametrize("how", [NEVER, LATE], ids=["never stored", "stored"])
def test_a_new_state_of_what_may_have_been_taken_down_waits_for_the_operator_with_it(
    world: World, how: FaultRule
) -> None:
    loses(world, how)
    world.passes(minutes=30)
    show(world, "card", "two")
    world.passes(hours=4)
    show(world, "card", "three")
    world.settles()
    assert lost(world) == [("failed", "not_in_slack")] and "two" not in cards(world)
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    world.passes(minutes=10)
    assert cards(world) == ["three"] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_state_that_is_on_its_way_when_the_message_is_not_there_waits_with_it_too(world: World) -> None:
    loses(world, NEVER)
    show(world, "card", "two")
    world.settles()
    world.passes(hours=4)
    assert lost(world) == [("failed", "not_in_slack")]
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    world.passes(minutes=10)
    assert cards(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def test_what_is_taken_back_while_it_waits_for_the_operator_is_withdrawn(world: World) -> None:
    loses(world, NEVER)
    world.passes(minutes=30)
    takes_away(world, "card")
    world.passes(minutes=5)
    assert cards(world) == [] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_state_behind_a_post_that_was_in_doubt_for_a_day_is_looked_for_first(world: World) -> None:
    here = (world.circle.id,)
    breaks(
        world,
        FaultRule(Fault.RESET, methods=("chat.postMessage",), channels=here, times=1),
        FaultRule(Fault.BROKEN_BEFORE, methods=("conversations.history",)),
    )
    queue(world, "one", show="card")
    world.settles()
    queue(world, "two", show="card")
    world.elapsed.move(timedelta(hours=25))
    world.workspace.faults.stop()
    world.settles()
    world.passes(minutes=10)
    assert cards(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


class Mistaken(SlackClient):
    """A client with a mistake of our own."""

    def publish_home(self, user: str, view: Json) -> None:
        raise AssertionError("a mistake of our own")
