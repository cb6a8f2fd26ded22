"""Whoever visits the demo in another language finds a circle that speaks it."""

import pytest

from demo.cast import CIRCLES
from demo.guide import DemoGuide
from demo.other_circles import KEEPERS
from tests.demo.conftest import Demo

OTHER = {"nl": "en", "en": "fr", "fr": "nl"}


def test_nobody_but_its_keepers_is_in_it_until_somebody_visits(demo: Demo) -> None:
    for language in {"nl", "en", "fr"} - {demo.language}:
        circle = demo.workspace.channel(CIRCLES[language])
        assert {demo.workspace.users[one].real_name for one in circle.members} == {*KEEPERS, "Klankbord"}


@pytest.fixture
def visited(demo: Demo) -> str:
    """Bram reads the page in another language; that one."""
    guide, bram = DemoGuide(lambda: demo.world, demo.language).page_guide(), demo.workspace.person("Bram")
    assert guide.language_of(bram) == demo.language
    assert guide.speak(bram, OTHER[demo.language]) == CIRCLES[OTHER[demo.language]]
    assert guide.language_of(bram) == OTHER[demo.language]
    return OTHER[demo.language]


def test_its_question_its_forms_and_home_speak_it(demo: Demo, visited: str) -> None:
    bram, speaker = demo.workspace.person("Bram"), demo.world.bot.services.speakers[visited]
    bram.opens_home()
    demo.world.finish_all()
    assert speaker.plain("home.open") in bram.visible_text(bram.home)
    circle = demo.workspace.channel(CIRCLES[visited])
    assert speaker.plain("reflection.answer") in bram.visible_text(circle)
    bram.commands(circle, "/synthese")
    assert bram.modal and bram.modal.title == speaker.plain("digest.title")
    bram.closes()


def test_a_language_that_nobody_speaks_changes_nothing(demo: Demo) -> None:
    guide, dirk = DemoGuide(lambda: demo.world, demo.language).page_guide(), demo.workspace.person("Dirk")
    assert guide.speak(dirk, "tlh") == ""
    assert guide.language_of(dirk) == demo.language
