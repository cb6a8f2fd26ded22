"""How a run begins, and on which database: what happened before it is lived through once, and copied."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from app import composition
from benchmarks.torture.acts import METHOD
from benchmarks.torture.clocks import MachineClock
from benchmarks.torture.seeded import seeded
from bot.library.reading import load_library
from bot.outbox.queue import Clock
from db.clock import SessionClock
from db.session import Database
from tests.databases import (
    PostgresCopy,
    PostgresDatabases,
    SqliteCopy,
    SqliteFiles,
    compiled_once,
    in_memory,
    running_postgres,
)
from tests.intervision.actors import Table
from tests.remembering import Memory, Moment
from tests.world import World

_METHOD_FILE = Path(__file__).with_name("short.yaml")
# A week after the circle was set up, less this, is when its first question is due.
_BEFORE_QUESTION = timedelta(days=7) - timedelta(hours=1, minutes=5)


def nothing_yet(world: World) -> None:
    """The bot was never there."""


def before_the_first_question(world: World) -> None:
    """The circle is set up, and its first question is due in five minutes."""
    world.sets_up()
    world.lives_through("almost a week goes by", lambda: _goes_by(world, _BEFORE_QUESTION))


def with_a_question(world: World) -> None:
    """The first question came a while ago."""
    before_the_first_question(world)
    world.lives_through("a question comes", lambda: _goes_by(world, timedelta(minutes=20)))


def in_a_case(world: World) -> None:
    """A case has begun, and its people write."""
    with_a_question(world)
    Table(world).begins(method=METHOD)


BEGINNINGS: tuple[Callable[[World], None], ...] = (
    nothing_yet,
    before_the_first_question,
    before_the_first_question,
    with_a_question,
    in_a_case,
    in_a_case,
)


def _goes_by(world: World, time: timedelta) -> None:
    world.calendar.move(time)
    world.elapsed.move(time)
    world.settles()


@dataclass(frozen=True)
class Start:
    """How worlds are prepared: how long a step of their cases lasts, and when they begin, if not as other stories.

    `calendar` and `elapsed` are the two clocks.
    """

    window: str = "PT2H"
    calendar: datetime | None = None
    elapsed: datetime | None = None


class Databases:
    """Makes worlds on databases of their own, in `folder` (`sqlite`) or with what `server` gives (`postgres`)."""

    def __init__(self, folder: Path, server: Callable[[], PostgresDatabases], start: Start) -> None:
        self._folder, self._server, self._start = folder, server, start
        self._files = SqliteFiles(folder)
        # One for each beginning: what two had in common would have the ids of the one that was lived through first.
        self._memories: dict[tuple[str, str], Memory] = defaultdict(Memory)
        self._methods = folder / "methods"
        self._methods.mkdir()
        method = re.sub(r"PT\dH", start.window, _METHOD_FILE.read_text(encoding="utf-8"))
        (self._methods / f"{METHOD}.yaml").write_text(method, encoding="utf-8")

    @contextmanager
    def world(self, database: str, begins: Callable[[World], None]) -> Iterator[World]:
        """A world in which that happened; its database is gone afterwards."""
        with self._copy(database) as copy:
            world = World(copy, memory=self._memories[database, begins.__name__])
            self._set_clocks(world)
            with seeded(begins.__name__):
                world.is_given(METHOD, protocols_dir=self._methods)
                begins(world)
            copy.fill(world._copy)
            yield world

    def _set_clocks(self, world: World) -> None:
        calendar, elapsed = self._start.calendar or world.calendar(), self._start.elapsed or world.elapsed()
        world.calendar.at, world.elapsed.at = calendar, elapsed
        world._moment = replace(moment_of(world), calendar=calendar, elapsed=elapsed)

    @contextmanager
    def _copy(self, database: str) -> Iterator[SqliteCopy | PostgresCopy]:
        if database == "sqlite":
            with TemporaryDirectory(dir=self._folder) as folder:
                yield SqliteCopy(self._files, Path(folder) / "klankbord.db")
            return
        copy = PostgresCopy(self._server())
        try:
            yield copy
        finally:
            copy.drop()


def moment_of(world: World) -> Moment:
    """How this world was prepared."""
    assert world._moment is not None, "nothing else happened in it"
    return world._moment


@contextmanager
def databases(start: Start | None = None, server: Callable[[], PostgresDatabases] | None = None) -> Iterator[Databases]:
    """Databases in memory, where there is room. Without a `server`, one of PostgreSQL starts with its first world."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="klankbord-torture-", dir=in_memory()))
        stack.enter_context(compiled_once())
        # Each copy that starts would read the files of the methods again.
        stack.enter_context(patch.object(composition, "load_library", cache(load_library)))
        # Leases go by the clock of the database, which all copies share, whatever their own clocks say.
        stack.enter_context(patch.object(composition, "process_clock", _shared_clock))
        # And pauses by one that nobody sets.
        stack.enter_context(patch.object(composition, "steady_clock", _true_clock))
        yield Databases(Path(folder), server or _own_server(stack), start or Start())


def _own_server(stack: ExitStack) -> Callable[[], PostgresDatabases]:
    @cache
    def start() -> PostgresDatabases:
        return PostgresDatabases(stack.enter_context(running_postgres(above=in_memory())))

    return start


def _shared_clock(_database: Database, elapsed: Clock) -> SessionClock:
    true = _true_clock(elapsed)
    return lambda _session: true()


def _true_clock(elapsed: Clock) -> Clock:
    return elapsed.true if isinstance(elapsed, MachineClock) else elapsed
