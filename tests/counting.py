"""Counts the words that people read; prints at the end of a run what was counted."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

CELLS = "cells of the matrix"
WORDS = "words on a card"
PRESSES = "presses"
Recorder = Callable[[str, object], None]

# What Slack shows in place of its tokens: a date is as long as the words that we give it.
_SHOWN = (
    (re.compile(r"<[@#][A-Z0-9]+>"), "@Anna"),
    (re.compile(r"<![a-z]+>"), "@all"),
    (re.compile(r"<![^|>]*\|([^>]*)>"), r"\1"),
)


def words_read(shown: object) -> int:
    """How many words people read in a message, page or block: all its texts, the labels of its buttons included."""
    return sum(len(re.findall(r"\S*\w\S*", text)) for text in _texts(shown))


def _texts(shown: object) -> Iterator[str]:
    if isinstance(shown, list):
        for one in shown:
            yield from _texts(one)
    elif isinstance(shown, dict):
        if shown.get("type") in {"mrkdwn", "plain_text"}:
            yield _as_shown(str(shown["text"]))
        elif "blocks" in shown:
            yield from _texts(shown["blocks"])
        else:
            # A dialog that comes after a press is not on the card.
            yield from _texts([value for key, value in shown.items() if key != "confirm"])


def _as_shown(text: str) -> str:
    for token, words in _SHOWN:
        text = token.sub(words, text)
    return text


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line, if there were any, with the tests of other processes."""
    found = [each for those in terminalreporter.stats.values() for each in those]
    # Deselected tests are in the statistics too, and are no reports.
    reports = [each for each in found if isinstance(each, pytest.TestReport)]
    properties = [found for each in reports if each.when == "call" for found in each.user_properties]
    counted = [value for name, value in properties if name == CELLS if isinstance(value, int)]
    for what, average, most in (
        value for name, value in properties if name == WORDS if isinstance(value, list | tuple)
    ):
        terminalreporter.write_line(f"{WORDS}, {what}: mean {average}, most {most}")
    for what, number in (value for name, value in properties if name == PRESSES if isinstance(value, list | tuple)):
        terminalreporter.write_line(f"{PRESSES}, {what}: {number}")
    if counted:
        terminalreporter.write_line(f"{CELLS}: {sum(counted):,} in {len(counted)} tests")
