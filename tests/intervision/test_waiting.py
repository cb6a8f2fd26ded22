"""A case whose channel is lost waits: its people read why, its steps do not run out, and it goes on by itself."""

import pytest

from playground.model import Conversation, Message
from playground.people import Person
from tests.intervision.actors import Table, shown
from tests.outbox.clients import refuse_method, send_through
from tests.world import World


@pytest.fixture
def table(world: World) -> Table:
    """A circle that is set up."""
    world.sets_up()
    return Table(world)


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna's case runs: its first card is open, and Bram, Céline and Dirk are in."""
    table.begins(leads=table.bram)
    return table


def private_texts(table: Table, person: Person) -> str:
    bot = table.world.workspace.bot
    direct = person.opens_dm(bot)
    return "\n".join(person.visible_text(message) for message in person.messages(direct) if message.user == bot.id)


def home_of(table: Table, person: Person) -> str:
    person.opens_home()
    table.world.settles()
    return person.visible_text(person.home)


def cards(table: Table, room: Conversation) -> list[Message]:
    return [m for m in table.anna.messages(room) if " · " in m.text]


def state(table: Table) -> str:
    return str([m.blocks for m in cards(table, table.room)])


def test_the_owner_and_the_others_read_once_why_it_waits(begun: Table):
    room, world = begun.room, begun.world
    begun.anna.kicks(room, world.workspace.bot)
    world.settles()
    world.passes(days=3)
    mine, others = private_texts(begun, begun.anna), private_texts(begun, begun.celine)
    assert mine.count("Je casus ligt even stil.") == 1 and "Nodig mij daar weer uit" in mine
    assert others.count("De casus van @Anna ligt even stil.") == 1
    assert "Altijd mijn lijstje" not in others


def test_no_step_runs_out_while_it_waits_and_it_goes_on_by_itself(begun: Table):
    room, world = begun.room, begun.world
    before = state(begun)
    begun.anna.kicks(room, world.workspace.bot)
    world.settles()
    world.passes(days=20)
    assert state(begun) == before
    begun.anna.invites(room, world.workspace.bot)
    world.settles()
    assert "De casus gaat verder." in begun.reads(begun.celine)
    assert "Bewaard" in begun.writes(begun.bram, "Wanneer begon het?")


def test_home_and_my_cases_say_what_is_the_matter(begun: Table):
    begun.anna.archives(begun.room)
    begun.world.settles()
    shown = home_of(begun, begun.anna)
    assert "ligt even stil" in shown and "is gearchiveerd" in shown
    begun.anna.presses(begun.anna.home, "my_cases_pressed")
    assert "is gearchiveerd" in begun.anna.visible_text(begun.anna.modal)


def test_what_people_write_while_it_waits_is_kept_and_closes_nothing(begun: Table):
    room, world = begun.room, begun.world
    card = begun.card()
    world.workspace.subscribed_events.clear()
    begun.anna.shares(room)
    world.passes(hours=7)
    assert "Bewaard" in begun.writes(begun.bram, "Wanneer begon het?", card=card)
    world.passes(days=10)
    assert "Wanneer begon het?" not in begun.reads(begun.celine)
    begun.anna.unshares(room)
    world.passes(hours=7)
    assert "De casus gaat verder." in begun.reads(begun.celine)


def test_a_team_that_forbids_making_channels_is_told_of_and_the_case_goes_on_once_it_may(table: Table):
    world = table.world
    table.brings(table.bram)
    table.joins(table.celine, table.dirk)
    refuse_method(world, "conversations.create", "restricted_action")
    table.presses(table.bram, table.owners_page(table.bram), "case_start_pressed")
    world.passes(days=1)
    assert "mag ik geen besloten kanalen maken" in private_texts(table, table.anna)
    assert private_texts(table, table.bram).count("Je casus ligt even stil.") == 1
    assert "het kanaal komt eraan" not in home_of(table, table.celine)
    assert "Ik kon er nog geen besloten kanaal voor maken" in home_of(table, table.celine)
    world.passes(days=15)
    send_through(world, lambda *_: None)
    world.passes(hours=1)
    assert "De casus gaat verder." in table.reads(table.celine)
    assert "ligt even stil" not in home_of(table, table.celine)
    assert "Bewaard" in table.writes(table.celine, "Wanneer begon het?")


def test_a_conversation_of_two_that_cannot_be_opened_waits_too(table: Table):
    world = table.world
    table.brings(table.bram, method="GROW-gesprek")
    table.joins(table.celine)
    refuse_method(world, "conversations.open", "restricted_action")
    table.presses(table.bram, table.owners_page(table.bram), "case_start_pressed")
    assert "Ik kon het gesprek van jullie twee met mij nog niet openen" in home_of(table, table.bram)
    world.passes(days=15)
    send_through(world, lambda *_: None)
    world.passes(hours=1)
    assert "ligt even stil" not in home_of(table, table.bram)
    assert "niet openen, voor een casus" in private_texts(table, table.anna)


def test_its_owner_can_stop_it_without_waiting(begun: Table):
    begun.anna.kicks(begun.room, begun.world.workspace.bot)
    begun.world.settles()
    begun.anna.commands(begun.world.circle, "/intervisie", "mijn")
    begun.presses(begun.anna, shown(begun.anna), "case_stop_pressed")
    begun.world.passes(days=1)
    assert "ligt even stil" not in home_of(begun, begun.anna)
    assert begun.world.bot.cases.waiting.waiting_cases() == []


def test_nobody_is_asked_to_write_before_a_moment_that_does_not_count(begun: Table):
    assert "Schrijf" in home_of(begun, begun.celine)
    begun.anna.archives(begun.room)
    begun.world.settles()
    assert "Schrijf" not in home_of(begun, begun.celine)
