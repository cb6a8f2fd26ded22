"""A circle that is set up, and the people in it."""

import pytest

from tests.intervision.actors import Table
from tests.world import World


@pytest.fixture
def table(world: World) -> Table:
    """Anna's circle is set up; anybody can bring a case."""
    world.sets_up()
    return Table(world)
