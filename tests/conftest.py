"""What every test may ask for."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from types import FunctionType

import pytest
from slack_bolt.util.utils import get_arg_names_of_callable

from tests import slack_usage as relied_on
from tests.remembering import Memory, OwnDatabase
from tests.world import World

pytest_plugins = ["tests.databases", "tests.counting", "tests.chromium"]


@pytest.fixture(scope="session", autouse=True)
def listeners_are_read_as_they_are_written() -> Iterator[None]:
    """Bolt asks `inspect` what each of some 150 listeners wants to know: half of what it takes to start a bot."""

    def names_of(function: Callable[..., object]) -> list[str]:
        is_plain = isinstance(function, FunctionType) and not hasattr(function, "__wrapped__")
        code = function.__code__ if is_plain else None
        return list(code.co_varnames[: code.co_argcount]) if code else get_arg_names_of_callable(function)

    with pytest.MonkeyPatch.context() as patch:
        for module in ("listener.custom_listener", "listener_matcher.builtins"):
            patch.setattr(f"slack_bolt.{module}.get_arg_names_of_callable", names_of)
        yield


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
    relied_on.save_usage()
