"""`python main.py demo`, as people start and stop it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.sockets


@contextmanager
def demo(folder: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A demo whose temporary files are in `folder`."""
    process = subprocess.Popen(
        [sys.executable, "main.py", "demo", "--no-open", *options],
        cwd=ROOT,
        text=True,
        env=os.environ | {"TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_it_takes_the_next_port_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(tmp_path, "--language", "en", "--port", str(port)) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline(), process.stdout.readline()]
            url = next(word for word in lines[1].split() if word.startswith("http://"))
            page = urllib.request.urlopen(url).read().decode()
            process.send_signal(signal.SIGTERM)
            rest, problems = process.communicate(timeout=30)
    assert lines[0].startswith(f"Port {port} is in use, so the demo takes ")
    assert "klankbord" in page.lower()
    assert (process.returncode, rest, problems) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_stopped_while_it_prepares(tmp_path: Path) -> None:
    with demo(tmp_path, "--language", "nl") as process:
        while not list(tmp_path.glob("klankbord-demo-*/klankbord.db")):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said, problems = process.communicate(timeout=30)
    assert (process.returncode, said, problems) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_a_language_it_does_not_speak_is_said_plainly(tmp_path: Path) -> None:
    with demo(tmp_path, "--language", "de") as process:
        _, problems = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "Traceback" not in problems


def test_where_there_is_no_playground_it_says_what_to_do() -> None:
    """As in the container, which has only what a real workspace needs."""
    program = 'import sys; sys.modules["playground"] = None; from cli.commands import cli; cli(["demo"])'
    ended = subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "klankbord: The demo is not installed here: run make demo in a clone of Klankbord\n"
