"""The clocks of two machines may differ: what copies of the bot decide together goes by the database's."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import composition
from bot.core.clocks import elapsed
from db.models import OutboxJob
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
