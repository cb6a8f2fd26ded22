"""What a digest may say in numbers: none that points at a person, alone or subtracted from another.

A number is shown if it is about at least five different people, and for cases about at least three cases too. That is
not enough by itself: the number of a season, less those of two of its months, is the third month's. So everything is
divided into groups that are each large enough, in one fixed way from small to large; every number is the sum of whole
groups, and so is every difference of two numbers. What fits in no group is never counted.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from bot.core.periods import DigestPeriod, Length, month_of, season_of, year_of
from bot.core.text import Text

PEOPLE: Final = 5
CASES: Final = 3

K = TypeVar("K", bound=Hashable)
Group = frozenset[K]
_LONGER: Final = {Length.MONTH: month_of, Length.SEASON: season_of, Length.YEAR: year_of}


@dataclass(frozen=True)
class SharedCount:
    """Reflections shared in one round: how many, by how many different people, and the day it was asked."""

    asked_on: date
    reflections: int
    people: int


@dataclass(frozen=True)
class AskedPrompt:
    """One prompt of the period. `shared` is a number of reflections, or None where it is about too few people."""

    on: date
    question: Text | None
    theme: Text | None
    shared: int | None


@dataclass(frozen=True)
class Digest:
    """Everything a digest says; page, message and reports are all made from it, and it is the same for everybody.

    `shared` and `cases` are at least so many, or None: too few to count, which may be none.
    """

    circle: int
    period: DigestPeriod
    made_on: date
    asked: tuple[AskedPrompt, ...]
    methods: tuple[Text, ...]
    shared: int | None
    cases: int | None

    @property
    def themes(self) -> tuple[Text, ...]:
        """The themes of the prompts, each once, in the order they came."""
        return tuple(dict.fromkeys(one.theme for one in self.asked if one.theme))


def count_to_show(shared: SharedCount) -> int | None:
    """How many reflections one round had, as far as that may be shown."""
    return shared.reflections if shared.people >= PEOPLE else None


def count_shared(
    rounds: Mapping[K, SharedCount], period: DigestPeriod, people_behind: Callable[[Group[K]], int]
) -> int | None:
    """How many reflections a period had, as far as that may be shown.

    `people_behind` counts the different people who shared in any of these rounds.
    """
    alone = frozenset(key for key, shared in rounds.items() if count_to_show(shared) is not None)
    days = {key: shared.asked_on for key, shared in rounds.items()}
    counted = _counted(alone, _nested(days, period), lambda group: people_behind(group) >= PEOPLE)
    return sum(rounds[key].reflections for key in counted) or None


def count_cases(ended: Mapping[K, date], period: DigestPeriod, people_behind: Callable[[Group[K]], int]) -> int | None:
    """How many cases came to their end in a period, as far as that may be shown.

    `ended` is the day of each; `people_behind` counts the different people who took part in any of these cases.
    """

    def enough(group: Group[K]) -> bool:
        return len(group) >= CASES and people_behind(group) >= PEOPLE

    return len(_counted(frozenset(), _nested(ended, period), enough)) or None


def _counted(counted: Group[K], levels: Iterable[Iterable[Group[K]]], enough: Callable[[Group[K]], bool]) -> Group[K]:
    """What is counted: from each group, from small to large, all that is not counted yet, if that is large enough."""
    for level in levels:
        for group in level:
            rest = group - counted
            if rest and enough(rest):
                counted |= rest
    return counted


def _nested(days: Mapping[K, date], period: DigestPeriod) -> list[list[Group[K]]]:
    """Everything by month, then by season, then by year: the same groups for every period that holds them."""
    lengths = list(Length)[: list(Length).index(period.length) + 1]
    return [_by(_LONGER[length], days) for length in lengths]


def _by(period_of: Callable[[date], DigestPeriod], days: Mapping[K, date]) -> list[Group[K]]:
    keys = dict.fromkeys(period_of(day).key for day in days.values())
    return [frozenset(one for one, day in days.items() if period_of(day).key == key) for key in keys]
