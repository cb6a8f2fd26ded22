"""What could not be delivered is told once, in plain words, to who can mend it; never with what people wrote."""

import pytest

from playground.people import Person
from tests.intervision.actors import Table
from tests.outbox.clients import refuse_method, send_through
from tests.world import World


@pytest.fixture
def begun(world: World) -> Table:
    """Bram's case runs in the circle that Anna moderates; Céline and Dirk are in."""
    world.sets_up()
    table = Table(world)
    table.brings(world.bram)
    table.joins(world.celine, world.dirk)
    table.presses(world.bram, table.owners_page(world.bram), "case_start_pressed")
    return table


def private_texts(world: World, person: Person) -> str:
    bot = world.workspace.bot
    direct = person.opens_dm(bot)
    return "\n".join(person.visible_text(message) for message in person.messages(direct) if message.user == bot.id)


def refuse_in(table: Table, error: str) -> None:
    """Slack refuses every post in the case's channel, and changes of what is there."""
    room = table.room.id
    methods = ("chat.postMessage", "chat.update")
    send_through(table.world, lambda called, said: error if called in methods and said.get("channel") == room else None)


def goes_on(table: Table) -> None:
    table.writes(table.celine, "Wanneer begon het?")
    table.world.passes(days=5)


def test_the_owner_and_the_moderators_read_it_once_and_the_others_do_not(begun: Table):
    refuse_in(begun, "msg_too_long")
    goes_on(begun)
    for person in (begun.anna, begun.bram):
        told = private_texts(begun.world, person)
        assert "Ik kon iets niet plaatsen in #" in told
        assert "Het was te lang voor Slack." in told and "Wanneer begon het?" not in told
    assert "Ik kon iets niet plaatsen" not in private_texts(begun.world, begun.celine)


def test_an_error_that_nobody_knows_is_named_and_never_explained_away(begun: Table):
    refuse_in(begun, "some_new_error")
    goes_on(begun)
    assert "Slack zegt: some_new_error." in private_texts(begun.world, begun.bram)


def test_a_channel_that_slack_does_not_know_any_more_is_told_once_as_a_lost_place(begun: Table):
    refuse_in(begun, "channel_not_found")
    goes_on(begun)
    told = private_texts(begun.world, begun.bram)
    assert told.count("Je casus ligt even stil.") >= 1 and "Ik kon iets niet plaatsen" not in told


def test_the_same_cause_is_told_once_a_day_however_much_fails(world: World):
    world.sets_up()
    refuse_method(world, "chat.update", "edit_window_closed")
    world.passes(days=8)
    assert private_texts(world, world.anna).count("edit_window_closed") <= 1


def test_a_notice_that_slack_refuses_too_comes_once_slack_takes_it(begun: Table):
    refused = {"chat.postMessage"}
    send_through(begun.world, lambda called, said: "msg_too_long" if called in refused else None)
    goes_on(begun)
    assert "Ik kon iets niet plaatsen" not in private_texts(begun.world, begun.anna)
    refused.clear()
    begun.world.passes(hours=1)
    assert "Het was te lang voor Slack." in private_texts(begun.world, begun.anna)


def test_a_direct_conversation_that_cannot_be_opened_holds_nothing_up_for_good(world: World):
    refused = {"conversations.open"}
    send_through(world, lambda called, said: "msg_too_long" if called in refused else None)
    world.sets_up()
    table = Table(world)
    table.brings(world.bram)
    refused.clear()
    world.passes(hours=1)
    assert table.owners_page(world.bram)
