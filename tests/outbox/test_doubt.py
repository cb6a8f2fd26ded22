"""Doubt ends: looks with growing pauses, one more send, one more look, and the surplus copy is deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.outbox.queue import Destination
from bot.outbox.timeouts import Timeouts
from db.models import OutboxJob
from playground.faults import Fault, FaultPlan, FaultRule
from tests.outbox.test_refused import room
from tests.outbox.test_sending import queue, reads
from tests.outbox.test_several_workers import another_copy
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()
    world.passes(minutes=5)


def breaks(world: World, *rules: FaultRule) -> None:
    world.workspace.faults.follow(FaultPlan(seed=1, rules=rules))


def show(world: World, key: str, text: str) -> None:
    """Queues a message about a round: it must stand."""
    with world.bot.services.database.writing() as session:
        here = Destination(channel=world.circle.id)
        world.bot.services.outbox.upsert(session, key, {"text": text}, here, subject="round:1")


def history_calls(world: World) -> int:
    return sum(call.method == "conversations.history" for call in world.workspace.calls)


def states(world: World) -> list[str]:
    return [job.state for job in world.bot.unfinished_jobs.list_jobs()]


@pytest.mark.parametrize("lag", [25, 100, 170])
def test_a_message_that_slack_stores_late_is_found_before_it_is_said_again(world: World, lag: int) -> None:
    unheard = FaultRule(Fault.RESET, methods=("chat.postMessage",), times=1)
    breaks(world, unheard, FaultRule(Fault.HISTORY_BEHIND, seconds=lag))
    queue(world, "one", "two")
    world.settles()
    world.passes(minutes=10)
    assert reads(world) == ["one", "two"]


def test_the_looks_are_5_20_60_and_180_seconds_after_the_attempt(world: World) -> None:
    breaks(world, FaultRule(Fault.RESET_BEFORE, methods=("chat.postMessage",), times=1))
    queue(world, "one")
    world.settles()
    seen = []
    for second in range(1, 200):
        before = history_calls(world)
        world.passes(seconds=1)
        seen += [second] * (history_calls(world) - before)
    assert seen[:4] == [5, 20, 60, 180] and reads(world) == ["one"]


def test_what_shows_up_after_every_look_is_deleted_again(world: World) -> None:
    """Slack stored the first copy, and says so only after the second was posted: the oldest stays."""
    breaks(
        world,
        FaultRule(Fault.RESET, methods=("chat.postMessage",), times=1),
        FaultRule(Fault.HISTORY_BEHIND, seconds=181, until=185),
    )
    queue(world, "one")
    world.settles()
    world.passes(minutes=3, seconds=2)
    assert len(reads(world)) == 2
    world.passes(minutes=10)
    assert reads(world) == ["one"]


def test_a_surplus_copy_is_deleted_and_the_one_with_replies_stays(world: World) -> None:
    world.passes(days=7)
    question = next(message for message in world.anna.messages(world.circle) if "answer_pressed" in str(message.blocks))
    said = {"text": question.text, "blocks": question.blocks, "metadata": question.metadata}
    with world.workspace.changing():
        post = {"channel": world.circle.id, **said}
        copy = world.workspace.api("chat.postMessage", post, world.workspace.bot_token).body["ts"]
    surplus = next(message for message in world.anna.messages(world.circle) if message.ts == copy)
    world.bram.says(world.circle, "Luisteren is ook iets doen.", thread=surplus)
    with world.bot.services.database.writing() as session:
        (target,) = [
            each for each in world.bot.services.outbox.targets_of(session, "round:1") if each.ts == question.ts
        ]
        target.verify_at = world.elapsed()
    world.passes(minutes=5)
    left = [message.ts for message in world.anna.messages(world.circle) if "answer_pressed" in str(message.blocks)]
    assert left == [copy]


def test_a_frozen_copy_that_posts_after_its_lease_deletes_what_it_posted(world: World) -> None:
    show(world, "card", "one")
    frozen = world.bot.outbox_worker
    (job,) = frozen.claim_jobs(1)
    post, renew = frozen.calls.slack.post_message, frozen._claims.renew_lease
    world.elapsed.move(timedelta(minutes=2))
    other = another_copy(world, frozen.calls.slack)
    for _ in range(6):
        other.send_all()
        world.elapsed.move(timedelta(minutes=1))
    assert reads(world) == ["one"]
    frozen._claims.renew_lease = lambda claimed: None  # type: ignore[method-assign]
    frozen.calls.slack.post_message = post  # type: ignore[method-assign]
    frozen.send_job(job)
    frozen._claims.renew_lease = renew  # type: ignore[method-assign]
    assert reads(world) == ["one"]


def test_a_copy_whose_lease_is_over_does_not_post_at_all(world: World) -> None:
    queue(world, "one")
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    world.elapsed.move(Timeouts().lease * 2)
    world.bot.outbox_worker.send_job(job)
    assert reads(world) == []
    world.settles()
    world.passes(minutes=5)
    assert reads(world) == ["one"]


def test_what_is_uncertain_for_a_day_fails_and_is_told(world: World) -> None:
    breaks(world, FaultRule(Fault.RESET_BEFORE, methods=("chat.postMessage",), channels=(world.circle.id,)))
    queue(world, "one")
    world.settles()
    world.elapsed.move(timedelta(hours=23))
    world.settles()
    assert states(world) == ["waiting"]
    world.elapsed.move(timedelta(hours=2))
    world.settles()
    (job,) = world.bot.unfinished_jobs.list_jobs()
    assert (job.state, job.error) == ("failed", "uncertain")
    world.workspace.faults.stop()
    assert world.bot.unfinished_jobs.retry_jobs(job.number) == 1
    world.settles()
    world.passes(minutes=5)
    assert reads(world) == ["one"]


def in_doubt(world: World) -> None:
    """Nobody knows whether Slack posted "one"."""
    breaks(world, FaultRule(Fault.RESET_BEFORE, methods=("chat.postMessage",), channels=(world.circle.id,), times=1))
    queue(world, "one")
    world.settles()


def test_what_is_in_doubt_longer_than_a_day_in_an_archived_channel_goes_on_when_it_is_back(world: World) -> None:
    in_doubt(world)
    world.anna.archives(world.circle)
    world.passes(days=2)
    assert [(job.state, job.error) for job in world.bot.unfinished_jobs.list_jobs()] == [("failed", "uncertain")]
    world.anna.unarchives(world.circle)
    world.passes(minutes=5)
    assert reads(world) == ["one"] and world.bot.unfinished_jobs.list_jobs() == []


def test_what_is_in_doubt_longer_than_a_day_in_a_shared_channel_goes_on_when_it_is_ours(world: World) -> None:
    in_doubt(world)
    world.anna.shares(world.circle)
    world.passes(days=2)
    assert states(world) == ["waiting"]
    world.anna.unshares(world.circle)
    world.settles()
    world.passes(minutes=5)
    assert reads(world) == ["one"] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_channel_that_is_back_hurries_no_look(world: World) -> None:
    in_doubt(world)
    world.anna.archives(world.circle)
    world.anna.unarchives(world.circle)
    before = history_calls(world)
    world.settles()
    assert history_calls(world) == before
    world.passes(minutes=5)
    assert reads(world) == ["one"]


def test_a_mistake_of_our_own_fails_at_once_and_holds_up_nothing_else(world: World) -> None:
    with world.bot.services.database.writing() as session:
        outbox = world.bot.services.outbox
        at = outbox.open_dm(session, world.bram.id)
        outbox.upload_file(session, "half", "half.md", "\ud83d", "Alles wat je schreef", at)
        outbox.upload_file(session, "whole", "whole.md", "Stilte", "Alles wat je schreef", at)
    world.settles()
    assert [(job.error, job.operation) for job in world.bot.unfinished_jobs.list_jobs()] == [("our_error", "file")]
    assert world.bram.sees("Alles wat je schreef")


def test_a_start_tries_again_what_we_may_have_mended_and_not_what_slack_rules_out(world: World) -> None:
    show(world, "card", "one")
    world.passes(minutes=5)
    breaks(world, FaultRule(Fault.EDIT_WINDOW_CLOSED))
    show(world, "card", "changed")
    with world.bot.services.database.writing() as session:
        outbox = world.bot.services.outbox
        outbox.upload_file(session, "half", "half.md", "\ud83d", "Alles", outbox.open_dm(session, world.bram.id))
    world.settles()
    before = [(job.operation, job.attempts) for job in world.bot.unfinished_jobs.list_jobs()]
    assert before == [("update", 1), ("file", 1)]
    assert world.bot.unfinished_jobs.retry_at_start() == 1
    world.settles()
    assert [(job.operation, job.attempts) for job in world.bot.unfinished_jobs.list_jobs()] == [
        ("update", 1),
        ("file", 2),
    ]


def test_an_upload_that_slack_never_takes_ends_in_a_day_and_others_go_on(world: World) -> None:
    breaks(world, FaultRule(Fault.BROKEN_BEFORE, methods=("files.getUploadURLExternal",), calls=tuple(range(1, 400))))
    with world.bot.services.database.writing() as session:
        at = world.bot.services.outbox.open_dm(session, world.bram.id)
        world.bot.services.outbox.upload_file(session, "one", "one.md", "Stilte", "Alles", at)
        world.bot.services.outbox.post_once(session, "hello", {"text": "hallo"}, at)
    world.settles()
    assert world.bram.sees("hallo")
    world.elapsed.move(timedelta(hours=25))
    world.settles()
    assert [(job.state, job.error) for job in world.bot.unfinished_jobs.list_jobs()] == [("failed", "uncertain")]


def test_a_job_of_a_later_version_waits_for_it_and_one_without_content_stops_nothing(world: World) -> None:
    queue(world, "one", "two", "three")
    with world.bot.services.database.writing() as session:
        first, second, _ = session.scalars(select(OutboxJob).where(OutboxJob.state == "waiting")).all()
        session.execute(update(OutboxJob).where(OutboxJob.id == first.id).values(operation="shout"))
        session.execute(update(OutboxJob).where(OutboxJob.id == second.id).values(body=None))
    elsewhere = world.anna.creates_channel("elders")
    world.anna.invites(elsewhere, world.workspace.bot)
    queue(world, "here", channel=elsewhere)
    world.settles()
    assert reads(world, elsewhere) == [] and world.anna.sees("here")
    assert [job.error for job in world.bot.unfinished_jobs.list_jobs()] == ["unknown_operation", "no_body"]
    with world.bot.services.database.writing() as session:
        session.execute(update(OutboxJob).where(OutboxJob.operation == "shout").values(operation="post"))
    world.bot.unfinished_jobs.drop_jobs(second.id)
    world.passes(minutes=1)
    assert reads(world) == ["three", "one"]


def test_a_refused_update_holds_up_no_question(world: World) -> None:
    show(world, "card", "one")
    world.passes(minutes=5)
    breaks(world, FaultRule(Fault.EDIT_WINDOW_CLOSED))
    show(world, "card", "changed")
    queue(world, "two")
    world.settles()
    assert reads(world) == ["one", "two"]
    assert [(job.operation, job.error) for job in world.bot.unfinished_jobs.list_jobs()] == [
        ("update", "edit_window_closed")
    ]


def test_people_are_invited_before_something_is_said_in_their_room(world: World) -> None:
    breaks(world, FaultRule(Fault.BROKEN_BEFORE, methods=("conversations.invite",), times=2))
    room(world)
    world.settles()
    assert not world.bram.sees("one")
    world.passes(minutes=5)
    assert world.bram.sees("one") and world.bot.unfinished_jobs.list_jobs() == []


def test_the_latest_state_stays_however_the_ones_before_it_were_held_up(world: World) -> None:
    show(world, "card", "one")
    world.passes(minutes=5)
    show(world, "card", "two")
    (job,) = world.bot.outbox_worker.claim_jobs(1)
    show(world, "card", "three")
    breaks(world, FaultRule(Fault.LIMITED, methods=("chat.update",), times=1, seconds=5))
    world.bot.outbox_worker.send_job(job)
    show(world, "card", "four")
    world.settles()
    world.passes(minutes=5)
    assert world.anna.sees("four") and not world.anna.sees("three")
