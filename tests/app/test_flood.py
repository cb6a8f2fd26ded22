"""Three thousand replies without a pause, over a real socket: whatever that socket does, each is kept once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from db.models import Reflection
from tests.app.live_world import LiveWorld
from tests.app.waiting import until

pytestmark = pytest.mark.sockets
MANY = 3_000


@pytest.fixture
def world(sqlite_url: str) -> Iterator[LiveWorld]:
    whole = LiveWorld(sqlite_url, over_http=False)
    yield whole
    whole.stops()


def question_comes(world: LiveWorld):
    """The weekly question stands in the channel."""
    world.sets_up()
    world.passes(days=7)
    until(lambda: "answer_pressed" in str(world.anna.messages(world.circle)[-1].blocks), "the weekly question")
    return world.anna.messages(world.circle)[-1]


def kept(world: LiveWorld) -> int:
    """How many replies are kept."""
    with world.bot.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Reflection)) or 0


def test_a_flood_is_kept_to_the_last_drop(world: LiveWorld):
    question = question_comes(world)
    for number in range(MANY):
        world.cast[number % len(world.cast)].says(world.circle, f"Reactie {number}", thread=question)
    until(lambda: kept(world) == MANY, "all are kept", timeout=240)


def test_what_is_said_while_the_connection_is_gone_is_taken_in_when_it_is_back(world: LiveWorld):
    question = question_comes(world)
    before = list(world.workspace.delivery.sinks)
    for sink in before:
        world.workspace.disconnect(sink)
    world.bram.says(world.circle, "In het donker gezegd", thread=question)
    world.workspace.delivery.waiting.clear()
    assert kept(world) == 0
    world.workspace.asks_reconnect("refresh_requested")
    until(lambda: kept(world) == 1, "it is taken in")
