"""Processes of the bot that are killed, stopped and continued by signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path


class BotProcess:
    """One process at a time, which can be started again after it died; its log stays in `folder`."""

    def __init__(self, name: str, folder: Path, environment: dict[str, str]) -> None:
        self.name, self.is_stopped = name, False
        self._environment, self._log = environment, folder / f"{name.replace(' ', '-')}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it runs, or is stopped."""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """All that it logged, in all its lives."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def starts(self) -> None:
        """Start it."""
        self.is_stopped = False
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "benchmarks.torture_processes.copy_main"]
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)  # noqa: S603

    def dies(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
        self.is_stopped = False

    def stops(self) -> None:
        """SIGSTOP: it stands still where it is."""
        self._signal(signal.SIGSTOP)
        self.is_stopped = True

    def goes_on(self) -> None:
        """SIGCONT."""
        self._signal(signal.SIGCONT)
        self.is_stopped = False

    def _signal(self, number: int) -> None:
        if self._process is not None and self.is_alive:
            os.kill(self._process.pid, number)
