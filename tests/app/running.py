"""The bot as its operator runs it: `python main.py run` as a process of its own, over real sockets."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bot.slack.manifest import manifest
from playground.__main__ import sample_workspace
from playground.model import Limits, View
from playground.server import RunningServer, serve
from playground.workspace import PracticeWorkspace
from tests.app.waiting import until

ROOT = Path(__file__).parents[2]
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def free_port() -> int:
    """A free port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class ServedWorkspace:
    """A served workspace with its cast; `slack` are the settings of a bot in it."""

    def __init__(self, port: int = 0) -> None:
        self.workspace: PracticeWorkspace = sample_workspace(manifest())
        self.workspace.limiter.limits = Limits.none()
        self.circle = self.workspace.channel("general")
        self.anna, self.bram = (self.workspace.person(name) for name in ("Anna", "Bram"))
        self._port = port or free_port()
        self._server: RunningServer | None = None

    @property
    def slack(self) -> dict[str, str]:
        """The settings of a bot in this workspace, over Socket Mode."""
        return {"SLACK_APP_TOKEN": self.workspace.app_token, **self.slack_over_http}

    @property
    def slack_over_http(self) -> dict[str, str]:
        """The settings of a bot in this workspace, over HTTP."""
        return {
            "SLACK_API_URL": f"http://127.0.0.1:{self._port}/api/",
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_SIGNING_SECRET": self.workspace.signing_secret,
        }

    def opens(self) -> None:
        """Slack answers from now on."""
        self._server = serve(self.workspace, "127.0.0.1", self._port, page_routes=())

    def closes(self) -> None:
        """Slack does not answer any more."""
        if self._server:
            self._server.stop()
            self._server = None

    def is_connected(self) -> bool:
        """True if an app is connected."""
        return bool(self.workspace.delivery.sinks)

    def sees(self, text: str) -> bool:
        """True if this text is in the circle's channel."""
        return text in self.anna.visible_text(self.circle)

    def opens_set_up(self) -> View:
        """Anna invites the bot, and fills in the form that its greeting offers."""
        self.anna.invites(self.circle, self.workspace.bot)
        until(lambda: self.sees("Ik ben Klankbord"), "the greeting")
        self.anna.presses(self.anna.messages(self.circle)[-1], "set_up_pressed")
        until(lambda: self.anna.modal is not None, "the form")
        assert self.anna.modal is not None
        self.anna.fills(self.anna.modal, {"contact": "Vertrouwenspersoon: 016 00 00 00"})
        return self.anna.modal

    def sets_up(self) -> None:
        """Anna sets the circle up."""
        assert self.anna.submits(self.opens_set_up()).errors is None
        until(lambda: self.sees("/intervisie"), "what the circle can do now")


class BotProcess:
    """One process of the bot, started by a command of `main.py` or by "hasty"; `environment` are its settings."""

    def __init__(self, folder: Path, *command: str, **environment: str) -> None:
        self.port = free_port()
        self._log = folder / f"log-{self.port}.txt"
        variables = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{folder / 'klankbord.db'}",
            "PORT": str(self.port),
            "TICK_SECONDS": "0.2",
            "LOG_LEVEL": "DEBUG",
            "PYTHONPATH": str(ROOT),
            # What this process does is measured too, where the tests are.
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
            **environment,
        }
        program = ["-m", "tests.app.impatient_main"] if command == ("hasty",) else [str(ROOT / "main.py"), *command]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, *program],
                cwd=folder,
                env=variables,
                stdout=log,
                stderr=log,
            )

    @property
    def log(self) -> str:
        """Its log."""
        return self._log.read_text()

    def page(self, path: str, **request: Any) -> tuple[int, str]:
        """Its answer over HTTP: status and text; (0, "") if there is none."""
        try:
            with urllib.request.urlopen(
                urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", **request), timeout=5
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""

    def health(self) -> dict[str, str]:
        """What it says about its health."""
        return dict(json.loads(self.page("/health/ready")[1] or "{}"))

    def is_ready(self) -> bool:
        return self.page("/health/ready")[0] == 200

    def is_alive(self) -> bool:
        return self.page("/health/live")[0] == 200

    def handles_signals(self) -> bool:
        """Whether it would hear of SIGTERM, instead of ending by it (Linux says which signals a process catches)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        caught = int(status.partition("SigCgt:")[2].split()[0], 16)
        return bool(caught >> (signal.SIGTERM - 1) & 1)

    def asked_to_stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def exit_status(self, timeout: float = 20) -> int:
        """Wait until it ends by itself; returns the exit status."""
        return self._process.wait(timeout)

    def stops(self) -> int:
        """SIGTERM, and the exit status."""
        self.asked_to_stop()
        return self.exit_status()

    def dies(self) -> None:
        """Kill it, as a power failure would."""
        self._process.kill()
        self._process.wait(10)
