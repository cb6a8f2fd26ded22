"""The bot and people come into a channel and leave it, and what that means for the circle."""

import pytest

from tests.forged_payloads import presses
from tests.world import World


def questions(world: World) -> int:
    return str([message.blocks for message in world.anna.messages(world.circle)]).count("'answer_pressed'")


def test_a_circle_that_sent_the_bot_away_gets_no_question_and_no_complaint(world: World):
    world.sets_up()
    world.anna.kicks(world.circle, world.workspace.bot)
    world.settles()
    world.passes(days=8)
    assert questions(world) == 0
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_brought_back_after_weeks_it_asks_one_question_and_goes_on_as_it_was_set_up(world: World):
    world.sets_up()
    world.anna.kicks(world.circle, world.workspace.bot)
    world.settles()
    world.passes(days=22)
    world.anna.invites(world.circle, world.workspace.bot)
    world.settles()
    assert questions(world) == 1
    world.passes(days=7)
    assert questions(world) == 2
    assert str(world.anna.visible_text(world.circle)).count("Kring instellen") == 0


def test_an_archived_channel_is_left_in_peace_until_it_is_opened_again(world: World):
    world.sets_up()
    world.anna.archives(world.circle)
    world.settles()
    world.passes(days=8)
    assert questions(world) == 0 and world.bot.unfinished_jobs.list_jobs() == []
    world.anna.unarchives(world.circle)
    world.settles()
    if world.workspace.bot.id not in world.circle.members:
        world.anna.invites(world.circle, world.workspace.bot)
        world.settles()
    world.passes(days=7)
    assert questions(world) == 2, "that of the week, and the next"


def test_whoever_left_the_channel_reads_that_the_circle_is_not_theirs(world: World):
    world.sets_up()
    world.bram.leaves(world.circle)
    world.settles()
    world.bram.commands(world.workspace.direct_channel([world.bram.id, world.workspace.bot.id]), "/overzicht")
    assert "Hier is nog geen kring." in world.bram.visible_text(world.bram.modal)
    world.bram.joins(world.circle)
    world.settles()
    world.bram.commands(world.circle, "/klankbord")
    assert "elke maandag" in world.bram.visible_text(world.bram.modal)


def test_a_guest_is_in_the_circle_and_somebody_of_another_company_is_not(world: World):
    gus = world.workspace.add_person("Gus", guest=True)
    ext = world.workspace.add_person("Xavier", external_team="T0ANDER")
    world.anna.invites(world.circle, gus)
    world.sets_up()
    gus.commands(world.circle, "/klankbord")
    assert "elke maandag" in gus.visible_text(gus.modal)
    world.anna.invites(world.circle, ext)
    presses(world, ext, "set_up_pressed")
    assert "gedeeld met een andere organisatie" in ext.visible_text(ext.modal)


def test_whoever_comes_in_later_is_known_at_once(world: World):
    world.sets_up()
    zoe = world.workspace.add_person("Zoë")
    zoe.joins(world.circle)
    world.settles()
    zoe.commands(world.circle, "/klankbord")
    assert "elke maandag" in zoe.visible_text(zoe.modal)


def test_a_member_whose_account_is_closed_does_nothing_more(world: World):
    world.sets_up()
    world.workspace.deactivates(world.anna)
    world.settles()
    assert "Dit is er voor wie lid is" in presses(world, world.anna, "set_up_pressed")


@pytest.mark.parametrize("name", ["een-kring", "nog-een-kring"])
def test_every_channel_that_invites_it_can_become_a_circle(world: World, name: str):
    world.sets_up()
    other = world.bram.creates_channel(name, private=name.startswith("nog"))
    world.bram.invites(other, world.workspace.bot)
    world.settles()
    assert "Kring instellen" in world.bram.visible_text(other)
