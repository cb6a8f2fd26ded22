"""One thing that cannot be done holds up no other: in a tick, and in the thread of the outbox."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select, update

from bot.slack.client import SlackClient
from db.models import CaseRow, Circle, Round
from schedules import ticks
from schedules.workers import WorkerPool
from tests.intervision.actors import Table
from tests.world import World


@pytest.fixture
def table(world: World) -> Table:
    world.sets_up()
    return Table(world)


def test_a_case_that_cannot_go_on_holds_up_no_other_and_is_tried_again(table: Table) -> None:
    world = table.world
    table.begins()
    broken = table.case
    world.passes(minutes=10)
    table.brings(table.celine)
    table.joins(table.anna, table.bram, table.dirk)
    table.presses(table.celine, table.owners_page(table.celine), "case_start_pressed")
    with world.bot.services.database.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == broken).values(protocol='{"spoiled": true}'))
    world.calendar.move(timedelta(days=4))
    world.elapsed.move(timedelta(days=4))
    assert ticks.run_due(world.bot, world.calendar()) >= 1
    with world.bot.services.database.reading() as session:
        due = session.scalars(select(CaseRow.id).where(CaseRow.due_at <= world.calendar())).all()
    assert due == [broken]
    assert world.bot.metrics.last_tick._value.get() == world.elapsed().timestamp()


def test_a_circle_whose_week_was_asked_already_holds_up_no_other(world: World) -> None:
    world.sets_up()
    other = world.bram.creates_channel("andere-kring")
    world.bram.invites(other, world.workspace.bot)
    world.settles()
    world.bram.presses(world.bram.messages(other)[-1], "set_up_pressed")
    world.bram.fills(world.bram.modal, {"language": "nl", "contact": "016"})
    world.bram.submits()
    world.settles()
    with world.bot.services.database.writing() as session:
        first = session.scalars(select(Circle).order_by(Circle.id)).first()
        assert first and first.next_slot
        session.add(Round(circle_id=first.id, slot=first.next_slot, prompt="x", theme="x", posted_at=world.calendar()))
    world.passes(days=7)
    assert "answer_pressed" in str([message.blocks for message in world.bram.messages(other)])


def test_the_outbox_goes_on_after_what_nobody_foresaw(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.arrives()
    happened, wake = Event(), Event()

    def surprise(*_: object) -> None:
        happened.set()
        raise KeyError("channel")

    monkeypatch.setattr(SlackClient, "publish_home", surprise)
    world.workspace.disconnect(world._sink)
    world.bot.home.show_home(world.bram.id, world.calendar())
    carrying = WorkerPool(world.bot.outbox_worker, wake)
    carrying.start()
    assert happened.wait(5)
    carrying._thread.join(0.3)
    assert carrying.alive
    carrying.stop()
