"""What a circle planned comes first; a plan for what does not exist any more changes nothing."""

from dataclasses import replace

from bot.questions.rules import left_by_plan, left_by_season
from tests.library.test_prompts import TEN


def test_a_planned_question_is_the_only_one_to_choose_from() -> None:
    assert left_by_plan(TEN, "p4", "theme1") == [TEN[4]]


def test_of_a_planned_theme_every_question_may_come() -> None:
    assert {one.theme for one in left_by_plan(TEN, None, "theme2")} == {"theme2"}
    assert left_by_plan(TEN, "gone", "theme2") == left_by_plan(TEN, None, "theme2")


def test_a_plan_for_what_does_not_exist_any_more_changes_nothing() -> None:
    assert left_by_plan(TEN, "gone", "gone") == left_by_plan(TEN, None, None) == TEN


def test_a_question_of_a_season_comes_in_its_months_and_whoever_chose_it_has_it_any_time() -> None:
    any_time, summer = TEN[0], replace(TEN[1], months=(6, 12))
    assert list(left_by_season([any_time, summer], 9)) == [any_time]
    assert list(left_by_season([any_time, summer], 6)) == [any_time, summer]
    assert list(left_by_season([summer], 9)) == [summer]
