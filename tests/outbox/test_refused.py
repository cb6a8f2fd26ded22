"""What Slack refuses: somebody who can mend it hears of it in words, and nobody else has to wait."""

import pytest
from sqlalchemy import text

from bot.outbox.queue import Destination
from bot.slack.client import SlackClient
from playground.people import Person
from tests.intervision.actors import Table
from tests.outbox.clients import refuse_method, send_through
from tests.outbox.test_retry_and_drop import spoils, told
from tests.outbox.test_sending import queue, reads
from tests.reflection.actors import kept, shares
from tests.world import World


@pytest.fixture(autouse=True)
def set_up(world: World) -> None:
    world.sets_up()


def takes_away(world: World, key: str) -> None:
    with world.bot.services.database.writing() as session:
        post = world.bot.services.outbox.find_target(session, key)
        assert post
        world.bot.services.outbox.delete_message(session, post)
    world.settles()


def test_words_that_slack_does_not_let_us_take_away_are_told_of_and_hold_up_nothing(world: World) -> None:
    queue(world, "one")
    world.settles()
    refuse_method(world, "chat.delete", "cant_delete_message")
    takes_away(world, "one")
    assert "Ik kon een bericht niet weghalen" in told(world) and "cant_delete_message" in told(world)
    assert [(row.operation, row.state) for row in world.bot.unfinished_jobs.list_jobs()] == [("delete", "failed")]
    queue(world, "two")
    world.settles()
    assert reads(world) == ["one", "two"]
    send_through(world, lambda *_: None)
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    assert reads(world) == ["two"] and world.bot.unfinished_jobs.list_jobs() == []


def test_what_is_too_long_for_slack_holds_up_nothing_that_comes_after_it(world: World) -> None:
    send_through(world, lambda called, said: "msg_too_long" if said.get("text") == "one" else None)
    queue(world, "one")
    queue(world, "two")
    world.settles()
    assert reads(world) == ["two"] and "Het was te lang voor Slack." in told(world)
    assert [(row.state, row.behind) for row in world.bot.unfinished_jobs.list_jobs()] == [("failed", 0)]


def test_words_that_do_not_open_are_not_said_to_be_slacks_doing(world: World) -> None:
    queue(world, "one")
    spoils(world)
    world.settles()
    assert "er ging iets mis bij mij" in told(world) and "Slack zegt" not in told(world)


def test_a_shared_answer_that_is_found_gone_is_for_its_writer_alone_again(world: World) -> None:
    world.passes(days=7)
    question = next(message for message in world.anna.messages(world.circle) if "answer_pressed" in str(message.blocks))
    shares(world, world.celine, question, "Stilte helpt.")
    world.workspace.disconnect(world._sink)
    world.anna.user.is_admin = True
    world.anna.deletes(world.anna.thread(question)[-1])
    with world.bot.services.database.writing() as session:
        (key,) = session.execute(text("SELECT key FROM outbox_target WHERE key LIKE 'reflection:%'")).scalars()
        world.bot.services.outbox.update_if_posted(session, key, {"text": "again"})
    world.passes(hours=1)
    assert kept(world) == [("shared", "Stilte helpt.")], "Slack may be mistaken, so it is asked twice"
    world.passes(hours=2)
    assert kept(world) == [("kept", "Stilte helpt.")] and world.bot.unfinished_jobs.list_jobs() == []


def refuses_one(world: World, person: Person) -> None:
    """Slack lets everybody in but this person."""
    really = SlackClient.invite_users

    class Choosy(SlackClient):
        def invite_users(self, channel: str, users: list[str]) -> dict[str, str]:
            refused = {user: "user_is_restricted" for user in users if user == person.id}
            return really(self, channel, [user for user in users if user not in refused]) | refused

    world.bot.outbox_worker.calls.slack = Choosy(world.bot.outbox_worker.calls.slack._client)


def in_private(person: Person) -> str:
    """All that the bot and this person said to each other alone."""
    return person.visible_text(person.opens_dm(person.workspace.bot))


def room(world: World) -> None:
    """A channel of ours is queued, with Bram and Dirk in it and something said."""
    outbox = world.bot.services.outbox
    with world.bot.services.database.writing() as session:
        outbox.make_channel(session, "room", "intervisie-proef")
        outbox.invite_members(session, "people", [world.bram.id, world.dirk.id], Destination(inside="room"))
        outbox.upsert(session, "card", {"text": "one"}, Destination(inside="room"))
        outbox.post_once(session, "reply", {"text": "two"}, Destination(under="card"))


def test_one_person_whom_slack_does_not_let_in_keeps_nobody_else_out(world: World) -> None:
    world.workspace.deactivates(world.dirk)
    room(world)
    world.settles()
    assert world.bram.sees("one")
    assert "Ik kon iemand niet uitnodigen" in told(world) and "cant_invite" in told(world)
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_nobody_whom_slack_lets_in_is_told_of_too(world: World) -> None:
    for person in (world.bram, world.dirk):
        world.workspace.deactivates(person)
    room(world)
    world.settles()
    assert told(world).count("niet uitnodigen in") == 2 and world.bot.unfinished_jobs.list_jobs() == []


