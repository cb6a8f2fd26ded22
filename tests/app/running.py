"""The bot as whoever runs it has it: `python main.py run` as a process of its own, talking over real sockets."""

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

from playground.__main__ import furnished
from playground.model import Limits, View
from playground.server import RunningServer, serve
from playground.workspace import Workspace
from tests.app.waiting import until

ROOT = Path(__file__).parents[2]
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Village:
    """A served workspace with its cast; `slack` is where the bot finds it."""

    def __init__(self, port: int = 0) -> None:
        self.workspace: Workspace = furnished()
        self.workspace.limiter.limits = Limits.none()
        self.circle = self.workspace.channel("coaching-en-co")
        self.anna, self.bram = (self.workspace.person(name) for name in ("Anna", "Bram"))
        self._port = port or free_port()
        self._server: RunningServer | None = None

    @property
    def slack(self) -> dict[str, str]:
        """The settings that lead to this workspace, over Socket Mode."""
        return {"SLACK_APP_TOKEN": self.workspace.app_token, **self.slack_over_http}

    @property
    def slack_over_http(self) -> dict[str, str]:
        """The settings that lead to this workspace, over HTTP."""
        return {
            "SLACK_API_URL": f"http://127.0.0.1:{self._port}/api/",
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_SIGNING_SECRET": self.workspace.signing_secret,
        }

    def opens(self) -> None:
        """Slack answers from now on."""
        self._server = serve(self.workspace, "127.0.0.1", self._port, page_routes=())

    def closes(self) -> None:
        """Slack answers no more."""
        if self._server:
            self._server.stop()
            self._server = None

    def hears(self) -> bool:
        """Whether an app is there to be told what happens."""
        return bool(self.workspace.delivery.sinks)

    def sees(self, text: str) -> bool:
        """Whether this stands in the circle's channel."""
        return text in self.anna.visible_text(self.circle)

    def opens_set_up(self) -> View:
        """Anna brings the bot in, and fills in the form that its greeting offers."""
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


class Running:
    """One process of the bot, by a command of `main.py` or by "hasty"; `surroundings` are its settings."""

    def __init__(self, folder: Path, *command: str, **surroundings: str) -> None:
        self.port = free_port()
        self._log = folder / f"log-{self.port}.txt"
        given = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{folder / 'klankbord.db'}",
            "PORT": str(self.port),
            "TICK_SECONDS": "0.2",
            "LOG_LEVEL": "DEBUG",
            "PYTHONPATH": str(ROOT),
            # What this process does is measured too, where the tests are.
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
            **surroundings,
        }
        program = ["-m", "tests.app.impatient_main"] if command == ("hasty",) else [str(ROOT / "main.py"), *command]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, *program],
                cwd=folder,
                env=given,
                stdout=log,
                stderr=log,
            )

    @property
    def log(self) -> str:
        """All it wrote."""
        return self._log.read_text()

    def page(self, path: str, **request: Any) -> tuple[int, str]:
        """What it answers over HTTP: status and text; (0, "") while nobody answers."""
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
        """What it says of its own health."""
        return dict(json.loads(self.page("/health/ready")[1] or "{}"))

    def is_ready(self) -> bool:
        return self.page("/health/ready")[0] == 200

    def is_alive(self) -> bool:
        return self.page("/health/live")[0] == 200

    def asked_to_stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def exit_status(self, timeouts: float = 20) -> int:
        """Its exit status, once it has ended by itself."""
        return self._process.wait(timeouts)

    def stops(self) -> int:
        """SIGTERM, and the exit status."""
        self.asked_to_stop()
        return self.exit_status()

    def dies(self) -> None:
        """As when the power fails; for the end of a test too."""
        self._process.kill()
        self._process.wait(10)
