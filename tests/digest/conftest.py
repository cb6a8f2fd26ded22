"""A circle with a past."""

import pytest

from tests.digest.history import History
from tests.world import World


@pytest.fixture
def history(world: World) -> History:
    """The circle is set up, and things happened in it."""
    world.sets_up()
    return History(world)
