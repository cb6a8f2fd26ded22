"""What an operator drops is what the operator named; what else cannot be done then is said, each job once."""

import pytest
from sqlalchemy import update

from bot.outbox.queue import Destination
from db.models import OutboxJob
from playground.faults import Fault, FaultRule
from tests.outbox.clients import refuse_method, send_through
from tests.outbox.test_doubt import breaks
from tests.outbox.test_sending import queue, reads
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()


def numbers(world: World) -> list[int]:
    return [job.number for job in world.bot.unfinished_jobs.list_jobs()]


def replies(world: World) -> None:
    with world.bot.services.database.writing() as session:
        world.bot.services.outbox.post_once(session, "reply", {"text": "three"}, Destination(under="card"))


def refused_with_a_newer_state(world: World) -> None:
    """Slack refuses to post "one"; meanwhile the same message has to read "two", and has a reply."""
    queue(world, "one", show="card")
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    queue(world, "two", show="card")
    replies(world)
    refuse_method(world, "chat.postMessage", "restricted_action")
    world.bot.outbox_worker.send_job(job)
    send_through(world, lambda *_: None)


def test_a_newer_state_behind_a_first_post_that_is_dropped_is_posted(world: World) -> None:
    refused_with_a_newer_state(world)
    assert world.bot.unfinished_jobs.drop_jobs(numbers(world)[0]) == (1, 0)
    world.settles()
    (card,) = [message for message in world.anna.messages(world.circle) if message.text == "two"]
    assert [message.text for message in world.anna.thread(card)] == ["two", "three"]


def test_a_newer_state_that_is_dropped_leaves_the_first_post(world: World) -> None:
    refused_with_a_newer_state(world)
    assert world.bot.unfinished_jobs.drop_jobs(numbers(world)[1]) == (1, 0)
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    assert "one" in reads(world) and numbers(world) == []


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.RESET_BEFORE], ids=["posted", "not posted"])
def test_a_newer_state_behind_a_dropped_post_in_doubt_stands_once(world: World, fault: Fault) -> None:
    breaks(world, FaultRule(fault, methods=("chat.postMessage",), channels=(world.circle.id,), times=1))
    queue(world, "one", show="card")
    world.settles()
    queue(world, "two", show="card")
    assert world.bot.unfinished_jobs.drop_jobs(numbers(world)[0]) == (1, 0)
    world.settles()
    world.passes(minutes=10)
    assert reads(world) == ["two"] and numbers(world) == []


def test_each_dropped_job_is_counted_once(world: World) -> None:
    queue(world, "one", show="card")
    replies(world)
    with world.bot.services.database.writing() as session:
        session.execute(update(OutboxJob).where(OutboxJob.state == "waiting").values(state="failed"))
    assert world.bot.unfinished_jobs.drop_jobs() == (2, 0) and numbers(world) == []


def takes_back(world: World) -> None:
    with world.bot.services.database.writing() as session:
        card = world.bot.services.outbox.find_target(session, "card")
        assert card
        world.bot.services.outbox.delete_message(session, card)


@pytest.mark.parametrize("fault", [Fault.RESTRICTED_ACTION, Fault.LIMITED, Fault.RESET_BEFORE])
def test_answers_to_a_message_that_is_taken_back_while_it_is_sent_wait_for_nothing(world: World, fault: Fault) -> None:
    queue(world, "one", show="card")
    replies(world)
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    takes_back(world)
    breaks(world, FaultRule(fault, methods=("chat.postMessage",), channels=(world.circle.id,), times=1))
    world.bot.outbox_worker.send_job(job)
    world.settles()
    world.passes(minutes=10)
    assert reads(world) == [] and numbers(world) == []


def test_answers_to_a_message_that_is_taken_back_while_it_is_posted_go_with_it(world: World) -> None:
    queue(world, "one", show="card")
    replies(world)
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    takes_back(world)
    world.bot.outbox_worker.send_job(job)
    world.settles()
    world.passes(hours=5)
    assert reads(world) == [] and numbers(world) == []
