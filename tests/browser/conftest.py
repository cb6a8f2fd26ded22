"""The demo as a newcomer starts it, and a browser."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.core.text import Language
from tests.browser.watching import pages_without_errors

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class RunningDemo:
    """What `python main.py demo` printed: the address of the page, in this language."""

    language: Language
    url: str


@pytest.fixture(scope="module", params=["nl", "en", "fr"])
def demo(request: pytest.FixtureRequest) -> Iterator[RunningDemo]:
    """The demo in each language."""
    with running(request.param) as demo:
        yield demo


@contextmanager
def running(language: Language) -> Iterator[RunningDemo]:
    """The demo in a process of its own, ended as people end it."""
    process = subprocess.Popen(
        [sys.executable, "main.py", "demo", "--language", language, "--no-open", "--port", str(free_port())],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = next((line for line in process.stdout if "http://" in line), "")
        yield RunningDemo(language, next(word for word in line.split() if word.startswith("http://")))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


@pytest.fixture(autouse=True)
def no_page_complains(browser: Browser) -> Iterator[None]:
    """A story in which a page raised an error, or wrote one on its console, failed."""
    with pages_without_errors(browser):
        yield


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as router:
        return int(router.getsockname()[1])
