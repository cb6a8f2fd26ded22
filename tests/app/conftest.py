"""A served workspace, and processes of the bot that end with the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.running import BotProcess, ServedWorkspace

Start = Callable[..., BotProcess]


@pytest.fixture
def village() -> Iterator[ServedWorkspace]:
    """A workspace that answers."""
    village = ServedWorkspace()
    village.opens()
    yield village
    village.closes()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a process: `start("run", **settings)`."""
    started: list[BotProcess] = []

    def start_one(*command: str, **environment: str) -> BotProcess:
        started.append(BotProcess(tmp_path, *command, **environment))
        return started[-1]

    yield start_one
    for each in started:
        each.dies()
