"""The workspace of the demo, as its people find it."""

import pytest

from bot.slack.requirements import COMMANDS
from demo.cast import make_workspace
from tests.clock import MovableClock


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_it_offers_the_commands_of_every_language_its_own_first(language: str) -> None:
    workspace, _ = make_workspace(MovableClock(), MovableClock(), language)
    assert set(workspace.commands) == {one for spelled in COMMANDS.values() for one in spelled.values()}
    assert list(workspace.commands)[:4] == [spelled[language] for spelled in COMMANDS.values()]
