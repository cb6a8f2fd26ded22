"""Prints at the end of a run how many cells of the matrix were tested."""

from collections.abc import Callable
from typing import Any

import pytest

CELLS = "cells of the matrix"
Recorder = Callable[[str, object], None]


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line, if there were any, with the tests of other processes."""
    found = [each for those in terminalreporter.stats.values() for each in those]
    # Deselected tests are in the statistics too, and are no reports.
    reports = [each for each in found if isinstance(each, pytest.TestReport)]
    called = (each for each in reports if each.when == "call")
    counted = [
        value for each in called for name, value in each.user_properties if name == CELLS if isinstance(value, int)
    ]
    if counted:
        terminalreporter.write_line(f"{CELLS}: {sum(counted):,} in {len(counted)} tests")
