"""The command line as somebody types it, in an empty folder, with nothing in the environment but what they set."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.settings.settings import NAMES
from cli.commands import cli

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OTHER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@dataclass(frozen=True)
class Said:
    """How a command ended: its exit status, what it printed, and what it complained of."""

    status: int
    out: str
    error: str

    @property
    def complaint(self) -> str:
        """The one plain line of a command that met a problem."""
        assert (self.status, self.out) == (1, ""), self
        (line,) = self.error.splitlines()
        assert line.startswith("klankbord: ") and "Traceback" not in line
        return line.removeprefix("klankbord: ")


Types = Callable[..., Said]


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Types]:
    """`types("outbox list", PORT="…")`: the command, and the settings around it."""
    monkeypatch.chdir(tmp_path)
    for name in set(os.environ) & set(NAMES):
        monkeypatch.delenv(name)
    root = logging.getLogger()
    before, level, hook = list(root.handlers), root.level, threading.excepthook

    def type_it(command: str, **settings: str) -> Said:
        result = CliRunner().invoke(cli, command.split(), env=settings)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    yield type_it
    root.handlers, threading.excepthook = before, hook
    root.setLevel(level)
