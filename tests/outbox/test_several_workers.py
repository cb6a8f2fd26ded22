"""Several threads, and several copies, carry at once: in order within a thread, once, and nobody waits for another."""

from collections import Counter
from datetime import timedelta
from threading import Event, Lock

import pytest

from bot.outbox.failures import DeliveryListeners
from bot.outbox.queue import Destination
from bot.outbox.timeouts import Timeouts
from bot.outbox.worker import OutboxWorker
from bot.slack.client import SlackClient
from playground.inprocess import InProcessClient
from playground.model import Conversation, Json
from schedules.workers import WorkerPool
from tests.app.waiting import until
from tests.outbox.clients import HangingChannel, InterceptedClient, send_through
from tests.outbox.test_sending import BreakingClient, queue, reads
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()


def channels(world: World, number: int) -> list[Conversation]:
    """So many channels with the bot in them."""
    made = [world.anna.creates_channel(f"kring-{each}") for each in range(number)]
    for channel in made:
        world.anna.invites(channel, world.workspace.bot)
    world.settles()
    return made


def another_copy(world: World, slack: SlackClient) -> OutboxWorker:
    """What a second process has: the same database, and nothing else in common."""
    services = world.bot.services
    return OutboxWorker(
        services.database,
        services.outbox,
        slack,
        world.elapsed,
        DeliveryListeners(),
        Timeouts(between_posts=timedelta()),
    )


def nothing_waits(world: World) -> bool:
    return not world.bot.unfinished_jobs.list_jobs()


def test_a_channel_that_does_not_answer_holds_up_no_other(world: World) -> None:
    (quiet,) = channels(world, 1)
    hanging = HangingChannel(quiet.id)
    send_through(world, hanging)
    workers = WorkerPool(world.bot.outbox_worker, Event(), size=2)
    queue(world, "one", "two", channel=quiet)
    workers.start()
    assert hanging.hangs.wait(30)
    queue(world, "one here", "two here")
    workers._jobs_queued.set()
    until(lambda: world.anna.sees("one here") and world.anna.sees("two here"), "the other channel goes on")
    assert reads(world, quiet) == []
    hanging.let_go.set()
    until(lambda: nothing_waits(world), "the rest")
    workers.stop()
    assert reads(world, quiet) == ["one", "two"]


class Watching:
    """How many calls for one channel are under way at most, at any time."""

    def __init__(self, world: World) -> None:
        self._lock, self._now = Lock(), Counter[str]()
        self.most, self.slack = 0, SlackClient(InterceptedClient(world, lambda *_: None))
        self._post, self.slack.post_message = self.slack.post_message, self.post  # type: ignore[method-assign]

    def post(self, channel: str, body: Json, *, thread: str | None, marker: str) -> tuple[str, str]:
        with self._lock:
            self._now[channel] += 1
            self.most = max(self.most, self._now[channel])
        try:
            return self._post(channel, body, thread=thread, marker=marker)
        finally:
            with self._lock:
                self._now[channel] -= 1


def test_order_holds_in_every_thread_and_a_channel_is_spoken_to_by_one_at_a_time(world: World) -> None:
    places = channels(world, 5)
    watching = Watching(world)
    world.bot.outbox_worker.calls.slack = watching.slack
    outbox = world.bot.services.outbox
    with world.bot.services.database.writing() as session:
        for place in places:
            outbox.upsert(session, f"root {place.id}", {"text": "root"}, Destination(channel=place.id))
        for number in range(8):
            for place in places:
                outbox.post_once(session, f"{number} {place.id}", {"text": str(number)}, Destination(channel=place.id))
                outbox.post_once(
                    session, f"{number}r {place.id}", {"text": f"r{number}"}, Destination(under=f"root {place.id}")
                )
    workers = WorkerPool(world.bot.outbox_worker, Event())
    workers.start()
    until(lambda: nothing_waits(world), "all is said")
    workers.stop()
    for place in places:
        said = [message for message in world.anna.messages(place) if message.text in {"root", *"01234567"}]
        assert [message.text for message in said] == ["root", *"01234567"]
        assert [message.text for message in world.anna.thread(said[0])[1:]] == [f"r{number}" for number in range(8)]
    assert watching.most == 1


