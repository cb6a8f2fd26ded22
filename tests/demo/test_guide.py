"""The guide beside the page: what it names is what stands on the page."""

import re

import pytest

from bot.core import names
from bot.slack.manifest import manifest
from bot.slack.requirements import COMMANDS
from bot.words import Speakers
from demo.guide import guided_page

NAMED = ("reflection.answer", "case.write", "case.pass")


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_it_names_buttons_and_commands_as_they_are_called(language: str) -> None:
    guide = re.split(rf'<div lang="{language}">', guided_page())[1].split("</div>")[0]
    assert all(f"<em>{Speakers.load()[language].plain(key)}</em>" in guide for key in NAMED)
    commands = {one["command"] for one in manifest(language)["features"]["slash_commands"]}
    assert set(re.findall(r"<code>(.*?)</code>", guide)) <= commands


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_it_has_three_things_to_try_and_each_is_one_click(language: str) -> None:
    """What a click types is a command in this language; what it presses is a button of the bot."""
    guide = re.split(rf'<div lang="{language}">', guided_page())[1].split("</div>")[0]
    pressed = re.findall(r'<button type="button" class="button small" data-press="(\w+)">', guide)
    typed = re.findall(r'<button type="button" class="button small" data-command="([^"]+)">', guide)
    assert pressed == [names.ANSWER]
    assert len(typed) == 2
    assert all(any(set(one.split()) == set(spelled.values()) for spelled in COMMANDS.values()) for one in typed)
    first = [one.split()[0] for one in typed]
    assert first == re.findall(r"<code>(.*?)</code>", guide)


def test_the_page_has_a_place_for_it_and_for_its_tools() -> None:
    page = guided_page()
    assert page.count("<details open>") == 1
    assert page.count('<div id="guide-tools"></div>') == 1
