"""A message that stands twice: one surplus that stays holds up no other, and people read that it stays."""

from datetime import timedelta

import pytest

from playground.faults import Fault, FaultRule
from playground.model import Json
from tests.outbox.clients import send_through
from tests.outbox.test_doubt import breaks, show
from tests.outbox.test_refused import takes_away
from tests.outbox.test_retry_and_drop import told
from tests.outbox.test_several_workers import another_copy
from tests.world import World

CARDS = ("one", "two", "three")


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()
    world.passes(minutes=5)


def reads(world: World) -> list[str]:
    return sorted(message.text for message in world.anna.messages(world.circle) if message.text in CARDS)


def doubles(world: World, *texts: str) -> None:
    """Cards with these texts, each of which stands twice."""
    for text in texts:
        show(world, text, text)
    world.settles()
    for card in [message for message in world.anna.messages(world.circle) if message.text in texts]:
        said = {"channel": world.circle.id, "text": card.text, "metadata": card.metadata}
        with world.workspace.changing():
            assert world.workspace.api("chat.postMessage", said, world.workspace.bot_token).body["ok"]


class Stays:
    """Slack never lets us delete the first message that we want to delete."""

    ts: str | None = None

    def __call__(self, method: str, said: Json) -> str | None:
        if method != "chat.delete":
            return None
        self.ts = self.ts or said["ts"]
        return "cant_delete_message" if said["ts"] == self.ts else None


def test_a_surplus_that_stays_holds_up_no_other_and_is_told_of_in_a_day(world: World) -> None:
    doubles(world, *CARDS)
    send_through(world, Stays())
    world.passes(minutes=10)
    assert len(reads(world)) == 4, "of the two others the surplus is gone"
    assert "niet weghalen" not in told(world), "Slack may be mistaken"
    world.passes(hours=30)
    assert told(world).count("Ik kon een bericht niet weghalen") == 1 and "Het staat er twee keer" in told(world)
    (job,) = world.bot.unfinished_jobs.list_jobs()
    assert (job.state, job.error) == ("failed", "stands_twice")


def test_of_what_is_taken_back_no_second_copy_stays(world: World) -> None:
    doubles(world, "one", "two")
    takes_away(world, "one")
    assert reads(world) == ["one", "two", "two"]
    world.passes(minutes=10)
    assert reads(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def test_the_operator_has_it_tried_again(world: World) -> None:
    doubles(world, "one")
    send_through(world, Stays())
    world.passes(hours=30)
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    assert reads(world) == ["one", "one"] and len(world.bot.unfinished_jobs.list_jobs()) == 1
    send_through(world, lambda *_: None)
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    assert reads(world) == ["one"] and world.bot.unfinished_jobs.list_jobs() == []


def deletions(world: World) -> int:
    return sum(call.method == "chat.delete" for call in world.workspace.calls)


def test_slack_wanting_fewer_deletions_there_gets_fewer_everywhere(world: World) -> None:
    doubles(world, "one", "two")
    show(world, "three", "three")
    world.settles()
    breaks(world, FaultRule(Fault.LIMITED, methods=("chat.delete",), times=1, seconds=40))
    world.passes(seconds=61)
    assert deletions(world) == 1
    takes_away(world, "three")
    assert deletions(world) == 1 and "three" in reads(world)
    world.passes(minutes=5)
    assert reads(world) == ["one", "two"]


def test_what_a_frozen_copy_posted_too_late_goes_when_slack_lets_us_delete_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(world, "one", "one")
    frozen = world.bot.outbox_worker
    (job,) = frozen.claim_jobs(1)
    world.elapsed.move(timedelta(minutes=2))
    other = another_copy(world, frozen.calls.slack)
    for _ in range(6):
        other.send_all()
        world.elapsed.move(timedelta(minutes=1))
    monkeypatch.setattr(frozen._claims, "renew_lease", lambda claimed: None)
    breaks(world, FaultRule(Fault.REFUSED, methods=("chat.delete",), times=1, value="an_error_of_tomorrow"))
    frozen.send_job(job)
    assert reads(world) == ["one", "one"]
    world.passes(minutes=20)
    assert reads(world) == ["one"]
