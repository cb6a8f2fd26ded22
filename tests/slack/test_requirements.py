"""The tables of what the bot relies on at Slack."""

import pytest

from bot.slack.requirements import COMMANDS, EVENTS, METHODS, SURFACES, bot_scopes, reasons_for_scopes, spellings

# What the community was promised: these, and no more.
PROMISED = {
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:write",
    "reactions:read",
    "usergroups:read",
    "users:read",
}


def test_no_scope_beyond_what_was_promised() -> None:
    assert set(bot_scopes()) <= PROMISED


def test_every_scope_has_a_use() -> None:
    assert set(reasons_for_scopes()) == set(bot_scopes())
    assert all(reasons_for_scopes().values())


@pytest.mark.parametrize("table", [METHODS, EVENTS, SURFACES])
def test_everything_is_listed_once_with_a_sentence_of_reason(table) -> None:
    names = [use.name for use in table]
    assert len(names) == len(set(names))
    assert all(use.reason[0].isupper() and use.reason.endswith(".") for use in table)


def test_every_way_to_write_a_command_is_known() -> None:
    assert spellings("klankbord") == ("/klankbord",)
    assert spellings("intervision") == ("/intervisie", "/intervision")
    assert sum(len(spellings(command)) for command in COMMANDS) == 9
