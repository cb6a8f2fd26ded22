"""The tables, the documentation and the manifest say what the bot really uses of Slack: no less, and no more.

Compares with what the rest of the suite was seen to use, in a run after it: `make test`.
"""

import re
from pathlib import Path

import pytest

from bot.slack.requirements import EVENTS, FAILURES, METHODS, SURFACES, bot_scopes
from tests.slack_usage import SlackUsage, all_usage

PAGE = (Path(__file__).parents[2] / "docs" / "slack.md").read_text()

# Only a process over a real socket opens connections; the workspace hands out the address before it records calls.
OVER_A_SOCKET = {"apps.connections.open"}


@pytest.fixture
def seen() -> SlackUsage:
    """What the whole suite saw; only after it is there something to compare with."""
    whole = all_usage()
    if whole.worlds < 300:
        pytest.skip("the whole suite did not run before this: nothing to compare with")
    return whole


# What the workspace notes when it breaks on purpose: no answer at all, and an error that no Slack knows yet.
MADE_UP = {"no_answer", "an_error_of_tomorrow"}


def test_every_method_is_in_the_table_and_every_method_of_the_table_is_called(seen: SlackUsage) -> None:
    assert set(seen.called) | OVER_A_SOCKET == {method.name for method in METHODS}


def test_every_event_of_the_table_was_heard(seen: SlackUsage) -> None:
    assert {event.name for event in EVENTS} - set(seen.heard) == set()


def test_every_error_slack_answered_with_is_in_the_table(seen: SlackUsage) -> None:
    assert set(seen.refused) - {failure.name for failure in FAILURES} - MADE_UP == set()


def test_the_manifest_asks_for_the_scopes_that_were_needed(seen: SlackUsage) -> None:
    by_events = {scope for event in EVENTS for scope in event.scopes}
    by_surfaces = {scope for surface in SURFACES for scope in surface.scopes}
    assert set(bot_scopes()) == set(seen.scopes) | by_events | by_surfaces


@pytest.mark.parametrize("table", [METHODS, EVENTS, FAILURES])
def test_the_page_lists_the_table(table) -> None:
    names = {row.name for row in table}
    listed = set(re.findall(r"^\| `([a-z_.A-Z]+)` \|", PAGE, re.MULTILINE))
    assert names <= listed


def test_the_page_lists_nothing_else() -> None:
    known = {row.name for table in (METHODS, EVENTS, FAILURES) for row in table} | set(bot_scopes())
    assert set(re.findall(r"^\| `([a-z_.:A-Z]+)` \|", PAGE, re.MULTILINE)) == known
