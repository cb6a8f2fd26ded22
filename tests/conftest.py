"""What every test may ask for."""

from collections.abc import Iterator

import pytest

from tests.world import World

pytest_plugins = ["tests.databases"]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The cast in its channel, Klankbord not yet brought in; once on each kind of database."""
    whole = World(database_url)
    yield whole
    whole.stops()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What compares with the rest of the suite runs after it."""
    items.sort(key=lambda item: item.path.name == "test_relied_on.py")
