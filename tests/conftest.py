"""What every test may ask for."""

from collections.abc import Iterator

import pytest

from tests import slack_usage as relied_on
from tests.world import World

pytest_plugins = ["tests.databases", "tests.counting", "tests.chromium"]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The cast in its channel, Klankbord not yet brought in; once on each kind of database."""
    whole = World(database_url)
    yield whole
    whole.stops()


def pytest_sessionfinish() -> None:
    """What was seen of Slack is compared in a run after this one."""
    relied_on.save_usage()
