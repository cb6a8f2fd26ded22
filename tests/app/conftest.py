"""A served workspace, and processes of the bot that end with the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.app.odd_slack import Line
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


@pytest.fixture
def postgres_line(postgres_url: str) -> Iterator[Line]:
    """A line to the server of PostgreSQL, which can be frozen."""
    line = Line(f"{make_url(postgres_url).query['host']}/.s.PGSQL.5432")
    yield line
    line.is_cut()


@pytest.fixture
def postgres_over_tcp(postgres_url: str, postgres_line: Line) -> str:
    """The URL of a fresh database at the end of that line."""
    address = make_url(postgres_url).set(host="127.0.0.1", port=postgres_line.port)
    return address.difference_update_query(["host"]).render_as_string(hide_password=False)
