"""What happens while the bot is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from playground.model import Message
from tests.intervision.actors import Table
from tests.reflection.actors import question_comes
from tests.world import World


@contextmanager
def away(world: World) -> Iterator[None]:
    """The bot is down for an hour, and the events of that hour never come."""
    world.stops()
    yield
    world.calendar.move(timedelta(hours=1))
    world.elapsed.move(timedelta(hours=1))
    world.workspace.delivery.waiting.clear()
    world.starts()
    world.settles()


@pytest.fixture
def question(world: World) -> Message:
    """The first weekly question is in the channel."""
    return question_comes(world)


@pytest.fixture
def table(world: World) -> Table:
    """A case has begun."""
    world.sets_up()
    table = Table(world)
    table.begins()
    return table