def test_who_joins_a_case_is_known_to_its_owner_and_not_to_moderators(world: World) -> None:
    table = Table(world)
    table.brings(world.bram)
    table.joins(world.celine, world.dirk)
    refuses_one(world, world.dirk)
    table.presses(world.bram, table.owners_page(world.bram), "case_start_pressed")
    assert f"Ik kon @{world.dirk.name} niet uitnodigen" in in_private(world.bram)
    assert "Ik kon iemand niet uitnodigen" in told(world) and world.dirk.name not in told(world)


def test_who_left_a_case_and_cannot_be_taken_out_holds_up_nobody_and_is_told_of_once_a_case(world: World) -> None:
    table = Table(world)
    table.begins(leads=world.bram)
    refuse_method(world, "conversations.kick", "restricted_action")
    for person in (world.dirk, world.celine):
        table.forges(person, "case_leave_pressed", table.case)
        assert told(world).count("kan daar nog meelezen") == 1 and person.name not in told(world)
    table.moves_on(world.bram)
    assert "Verkennen" not in table.card().text


def test_who_leaves_a_case_whose_channel_was_given_up_leaves_nothing_waiting(world: World) -> None:
    table = Table(world)
    table.brings(world.anna)
    table.joins(world.bram, world.celine, world.dirk)
    refuse_method(world, "conversations.create", "restricted_action")
    table.presses(world.anna, table.owners_page(), "case_start_pressed")
    world.bot.unfinished_jobs.drop_jobs()
    table.forges(world.dirk, "case_leave_pressed", table.case)
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_what_was_to_go_into_a_room_that_is_given_up_is_given_up_with_it(world: World) -> None:
    refuse_method(world, "conversations.create", "restricted_action")
    room(world)
    world.settles()
    assert [row.state for row in world.bot.unfinished_jobs.list_jobs()] == [
        "failed",
        "waiting",
        "waiting",
        "waiting",
    ]
    assert world.bot.unfinished_jobs.drop_jobs() == (1, 3)
    assert world.bot.unfinished_jobs.list_jobs() == []
    with world.bot.services.database.writing() as session:
        world.bot.services.outbox.upsert(session, "card", {"text": "three"}, Destination(inside="room"))
        world.bot.services.outbox.post_once(session, "later", {"text": "two"}, Destination(under="card"))
        world.bot.services.outbox.archive_channel(session, "close", Destination(inside="room"))
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_answers_to_a_message_that_is_given_up_are_given_up_with_it(world: World) -> None:
    refuse_method(world, "chat.postMessage", "restricted_action")
    queue(world, "one", show="card")
    with world.bot.services.database.writing() as session:
        world.bot.services.outbox.post_once(session, "reply", {"text": "two"}, Destination(under="card"))
    queue(world, "three")
    world.bot.outbox_worker.send_one()
    assert world.bot.unfinished_jobs.drop_jobs() == (1, 1)
    send_through(world, lambda *_: None)
    world.settles()
    assert reads(world) == ["three"]


def test_answers_to_a_message_that_is_taken_back_unsent_wait_for_nothing(world: World) -> None:
    queue(world, "one", show="card")
    with world.bot.services.database.writing() as session:
        world.bot.services.outbox.post_once(session, "reply", {"text": "two"}, Destination(under="card"))
    takes_away(world, "card")
    assert reads(world) == [] and world.bot.unfinished_jobs.list_jobs() == []


def test_a_conversation_that_was_given_up_is_opened_again_when_there_is_more_to_say(world: World) -> None:
    world.bot.unfinished_jobs.drop_jobs()
    refuse_method(world, "conversations.open", "user_disabled")
    outbox, database = world.bot.services.outbox, world.bot.services.database
    with database.writing() as session:
        outbox.post_once(session, "one", {"text": "one"}, outbox.open_dm(session, world.elif_.id))
    world.settles()
    assert world.bot.unfinished_jobs.list_jobs() == []
    send_through(world, lambda *_: None)
    with database.writing() as session:
        outbox.post_once(session, "two", {"text": "two"}, outbox.open_dm(session, world.elif_.id))
    world.settles()
    assert world.elif_.sees("two") and not world.elif_.sees("one")


@pytest.mark.parametrize(
    "looked_up",
    [
        "SELECT id FROM outbox_target WHERE channel_target_id = 'x'",
        "SELECT id FROM outbox_target WHERE thread_target_id = 'x'",
        "SELECT min(opens_at) FROM intervision_case",
    ],
)
def test_what_is_looked_up_is_found_by_an_index(sqlite_url: str, looked_up: str) -> None:
    world = World(sqlite_url)
    with world.bot.services.database.reading() as session:
        plan = " ".join(row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {looked_up}")))
    world.stops()
    assert "INDEX" in plan
