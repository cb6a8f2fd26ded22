"""How many cells of the matrix a run looked at, said at its end."""

from collections.abc import Callable
from typing import Any

import pytest

CELLS = "cells of the matrix"
Recorder = Callable[[str, object], None]


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line, if there were any; tests in other processes count too."""
    found = [each for those in terminalreporter.stats.values() for each in those]
    # What was deselected stands there as well, and is no report.
    reports = [each for each in found if isinstance(each, pytest.TestReport)]
    called = (each for each in reports if each.when == "call")
    counted = [
        value for each in called for name, value in each.user_properties if name == CELLS if isinstance(value, int)
    ]
    if counted:
        terminalreporter.write_line(f"{CELLS}: {sum(counted):,} in {len(counted)} tests")
