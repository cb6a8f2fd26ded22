"""Two things that happen in one moment, each in its own transaction: whoever comes second sees what the first did."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.usecases.refusals import Refusal
from bot.views.circle import Wishes
from db.models import CaseRow, Circle, Member
from db.queries import cases, people
from tests.intervision.table import Table
from tests.world import World


def meanwhile(world: World, first: Callable[[Session], Any], then: Callable[[], Any]) -> None:
    """`then` begins while `first` is done but not committed."""
    second = Thread(target=then)
    with world.bot.desk.database.writing() as session:
        first(session)
        second.start()
        second.join(0.5)
    second.join()


def test_two_people_set_up_and_the_first_decides(world: World) -> None:
    world.arrives()
    told: list[str] = []

    def set_up_too() -> None:
        wishes = Wishes("fr", "Europe/Brussels", 4, "11:00", [world.bram.id], "016 00 00 00")
        try:
            world.bot.circles.set_up(world.bram.id, world.circle.id, wishes, world.calendar())
        except Refusal as refusal:
            told.append(refusal.key)

    def sets_up(session: Session) -> None:
        circle = session.scalars(select(Circle).with_for_update()).one()
        circle.set_up_at = world.calendar()
        people.set_moderators(session, circle, [session.scalars(select(Member).filter_by(slack=world.anna.id)).one()])

    meanwhile(world, sets_up, set_up_too)
    assert told == ["circle.only_moderators"]
    with world.bot.desk.database.reading() as session:
        assert session.scalars(select(Circle.language)).one() == "nl"


def test_a_case_that_was_read_before_is_read_again_when_it_is_locked(world: World) -> None:
    world.sets_up()
    table = Table(world)
    table.begins()
    database = world.bot.desk.database
    if database.engine.dialect.name == "sqlite":
        return
    with database.writing() as session:
        before = session.get_one(CaseRow, table.case)
        with database.writing() as other:
            other.get_one(CaseRow, table.case).theme = "changed"
        assert before.theme != "changed"
        found = cases.case(session, table.case)
        assert found and found[0].theme == "changed"
