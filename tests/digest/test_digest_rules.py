"""Numbers in a digest: where they appear, where words replace them, and that subtracting them reveals nothing more."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.core.periods import DigestPeriod, Length, month_of, parse, season_of, year_of
from bot.digest.rules import CASES, PEOPLE, SharedCount, count_cases, count_shared, count_to_show


class Circle:
    """Rounds and cases with the people behind each: `asks(day, "abc")` is one reflection each of a, b and c."""

    def __init__(self) -> None:
        self.writers: dict[int, str] = {}
        self.days: dict[int, date] = {}

    def asks(self, day: date, writers: str) -> int:
        number = len(self.days)
        self.writers[number], self.days[number] = writers, day
        return number

    def people_behind(self, numbers: Iterable[int]) -> int:
        return len(set("".join(self.writers[number] for number in numbers)))

    def round(self, number: int) -> SharedCount:
        return SharedCount(self.days[number], len(self.writers[number]), len(set(self.writers[number])))

    def shared_in(self, key: str) -> int | None:
        period = parse(key)
        inside = [number for number, day in self.days.items() if period.first <= day <= period.last]
        return count_shared({number: self.round(number) for number in inside}, period, self.people_behind)

    def cases_in(self, key: str) -> int | None:
        period = parse(key)
        inside = {number: day for number, day in self.days.items() if period.first <= day <= period.last}
        return count_cases(inside, period, self.people_behind)


def test_five_people_make_a_number_and_four_do_not():
    circle = Circle()
    crowded = circle.asks(date(2026, 11, 2), "abcde")
    quiet = circle.asks(date(2026, 11, 9), "abcd")

    assert count_to_show(circle.round(crowded)) == 5
    assert count_to_show(circle.round(quiet)) is None


def test_one_person_who_writes_much_is_still_one_person():
    circle = Circle()
    circle.asks(date(2026, 11, 2), "aaaaaaaaaa")

    assert circle.shared_in("2026-11") is None


def test_people_who_answered_different_questions_count_together_in_the_month():
    circle = Circle()
    circle.asks(date(2026, 11, 2), "abc")
    circle.asks(date(2026, 11, 9), "cde")

    assert circle.shared_in("2026-11") == 6


def test_one_quiet_question_is_left_out_of_the_total_so_that_nobody_can_subtract():
    circle = Circle()
    circle.asks(date(2026, 11, 2), "abcdef")
    circle.asks(date(2026, 11, 9), "a")

    assert circle.shared_in("2026-11") == 6


def test_one_quiet_month_is_left_out_of_its_season_so_that_nobody_can_subtract():
    circle = Circle()
    circle.asks(date(2026, 9, 7), "abcde")
    circle.asks(date(2026, 10, 5), "abcdefg")
    circle.asks(date(2026, 11, 2), "ab")

    assert [circle.shared_in(key) for key in ("2026-09", "2026-10", "2026-11", "2026-autumn")] == [5, 7, None, 12]


def test_quiet_months_count_in_the_season_once_they_have_enough_people_together():
    circle = Circle()
    for month, people in ((9, "ab"), (10, "cd"), (11, "ef")):
        circle.asks(date(2026, month, 7), people)

    assert [circle.shared_in(key) for key in ("2026-09", "2026-10", "2026-11", "2026-autumn")] == [None, None, None, 6]


def test_a_season_that_is_too_quiet_counts_in_its_year_only_with_another():
    circle = Circle()
    circle.asks(date(2026, 10, 5), "abc")
    circle.asks(date(2027, 4, 5), "cd")
    assert circle.shared_in("2026-2027") is None

    circle.asks(date(2027, 7, 5), "e")
    assert circle.shared_in("2026-2027") == 6


def test_nothing_shared_and_too_little_shared_say_the_same():
    circle = Circle()
    circle.asks(date(2026, 11, 2), "")

    assert circle.shared_in("2026-11") is circle.shared_in("2026-10") is None


def test_cases_need_three_cases_and_five_people():
    circle = Circle()
    circle.asks(date(2026, 11, 2), "abcde")
    circle.asks(date(2026, 11, 9), "abcde")
    assert circle.cases_in("2026-11") is None

    circle.asks(date(2026, 11, 16), "abcde")
    assert circle.cases_in("2026-11") == 3


def test_three_cases_among_four_people_are_not_counted():
    circle = Circle()
    for day in (2, 9, 16):
        circle.asks(date(2026, 11, day), "abcd")

    assert circle.cases_in("2026-11") is None


def test_a_single_case_in_a_month_cannot_be_found_by_subtracting_months_from_the_season():
    circle = Circle()
    for day in (7, 14, 21):
        circle.asks(date(2026, 9, day), "abcde")
    circle.asks(date(2026, 11, 2), "abcde")

    assert circle.cases_in("2026-autumn") == circle.cases_in("2026-09") == 3


PEOPLE_OF_THE_CIRCLE = "abcdefg"
A_YEAR = [month_of(date(2026 + (month < 9), month, 1)) for month in range(1, 13)]
EVERY_PERIOD = [*A_YEAR, *dict.fromkeys(season_of(month.first) for month in A_YEAR), year_of(A_YEAR[0].first)]
happenings = st.lists(st.tuples(st.integers(0, 364), st.text(PEOPLE_OF_THE_CIRCLE, max_size=7)), max_size=14)


class Telltale(Circle):
    """Everybody writes so many reflections a round (1, 100, 10,000, …) that any sum of them shows who is in it."""

    def round(self, number: int) -> SharedCount:
        writers = set(self.writers[number])
        return SharedCount(
            self.days[number], sum(100 ** PEOPLE_OF_THE_CIRCLE.index(one) for one in writers), len(writers)
        )


def people_in(total: int) -> int:
    """How many different people a number of reflections in a telltale circle is made of."""
    return len([place for place in range(len(PEOPLE_OF_THE_CIRCLE)) if total // 100**place % 100])


def all_differences(circle: Circle, shown: dict[DigestPeriod, int]) -> Iterator[int]:
    """Every whole, less the numbers that are shown of the rounds, months or seasons in it."""
    for whole in EVERY_PERIOD:
        yield shown[whole] - sum(
            count_to_show(circle.round(n)) or 0 for n, day in circle.days.items() if holds(whole, day)
        )
        for length in Length:
            parts = [part for part in EVERY_PERIOD if part.length is length and part != whole]
            for chosen in (parts, parts[:1], parts[1:], parts[::2]):
                inside = [shown[part] for part in chosen if holds(whole, part.first) and holds(whole, part.last)]
                yield shown[whole] - sum(inside)


def holds(period: DigestPeriod, day: date) -> bool:
    return period.first <= day <= period.last


def happening(circle: Circle, happened: list[tuple[int, str]]) -> Circle:
    for days, people in happened:
        circle.asks(date(2026, 9, 1) + timedelta(days=days), people)
    return circle


@given(happenings)
def test_whatever_is_subtracted_what_is_left_is_nobodys_or_that_of_at_least_five(happened):
    circle = happening(Telltale(), happened)
    shown = {period: circle.shared_in(period.key) or 0 for period in EVERY_PERIOD}

    for left in all_differences(circle, shown):
        assert left >= 0
        assert left == 0 or people_in(left) >= PEOPLE


@given(happenings)
def test_cases_left_after_subtracting_are_never_one_or_two(happened):
    circle = happening(Circle(), happened)
    shown = {period: circle.cases_in(period.key) or 0 for period in EVERY_PERIOD}

    for whole, part in product(EVERY_PERIOD, EVERY_PERIOD):
        if holds(whole, part.first) and holds(whole, part.last):
            left = shown[whole] - shown[part]
            assert left == 0 or left >= CASES
