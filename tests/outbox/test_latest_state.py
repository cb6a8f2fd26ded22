"""Whatever is tried again, and in whatever order: people read the latest state of a message, of a page too."""

import pytest

from bot.outbox.claims import ClaimedJob
from bot.slack.client import SlackClient
from playground.faults import Fault, FaultRule
from playground.inprocess import InProcessClient
from playground.model import Json
from tests.outbox.test_doubt import breaks, show
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


class Mistaken(SlackClient):
    """A client with a mistake of our own."""

    def publish_home(self, user: str, view: Json) -> None:
        raise AssertionError("a mistake of our own")
