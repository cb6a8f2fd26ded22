"""The name that people show in Slack: kept sealed, shown literally, and two alike told apart."""

import pytest
from sqlalchemy import select

from bot.people.api import names_of
from db.models import Member
from playground.people import Person
from tests.world import World

pytestmark = pytest.mark.one_database


def shown(world: World, *people: Person) -> list[str]:
    with world.bot.services.database.reading() as session:
        members = {one.slack: one for one in session.scalars(select(Member))}
        found = names_of(world.bot.services, members.values())
        return [found[members[one.id].id] for one in people]


@pytest.fixture
def circle(world: World) -> World:
    world.sets_up()
    return world


def test_a_name_is_kept_sealed_and_follows_its_person(circle: World):
    assert shown(circle, circle.anna, circle.bram) == ["Anna", "Bram"]
    with circle.bot.services.database.reading() as session:
        kept = session.scalars(select(Member.name).where(Member.slack == circle.anna.id)).one()
    assert kept and b"Anna" not in kept
    circle.workspace.changes_account(circle.anna, name="Anna P.")
    circle.settles()
    assert shown(circle, circle.anna) == ["Anna P."]


def test_two_who_have_the_same_name_are_told_apart(circle: World):
    circle.workspace.changes_account(circle.bram, name="anna")
    circle.settles()
    assert shown(circle, circle.anna, circle.bram, circle.celine) == ["Anna (1)", "anna (2)", "Céline"]


def test_a_name_notifies_nobody_and_fakes_nothing(circle: World):
    circle.workspace.changes_account(circle.bram, name="<!channel> & co")
    circle.settles()
    assert shown(circle, circle.bram) == ["&lt;!channel&gt; &amp; co"]


def test_who_has_no_name_yet_is_mentioned(circle: World):
    with circle.bot.services.database.writing() as session:
        session.scalars(select(Member).where(Member.slack == circle.bram.id)).one().name = None
    assert shown(circle, circle.bram) == [f"<@{circle.bram.id}>"]
