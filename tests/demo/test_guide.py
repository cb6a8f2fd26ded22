"""The guide beside the page: what it names is what stands on the page."""

import re

import pytest

from bot.manifest import manifest
from bot.words import Words
from demo.guide import guided_page

NAMED = ("reflection.answer", "case.write", "case.pass")


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_it_names_buttons_and_commands_as_they_are_called(language: str) -> None:
    guide = re.split(rf'<div lang="{language}">', guided_page())[1].split("</div>")[0]
    assert all(f"<em>{Words.load()[language].plain(key)}</em>" in guide for key in NAMED)
    commands = {one["command"] for one in manifest(language)["features"]["slash_commands"]}
    assert set(re.findall(r"<code>(.*?)</code>", guide)) <= commands


def test_the_page_has_a_place_for_it() -> None:
    assert guided_page().count("<details open>") == 1
