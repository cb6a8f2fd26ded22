"""What a circle planned comes first, and what is not there any more was planned in vain."""

from bot.questions.rules import planned
from tests.library.test_prompts import TEN


def test_a_planned_question_is_the_only_one_to_choose_from() -> None:
    assert planned(TEN, "p4", "theme1") == [TEN[4]]


def test_of_a_planned_theme_every_question_may_come() -> None:
    assert {one.theme for one in planned(TEN, None, "theme2")} == {"theme2"}
    assert planned(TEN, "gone", "theme2") == planned(TEN, None, "theme2")


def test_what_is_gone_was_planned_in_vain() -> None:
    assert planned(TEN, "gone", "gone") == planned(TEN, None, None) == TEN
