"""What the bot has to say reaches Slack once, in order, or waits and is told of: whatever Slack answers."""

from typing import Any

import pytest

from bot.outbox.queue import Destination
from bot.slack.client import SlackClient
from playground.inprocess import InProcessClient
from playground.model import Conversation
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()


class BreakingClient(InProcessClient):
    """A wire that can break: before Slack hears a call, or after, when its answer is on the way back."""

    breaks: str | None = None

    def _perform_urllib_http_request_internal(self, url: str, req: Any) -> dict[str, Any]:
        broken, self.breaks = self.breaks, None
        if broken == "before":
            raise ConnectionResetError("before Slack heard it")
        answer = super()._perform_urllib_http_request_internal(url, req)
        if broken == "after":
            raise ConnectionResetError("after Slack did it")
        return answer


@pytest.fixture
def wire(world: World) -> BreakingClient:
    wire = BreakingClient(world.workspace, world.workspace.bot_token)
    world.bot.outbox_worker.calls.slack = SlackClient(wire)
    return wire


def queue(world: World, *texts: str, show: str | None = None, channel: Conversation | None = None) -> None:
    """Queue texts for a channel: said, or as states of what is shown under one key."""
    place = Destination(channel=(channel or world.circle).id)
    with world.bot.services.database.writing() as session:
        for text in texts:
            if show:
                world.bot.services.outbox.upsert(session, show, {"text": text}, place)
            else:
                world.bot.services.outbox.post_once(session, text, {"text": text}, place)


def reads(world: World, channel: Conversation | None = None) -> list[str]:
    """What of that stands in the channel, from old to new."""
    texts = [message.text for message in world.anna.messages(channel or world.circle)]
    return [text for text in texts if text in {"one", "two", "three"}]


def test_what_is_said_twice_is_said_once(world: World) -> None:
    queue(world, "one")
    world.settles()
    queue(world, "one", "two")
    world.settles()
    assert reads(world) == ["one", "two"]


def test_what_is_shown_has_one_latest_state(world: World) -> None:
    queue(world, "one", "two", show="card")
    world.settles()
    assert reads(world) == ["two"]
    queue(world, "three", show="card")
    world.settles()
    assert reads(world) == ["three"]


def test_a_connection_that_breaks_before_slack_hears_costs_only_time(world: World, wire: BreakingClient) -> None:
    wire.breaks = "before"
    queue(world, "one", "two")
    world.settles()
    assert reads(world) == []
    world.passes(minutes=4)
    assert reads(world) == ["one", "two"]


def test_a_connection_that_breaks_after_slack_posted_does_not_post_twice(world: World, wire: BreakingClient) -> None:
    wire.breaks = "after"
    queue(world, "one", "two")
    world.settles()
    assert reads(world) == ["one"]
    world.passes(minutes=4)
    assert reads(world) == ["one", "two"]


def test_a_copy_that_died_while_sending_is_followed_by_one_that_looks_first(world: World, wire: BreakingClient) -> None:
    queue(world, "one")
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    world.bot.outbox_worker.calls.perform(job)
    world.stops()
    world.starts()
    world.settles()
    queue(world, "two")
    world.passes(minutes=2)
    assert reads(world) == ["one", "two"]


def test_slack_asking_to_come_back_later_keeps_the_order_and_stops_no_other_channel(world: World) -> None:
    elsewhere = world.anna.creates_channel("elders")
    world.anna.invites(elsewhere, world.workspace.bot)
    world.settles()
    world.workspace.limiter.limits = world.workspace.limiter.limits.slack()
    queue(world, "one", "two", "three")
    queue(world, "one here", channel=elsewhere)
    world.settles()
    assert reads(world) == ["one"]
    assert world.anna.sees("one here")
    for _ in range(3):
        world.passes(seconds=1)
    assert reads(world) == ["one", "two", "three"]


def test_an_archived_channel_parks_what_follows_and_a_moderator_is_told_without_content(world: World) -> None:
    world.anna.archives(world.circle)
    queue(world, "one", "two")
    world.settles()
    told = world.anna.visible_text(world.anna.opens_dm(world.workspace.bot))
    assert "is gearchiveerd" in told and "Er gaat niets verloren" in told and "one" not in told

    world.anna.unarchives(world.circle)
    world.settles()
    assert reads(world) == ["one", "two"]


def test_what_is_given_up_lets_the_rest_go(world: World) -> None:
    world.anna.archives(world.circle)
    queue(world, "one", "two")
    world.settles()
    world.bot.unfinished_jobs.drop_jobs()
    world.anna.unarchives(world.circle)
    world.settles()
    assert reads(world) == ["two"]


def test_a_token_that_slack_refuses_loses_nothing(world: World) -> None:
    good, world.workspace.bot_token = world.workspace.bot_token, "xoxb-another"
    queue(world, "one")
    world.settles()
    world.workspace.bot_token = good
    world.passes(minutes=2)
    assert reads(world) == ["one"]


def test_a_message_that_somebody_deleted_is_not_posted_again(world: World) -> None:
    queue(world, "one", show="card")
    world.settles()
    card = next(message for message in world.anna.messages(world.circle) if message.text == "one")
    with world.workspace.changing():
        world.workspace.api("chat.delete", {"channel": world.circle.id, "ts": card.ts}, world.workspace.bot_token)
    queue(world, "two", show="card")
    world.settles()
    assert reads(world) == []
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_a_thread_waits_for_its_root(world: World, wire: BreakingClient) -> None:
    wire.breaks = "before"
    with world.bot.services.database.writing() as session:
        outbox, here = world.bot.services.outbox, Destination(channel=world.circle.id)
        outbox.upsert(session, "root", {"text": "one"}, here)
        outbox.post_once(session, "reply", {"text": "two"}, Destination(under="root"))
    world.settles()
    assert reads(world) == []
    world.passes(minutes=4)
    root = next(message for message in world.anna.messages(world.circle) if message.text == "one")
    assert [message.text for message in world.anna.thread(root)] == ["one", "two"]


def test_what_was_sent_is_wiped_from_the_outbox(world: World) -> None:
    from sqlalchemy import select

    from db.models import OutboxJob

    queue(world, "one")
    world.settles()
    with world.bot.services.database.reading() as session:
        assert session.scalars(select(OutboxJob.body).where(OutboxJob.state == "sent")).all()
        assert not any(session.scalars(select(OutboxJob.body).where(OutboxJob.state == "sent")))