def test_two_copies_with_several_hands_each_say_everything_once_and_in_order(world: World) -> None:
    places = channels(world, 4)
    for place in places:
        queue(world, "one", "two", "three", channel=place)
        with world.bot.services.database.writing() as session:
            for text in ("one", "two", "three"):
                key = f"{place.id} {text}"
                world.bot.services.outbox.post_once(session, key, {"text": text}, Destination(channel=place.id))
    slack = SlackClient(InProcessClient(world.workspace, world.workspace.bot_token))
    copies = [
        WorkerPool(outbox_worker, Event()) for outbox_worker in (world.bot.outbox_worker, another_copy(world, slack))
    ]
    for copy in copies:
        copy.start()
    until(lambda: nothing_waits(world), "all is said")
    for copy in copies:
        copy.stop()
    assert [reads(world, place)[-3:] for place in places] == [["one", "two", "three"]] * 4
    assert sum(len(reads(world, place)) for place in places) == 3 * 4 + 3


def test_who_took_too_long_does_not_undo_what_another_did_meanwhile(world: World) -> None:
    queue(world, "one")
    slow = world.bot.outbox_worker
    (job,) = slow.claim_jobs(1)
    result = slow.calls.perform(job)
    world.elapsed.move(Timeouts().lease * 2)
    other = another_copy(world, slow.calls.slack)
    assert other.send_one()
    assert world.bot.unfinished_jobs.list_jobs() == []
    slow.calls.perform = lambda job: result  # type: ignore[method-assign]
    slow.send_job(job)
    assert reads(world) == ["one"] and world.bot.unfinished_jobs.list_jobs() == []


def test_looking_for_a_channel_in_doubt_may_take_longer_than_a_lease(world: World) -> None:
    wire = BreakingClient(world.workspace, world.workspace.bot_token)
    world.bot.outbox_worker.calls.slack = SlackClient(wire)
    wire.breaks = "after"
    with world.bot.services.database.writing() as session:
        world.bot.services.outbox.make_channel(session, "room", "intervisie-proef")
        world.bot.services.outbox.post_once(session, "hello", {"text": "hello there"}, Destination(inside="room"))
    world.settles()
    other, took_up = another_copy(world, world.bot.outbox_worker.calls.slack), list[bool]()

    def takes_its_time(method: str, _said: Json) -> None:
        if method in {"auth.test", "conversations.list"}:
            world.elapsed.move(Timeouts().lease * 0.7)
            took_up.append(bool(other.claim_jobs(1)))

    send_through(world, takes_its_time)
    world.passes(seconds=10)
    assert took_up == [False, False] and world.bot.unfinished_jobs.list_jobs() == []
    rooms = [each for each in world.workspace.channels.values() if each.name == "intervisie-proef"]
    assert [message.text for message in rooms[0].messages.values() if message.bot_id] == ["hello there"]


def test_slack_wanting_fewer_changes_stops_the_changes_and_not_the_posts(world: World) -> None:
    queue(world, "one", show="card")
    world.settles()
    calls: list[str] = []

    def wants_fewer(method: str, _said: Json) -> str | None:
        calls.append(method)
        return "ratelimited" if method == "chat.update" else None

    send_through(world, wants_fewer)
    (other,) = channels(world, 1)
    queue(world, "two", show="card")
    queue(world, "three", channel=other)
    world.bot.outbox_worker.send_all()
    assert reads(world, other) == ["three"] and calls.count("chat.update") == 1
    send_through(world, lambda *_: None)
    world.passes(seconds=2)
    assert reads(world) == ["two"]
