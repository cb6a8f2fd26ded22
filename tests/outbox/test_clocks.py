"""A clock of a machine may be wrong, and be set: copies go by that of the database, and a pause lasts as it should."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import composition
from bot.core.clocks import elapsed
from db.models import OutboxJob
from playground.faults import Fault, FaultRule
from tests.clock import MovableClock
from tests.outbox.test_doubt import breaks
from tests.outbox.test_sending import queue, reads
from tests.world import World


@pytest.mark.postgres
def test_when_a_job_was_queued_is_said_by_the_clock_of_the_database(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(postgres_url)
    world.sets_up()
    monkeypatch.setattr(composition, "real_time", world.elapsed)
    world.starts()
    queue(world, "one")
    with world.bot.services.database.reading() as session:
        queued_at = session.scalars(select(OutboxJob.queued_at).where(OutboxJob.state == "waiting")).one()
    assert abs(queued_at - elapsed()) < timedelta(minutes=1) < abs(world.elapsed() - elapsed())
    world.settles()
    assert reads(world) == ["one"]
    world.stops()


YEAR = timedelta(days=365)


@pytest.fixture
def steady(world: World, monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    """The clock that nobody can set, of a bot on a machine whose own clock is `world.elapsed`."""
    steady = MovableClock()
    monkeypatch.setattr(composition, "steady_clock", lambda _: steady)
    world.sets_up()
    world.starts()
    return steady


def is_paused(world: World) -> None:
    """Slack refuses the token once: everything waits for 45 seconds."""
    breaks(world, FaultRule(Fault.INVALID_AUTH, methods=("chat.postMessage",), times=1))
    queue(world, "one")
    world.bot.outbox_worker.send_all()
    assert reads(world) == []


def test_a_machines_clock_that_is_set_forth_ends_no_pause(world: World, steady: MovableClock) -> None:
    is_paused(world)
    world.elapsed.move(YEAR)
    steady.move(timedelta(seconds=40))
    world.bot.outbox_worker.send_all()
    assert reads(world) == []
    steady.move(timedelta(seconds=5))
    world.bot.outbox_worker.send_all()
    assert reads(world) == ["one"]


def test_a_machines_clock_that_is_set_back_lengthens_no_pause(world: World, steady: MovableClock) -> None:
    world.elapsed.at += YEAR
    is_paused(world)
    world.elapsed.at -= YEAR
    elsewhere = world.anna.creates_channel("elders")
    world.anna.invites(elsewhere, world.workspace.bot)
    queue(world, "two", channel=elsewhere)
    steady.move(timedelta(seconds=45))
    world.bot.outbox_worker.send_all()
    assert reads(world, elsewhere) == ["two"]
