"""What cannot go out for a while, or not at all: it blocks nobody, is not lost, and is not said twice."""

from threading import Thread

import pytest
from sqlalchemy import update

from bot.outbox.queue import Destination
from bot.slack.client import Json, SlackClient
from bot.slack.errors import SlackRefused
from db.models import OutboxJob
from playground.inprocess import InProcessClient
from tests.outbox.test_sending import BreakingClient, queue, reads
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()


class Recording(SlackClient):
    """Notes what is posted."""

    def __init__(self, world: World, posted: list[str]) -> None:
        super().__init__(InProcessClient(world.workspace, world.workspace.bot_token))
        self._posted = posted

    def post_message(self, channel: str, body: Json, *, thread: str | None, marker: str) -> tuple[str, str]:
        self._posted.append(body["text"])
        return super().post_message(channel, body, thread=thread, marker=marker)


def spoils(world: World) -> None:
    """What waits in the outbox does not open any more."""
    with world.bot.services.database.writing() as session:
        session.execute(update(OutboxJob).where(OutboxJob.state == "waiting").values(body=b"spoiled" * 9))


def told(world: World) -> str:
    """What the moderator hears from the bot in private."""
    return world.anna.visible_text(world.anna.opens_dm(world.workspace.bot))


def test_words_that_do_not_open_fail_and_a_moderator_hears_it_and_nothing_else_waits(world: World) -> None:
    elsewhere = world.anna.creates_channel("elders")
    world.anna.invites(elsewhere, world.workspace.bot)
    world.settles()
    queue(world, "one")
    spoils(world)
    queue(world, "two")
    queue(world, "three", channel=elsewhere)
    world.settles()
    assert reads(world) == ["two"] and reads(world, elsewhere) == ["three"]
    assert [row.state for row in world.bot.unfinished_jobs.list_jobs()] == ["failed"]
    assert "er ging iets mis bij mij" in told(world)


def test_a_new_state_tries_again_what_failed(world: World) -> None:
    queue(world, "one", show="card")
    spoils(world)
    world.settles()
    queue(world, "two", show="card")
    world.settles()
    assert reads(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_home_that_did_not_open_comes_with_its_next_state(world: World) -> None:
    world.workspace.disconnect(world._sink)
    world.bot.home.show_home(world.bram.id, world.calendar())
    spoils(world)
    world.settles()
    assert "<#U" not in told(world)
    world.bot.home.show_home(world.bram.id, world.calendar())
    world.settles()
    assert world.bot.unfinished_jobs.list_jobs() == []


def in_doubt_and_later(world: World) -> None:
    """Slack posts "one" without our hearing of it; when we want to look, it refuses us for a while."""
    wire = BreakingClient(world.workspace, world.workspace.bot_token)
    world.bot.outbox_worker.calls.slack = SlackClient(wire)
    wire.breaks = "after"
    queue(world, "one", show="card")
    world.settles()
    assert reads(world) == ["one"]
    good, world.workspace.bot_token = world.workspace.bot_token, "xoxb-another"
    world.passes(seconds=10)
    world.workspace.bot_token = good
    assert [row.state for row in world.bot.unfinished_jobs.list_jobs()] == ["waiting"]


def test_what_is_in_doubt_stays_in_doubt_while_slack_asks_to_come_back_later(world: World) -> None:
    in_doubt_and_later(world)
    world.passes(minutes=5)
    assert reads(world) == ["one"]


def test_a_new_state_of_what_is_in_doubt_comes_after_it_was_found(world: World) -> None:
    in_doubt_and_later(world)
    queue(world, "two", show="card")
    world.passes(minutes=5)
    assert reads(world) == ["two"]


def test_what_is_taken_back_while_in_doubt_is_found_and_taken_away(world: World) -> None:
    in_doubt_and_later(world)
    with world.bot.services.database.writing() as session:
        card = world.bot.services.outbox.find_target(session, "card")
        assert card
        world.bot.services.outbox.delete_message(session, card)
    world.passes(minutes=5)
    assert reads(world) == []


def test_what_waits_for_a_place_that_is_made_meanwhile_finds_it(world: World) -> None:
    """Two threads or two copies: one says something in a place while the other hears from Slack where it is."""
    outbox, database = world.bot.services.outbox, world.bot.services.database
    with database.writing() as session:
        outbox.open_dm(session, world.bram.id)
    carrying = Thread(target=world.bot.outbox_worker.send_all)
    with database.writing() as session:
        outbox.post_once(session, "late", {"text": "one"}, Destination(inside=f"direct:{world.bram.id}"))
        carrying.start()
        carrying.join(timeout=0.5)
    carrying.join()
    world.settles()
    assert world.bram.sees("one") and world.bot.unfinished_jobs.list_jobs() == []


def test_what_was_taken_back_while_slack_asked_for_patience_is_not_posted_any_more(world: World) -> None:
    outbox, database = world.bot.services.outbox, world.bot.services.database
    world.workspace.limiter.limits = world.workspace.limiter.limits.slack()
    queue(world, "one", show="card")
    queue(world, "two", show="other")
    assert world.bot.outbox_worker.send_one()
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    with database.writing() as session:
        post = outbox.find_target(session, "other")
        assert post
        outbox.delete_message(session, post)
    world.bot.outbox_worker.send_job(job)
    posted: list[str] = []
    world.bot.outbox_worker.calls.slack = Recording(world, posted)
    world.passes(seconds=3)
    assert posted == [] and reads(world) == ["one"] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_person_slack_gives_no_conversation_with_is_tried_again_when_there_is_more_to_say(world: World) -> None:
    refusing = SlackClient(InProcessClient(world.workspace, world.workspace.bot_token))

    def refuses(users: list[str]) -> str:
        raise SlackRefused("conversations.open", "user_disabled")

    refusing.open_conversation = refuses  # type: ignore[method-assign]
    good, world.bot.outbox_worker.calls.slack = world.bot.outbox_worker.calls.slack, refusing
    world.bot.home.answer_mention(world.bram.id, world.circle.id, "1.0", world.calendar())
    world.settles()
    assert world.bot.unfinished_jobs.list_jobs() == []
    world.bot.outbox_worker.calls.slack = good
    world.bot.home.answer_mention(world.bram.id, world.circle.id, "2.0", world.calendar())
    world.settles()
    assert world.bot.unfinished_jobs.list_jobs() == []
    assert len(world.bram.messages(world.bram.opens_dm(world.workspace.bot))) == 1
