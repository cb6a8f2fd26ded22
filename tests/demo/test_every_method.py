"""One person alone, with colleagues who write and time that moves, takes a case through each method to its closing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import composition
from bot.core.clocks import elapsed
from bot.library.reading import load_library
from bot.settings.settings import Settings
from demo.cast import make_workspace
from demo.clock import DemoClock
from demo.history import History
from demo.script import ScriptTexts, read_script
from demo.start import demo_settings
from demo.world import demo_in_process
from tests.databases import SqliteFiles
from tests.demo.actors import Table
from tests.demo.alone import Alone

METHODS = load_library().protocols
# A Wednesday at ten in Brussels.
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def table(tmp_path: Path, sqlite_files: SqliteFiles) -> Iterator[Table]:
    """A circle that was just set up."""
    settings, clock = demo_settings(Settings(), "en", tmp_path), DemoClock(WEDNESDAY)
    workspace, circle = make_workspace(clock, elapsed, "en")
    sqlite_files.copy_to(tmp_path / "klankbord.db")
    with demo_in_process(workspace, settings, clock, composition.build_bot) as world:
        History(world, circle, ScriptTexts(read_script(), "en")).set_up_circle(WEDNESDAY.weekday())
        yield Table(world)


@pytest.mark.parametrize("method", METHODS)
def test_a_person_alone_lives_a_case_from_intake_to_closing(table: Table, method: str) -> None:
    anna = Alone(table, METHODS[method])
    anna.brings_and_starts()
    anna.goes_on_to_the_end()
    assert anna.steps_unseen() == []
    assert anna.colleagues_unheard() == []
