"""The bot begins to listen, at its start and with each new connection."""

from sqlalchemy import select

from db.models import OutboxTarget, Workspace
from tests.world import World


def test_since_when_it_hears_is_kept_and_what_came_before_is_read(world: World):
    world.sets_up()
    world.passes(days=7)
    now = world.calendar()
    world.bot.catching_up.begin_listening(now)
    with world.bot.services.database.reading() as session:
        assert session.scalar(select(Workspace.heard_since)) == now
        places = list(session.scalars(select(OutboxTarget.catch_up_at).where(OutboxTarget.catch_up_at.is_not(None))))
    assert places and set(places) == {now}
