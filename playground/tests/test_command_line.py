"""`python -m playground`: who is there, and what happens when the port is taken."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from playground.__main__ import main, sample_workspace


def test_the_cast_is_in_one_channel_and_the_app_is_not_invited_yet() -> None:
    workspace = sample_workspace()
    circle = workspace.channel("#general")
    assert [workspace.name_of(member) for member in circle.members] == ["Anna", "Bram", "Céline", "Dirk", "Elif"]


MANIFEST = {
    "display_information": {"name": "Lunch Bot"},
    "features": {
        "slash_commands": [{"command": "/plan", "description": "Plan a lunch"}],
        "shortcuts": [{"callback_id": "keep", "type": "message", "name": "Keep this"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
}


def test_the_app_is_installed_as_its_manifest_says() -> None:
    workspace = sample_workspace(MANIFEST)
    assert (workspace.bot.name, workspace.bot.real_name) == ("lunch_bot", "Lunch Bot")
    assert workspace.commands == {"/plan": "Plan a lunch"}
    assert (workspace.shortcuts, workspace.shortcut_names) == ({"keep": "message"}, {"keep": "Keep this"})
    assert workspace.scopes == {"commands", "chat:write"}
    assert workspace.subscribed_events == {"app_mention"}


@pytest.mark.parametrize("written", ["", "{", "{}", "[]"])
def test_a_manifest_that_is_none_is_said_in_one_line(
    written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_text(written)
    assert main(["--manifest", str(tmp_path / "manifest.json")]) == 1
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and "manifest.json" in said


def test_a_taken_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and f"Port {port}" in said and "--port" in said


@pytest.mark.sockets
def test_it_tells_an_app_how_to_connect_and_stops_when_asked() -> None:
    command = [sys.executable, "-m", "playground", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline().strip() for _ in range(5)]
        api = lines[1].removeprefix("SLACK_API_URL=")
        assert urllib.request.urlopen(f"{api}api.test").status == 200
        assert [line.split("=")[0] for line in lines[2:]] == [
            "SLACK_BOT_TOKEN",
            "SLACK_APP_TOKEN",
            "SLACK_SIGNING_SECRET",
        ]
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=15) == 0
