"""A served workspace, and bots as processes that are gone when the test is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.running import Running, Village

Start = Callable[..., Running]


@pytest.fixture
def village() -> Iterator[Village]:
    """A workspace that answers."""
    village = Village()
    village.opens()
    yield village
    village.closes()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a process: `start("run", **settings)`."""
    started: list[Running] = []

    def start_one(*command: str, **surroundings: str) -> Running:
        started.append(Running(tmp_path, *command, **surroundings))
        return started[-1]

    yield start_one
    for each in started:
        each.dies()
