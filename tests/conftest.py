"""What every test may ask for."""

import gc
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests import slack_usage as relied_on
from tests.remembering import Memory, OwnDatabase
from tests.world import World

pytest_plugins = ["tests.databases", "tests.counting", "tests.chromium"]


@pytest.fixture(scope="session")
def memories() -> dict[type, Memory]:
    """What worlds on each kind of database remember, for as long as the process lives."""
    return defaultdict(Memory)


@pytest.fixture
def memory(request: pytest.FixtureRequest, own_database: OwnDatabase, memories: dict[type, Memory]) -> Memory | None:
    """What the world of this story remembers: nothing where it changes the bot's own code."""
    return None if "monkeypatch" in request.fixturenames else memories[type(own_database)]


@pytest.fixture
def world(own_database: OwnDatabase, memory: Memory | None) -> Iterator[World]:
    """The cast in its channel, Klankbord not yet brought in; once on each kind of database."""
    whole = World(own_database, memory=memory)
    yield whole
    whole.stops()


def pytest_collection_finish() -> None:
    """What was imported stays: nobody has to look through it again and again for what can be thrown away."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What was seen of Slack is compared in a run after this one."""
    relied_on.leave()
