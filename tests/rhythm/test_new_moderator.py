"""A circle whose last moderator left asks its people who looks after it; whoever says so is its moderator."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from db.models import Moderator
from playground.model import Message
from playground.people import Person
from tests.home.actors import behind
from tests.world import World

ASKED = "Wie kijkt mee om naar deze kring?"
LEFT: dict[str, Callable[[World], None]] = {
    "left the channel": lambda world: world.anna.leaves(world.circle),
    "closed their account": lambda world: world.workspace.deactivates(world.anna),
    "became a guest": lambda world: world.workspace.changes_account(world.anna, is_guest=True),
}


@pytest.fixture
def circle(world: World) -> World:
    """A circle that Anna looks after."""
    world.sets_up()
    return world


def cards(world: World) -> list[Message]:
    """What asks the circle, or tells it who looks after it now."""
    return [m for m in world.bram.messages(world.circle) if m.text == ASKED]


def takes_on(world: World, person: Person) -> str:
    """Open the form and send it; what it said."""
    person.presses(cards(world)[-1], "look_after_pressed")
    assert person.modal
    said = person.visible_text(person.modal)
    person.submits(person.modal)
    world.settles()
    return said


@pytest.mark.parametrize("how", LEFT)
def test_within_a_day_the_circle_is_asked_once(circle: World, how: str):
    LEFT[how](circle)
    circle.settles()
    assert cards(circle) == [], "whoever left by mistake can come back first"
    circle.passes(days=1)
    assert len(cards(circle)) == 1
    circle.passes(days=10)
    assert len(cards(circle)) == 1


def test_whoever_takes_it_on_is_its_moderator_and_the_card_says_who(circle: World):
    circle.anna.leaves(circle.circle)
    circle.passes(days=1)
    assert "lezen wanneer er iets hapert" in takes_on(circle, circle.celine)
    shown = circle.bram.visible_text(cards(circle)[0])
    assert "@Céline" in shown and "Wat houdt dat in?" not in shown
    circle.celine.commands(circle.circle, "/klankbord")
    assert circle.celine.modal and circle.celine.submits(circle.celine.modal).errors is None
    circle.settles()
    behind(circle.celine, circle, "Mijn kring")
    circle.celine.presses(circle.celine.modal, "rhythm_pressed")
    assert "Een ander ritme is een voorstel" in circle.celine.visible_text(circle.celine.modal)


def test_whoever_was_just_too_late_reads_so_and_changes_nothing(circle: World):
    circle.anna.leaves(circle.circle)
    circle.passes(days=1)
    card = cards(circle)[-1]
    circle.bram.presses(card, "look_after_pressed")
    form = circle.bram.modal
    takes_on(circle, circle.celine)
    circle.bram.submits(form)
    circle.settles()
    assert "@Bram" not in circle.bram.visible_text(cards(circle)[-1])


def test_a_guest_takes_nothing_on(circle: World):
    gus = circle.workspace.add_person("Gus", guest=True)
    circle.anna.invites(circle.circle, gus)
    circle.anna.leaves(circle.circle)
    circle.passes(days=1)
    gus.presses(cards(circle)[-1], "look_after_pressed")
    assert "gast" in gus.visible_text(gus.modal)


def test_a_moderator_who_comes_back_is_its_moderator_again(circle: World):
    circle.anna.leaves(circle.circle)
    circle.passes(days=1)
    circle.anna.joins(circle.circle)
    circle.passes(hours=1)
    assert "@Anna" in circle.bram.visible_text(cards(circle)[-1])


def test_after_the_next_one_left_too_it_is_asked_again(circle: World):
    circle.anna.leaves(circle.circle)
    circle.passes(days=1)
    takes_on(circle, circle.celine)
    circle.celine.leaves(circle.circle)
    circle.passes(days=1)
    assert len(cards(circle)) == 2


def test_a_circle_that_was_orphaned_long_ago_is_found(circle: World):
    with circle.bot.services.database.writing() as session:
        session.execute(delete(Moderator))
    circle.passes(days=1)
    assert len(cards(circle)) == 1


def test_on_a_friday_evening_it_comes_by_day_and_within_a_day(circle: World):
    friday = datetime.combine(circle.calendar().date(), datetime.min.time(), circle.calendar().tzinfo)
    friday += timedelta(days=(4 - friday.weekday()) % 7 or 7, hours=19)
    circle.until(friday)
    circle.anna.leaves(circle.circle)
    circle.passes(days=1)
    assert len(cards(circle)) == 1


def test_a_circle_whose_channel_is_lost_is_not_asked(circle: World):
    circle.anna.archives(circle.circle)
    circle.settles()
    circle.workspace.deactivates(circle.anna)
    circle.passes(days=3)
    assert cards(circle) == []
    circle.bram.unarchives(circle.circle)
    circle.passes(days=1)
    assert len(cards(circle)) == 1
