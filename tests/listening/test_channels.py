"""Channels that the bot was brought into, or taken out of, while no event came."""

from tests.listening.conftest import away
from tests.reflection.actors import next_week
from tests.world import World


def greets(world: World, channel) -> bool:
    return "Ik ben Klankbord" in world.anna.visible_text(channel)


def test_a_channel_it_was_brought_into_is_greeted_at_the_start(world: World):
    world.sets_up()
    with away(world):
        other = world.anna.creates_channel("andere-kring")
        world.anna.invites(other, world.workspace.bot)
    assert greets(world, other)


def test_in_a_channel_it_was_taken_out_of_no_question_comes(world: World):
    world.sets_up()
    with away(world):
        world.anna.kicks(world.circle, world.workspace.bot)
    before = len(world.anna.messages(world.circle))
    next_week(world)
    assert len(world.anna.messages(world.circle)) == before
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_it_greets_once_however_often_it_looks(world: World):
    world.sets_up()
    for _ in range(2):
        with away(world):
            pass
    assert world.anna.visible_text(world.circle).count("Ik ben Klankbord") <= 1
