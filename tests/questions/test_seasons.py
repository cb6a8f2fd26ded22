"""A question of a season comes in its months; one that was asked in a former wording was asked."""

import pytest
from sqlalchemy import select

from db.models import Circle, RetiredPrompt, Round
from tests.reflection.actors import next_week
from tests.world import World

pytestmark = pytest.mark.one_database

HOLIDAYS = "Wat mag voor de vakantie met een gerust hart blijven liggen?"
LESS = "Denk aan een gesprek waarin je minder zei dan gewoonlijk. Wat werd daardoor mogelijk?"
KNEW_NOT = "Welke vraag stelde je onlangs zonder zelf het antwoord te kennen?"


def keeps_only(world: World, *prompts: str) -> None:
    """The circle is set up on 9 November, and retired all other questions."""
    world.sets_up()
    library = world.bot.services.library
    with world.bot.services.database.writing() as session:
        circle = session.scalars(select(Circle)).one()
        others = (one.id for one in library.prompts if one.id not in prompts)
        session.add_all(RetiredPrompt(circle_id=circle.id, prompt=prompt) for prompt in others)


def asked(world: World) -> str:
    return world.anna.visible_text(world.circle)


def test_it_waits_for_its_month(world: World) -> None:
    keeps_only(world, "p001", "p072")
    for _ in range(3):
        next_week(world)
    assert asked(world).count(LESS) == 3 and HOLIDAYS not in asked(world)
    next_week(world)
    assert world.calendar().month == 12 and asked(world).count(HOLIDAYS) == 1


def test_a_question_that_was_asked_in_a_former_wording_does_not_come_again_before_the_others(world: World) -> None:
    keeps_only(world, "p001", "p002")
    next_week(world)
    with world.bot.services.database.writing() as session:
        first = session.scalars(select(Round)).one()
        other = {"p001": KNEW_NOT, "p002": LESS}[first.prompt]
        first.prompt += "_v1"
    next_week(world)
    assert asked(world).count(other) == 1
