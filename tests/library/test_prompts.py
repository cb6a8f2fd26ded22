"""Which question comes next week: every one once, never the same theme twice where it can be helped."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import Text
from bot.library.prompts import Prompt
from bot.questions.rules import choose_prompt


def prompt(id_: str, theme: str = "dialogue") -> Prompt:
    return Prompt(id_, theme, "kolb", Text(nl=id_, en=id_, fr=id_))


def a_year_of(prompts: list[Prompt], weeks: int, circle: str = "C1", before: tuple[str, ...] = ()) -> list[Prompt]:
    posted: list[Prompt] = []
    for week in range(weeks):
        posted.append(choose_prompt(prompts, [*before, *(each.id for each in posted)], f"{circle} week {week}"))
    return posted


TEN = [prompt(f"p{number}", f"theme{number % 3}") for number in range(10)]
collections = st.lists(st.integers(0, 4), min_size=1, max_size=12).map(
    lambda themes: [prompt(f"p{number}", f"theme{theme}") for number, theme in enumerate(themes)]
)


@given(collections, st.integers(1, 3), st.text(max_size=5))
def test_none_comes_again_before_all_were_used(prompts: list[Prompt], rounds: int, circle: str) -> None:
    posted = a_year_of(prompts, rounds * len(prompts), circle)
    for start in range(0, len(posted), len(prompts)):
        assert {each.id for each in posted[start : start + len(prompts)]} == {each.id for each in prompts}


@given(collections, st.text(max_size=5))
def test_no_question_is_asked_two_weeks_running(prompts: list[Prompt], circle: str) -> None:
    posted = a_year_of(prompts, 2 * len(prompts), circle)
    assert len(prompts) == 1 or all(one != next_ for one, next_ in pairwise(posted))


@given(st.permutations(TEN), st.integers(0, 9), st.text())
def test_a_second_process_chooses_the_same(shuffled: list[Prompt], weeks: int, circle: str) -> None:
    used = [each.id for each in TEN[:weeks]]
    assert choose_prompt(shuffled, used, circle) == choose_prompt(TEN, used, circle)


def test_the_theme_changes_from_week_to_week() -> None:
    posted = a_year_of(TEN[:9], 6)
    assert all(one.theme != next_.theme for one, next_ in pairwise(posted))


def test_circles_do_not_walk_in_step() -> None:
    firsts = Counter(choose_prompt(TEN, [], f"circle {number}").id for number in range(200))
    assert len(firsts) == len(TEN)


def test_a_question_added_later_comes_once_and_not_ten_times() -> None:
    before = tuple(each.id for each in a_year_of(TEN[:9], 18))
    assert [each.id for each in a_year_of(TEN, 11, before=before)].count("p9") in (1, 2)
    assert len({each.id for each in a_year_of(TEN, 3, before=before)}) == 3


def test_a_question_taken_away_is_not_missed() -> None:
    assert choose_prompt([prompt("stays")], ["gone", "stays", "gone"], "C1").id == "stays"


def test_without_questions_there_is_none_to_choose_prompt() -> None:
    with pytest.raises(ValueError, match="no prompts"):
        choose_prompt([], [], "C1")
