"""A small workspace whose clocks stand still until a test moves them, and a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from chromium import CHROMIUM, QUIET
from listening_app import Listener, Watch
from playground.model import Conversation, Limits
from playground.people import Person
from playground.workspace import PracticeWorkspace


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(watch: Watch) -> PracticeWorkspace:
    workspace = PracticeWorkspace(watch.calendar, watch.elapsed, limits=Limits.none())
    workspace.commands = {"/ask": "Ask something", "/report": "What was asked"}
    return workspace


@pytest.fixture
def anna(workspace: PracticeWorkspace) -> Person:
    return workspace.add_person("Anna")


@pytest.fixture
def bram(workspace: PracticeWorkspace) -> Person:
    return workspace.add_person("Bram")


@pytest.fixture
def celine(workspace: PracticeWorkspace) -> Person:
    return workspace.add_person("Céline")


@pytest.fixture
def circle(workspace: PracticeWorkspace, anna: Person, bram: Person) -> Conversation:
    """A public channel with Anna, Bram and the app in it."""
    channel = workspace.create_channel("lunch-club", by=anna)
    anna.invites(channel, bram)
    anna.invites(channel, workspace.bot)
    return channel


@pytest.fixture
def app(workspace: PracticeWorkspace, circle: Conversation) -> Listener:
    """The app begins to listen when the circle is there."""
    listener = Listener(workspace)
    workspace.connect(listener)
    return listener


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A chromium without a screen, with patience for a machine that is busy."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
