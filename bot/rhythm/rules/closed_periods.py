"""A circle's own closed periods, as people type them: `21/12/2026 - 3/1/2027 kerstvakantie`, one a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.calendar import ClosedPeriod

# Longer than any school holiday. A longer period is a school year, or a typing error in a year.
LONGEST_DAYS: Final = 100
LONGEST_NAME: Final = 60
# All of them are shown in one field of a form again (Slack's limit).
_MOST_CHARACTERS: Final = 3000
_DAY: Final = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_LINE: Final = re.compile(rf"{_DAY}(?:\s*(?:[-–—]|t/m|tot en met|to|au)\s*{_DAY})?(?:[\s:,]+(.*))?")


@dataclass(frozen=True)
class Slip:
    """A line that is wrong: its number, from 1, and why: unreadable, no_such_day, backwards, too_long, name or many."""

    line: int
    why: str


def read_periods(text: str) -> tuple[list[ClosedPeriod], list[Slip]]:
    """The periods in `text`, in their order in time, and the lines that cannot be read. Empty lines are skipped."""
    periods: list[ClosedPeriod] = []
    slips: list[Slip] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found = _read_line(line.strip())
            if isinstance(found, str):
                slips.append(Slip(number, found))
            elif len(write_periods([*periods, found])) > _MOST_CHARACTERS:
                slips.append(Slip(number, "many"))
            else:
                periods.append(found)
    return sorted(set(periods)), slips


def write_periods(periods: Iterable[ClosedPeriod]) -> str:
    """These periods as people would type them."""
    return "\n".join(map(_write_line, periods))


def merge_periods(periods: Iterable[ClosedPeriod], more: Iterable[ClosedPeriod]) -> tuple[ClosedPeriod, ...]:
    """Both together, in their order in time, each stretch of days once, with the name that `periods` gives it."""
    named = {(one.first, one.last): one for one in [*more, *periods]}
    return tuple(sorted(named.values()))


def periods_fit(periods: Iterable[ClosedPeriod]) -> bool:
    """Whether they can be shown in one field again."""
    return len(write_periods(periods)) <= _MOST_CHARACTERS


def _read_line(line: str) -> ClosedPeriod | str:
    match = _LINE.fullmatch(line)
    if match is None:
        return "unreadable"
    first, last = _day(*match.group(1, 2, 3)), _day(*match.group(4, 5, 6)) if match[4] else None
    last = first if match[4] is None else last
    if first is None or last is None:
        return "no_such_day"
    return _checked(ClosedPeriod(first, last, (match[7] or "").strip()))


def _checked(period: ClosedPeriod) -> ClosedPeriod | str:
    if period.last < period.first:
        return "backwards"
    if (period.last - period.first).days >= LONGEST_DAYS:
        return "too_long"
    return period if len(period.name) <= LONGEST_NAME else "name"


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _write_line(period: ClosedPeriod) -> str:
    days = [f"{day.day}/{day.month}/{day.year}" for day in sorted({period.first, period.last})]
    return f"{' - '.join(days)} {period.name}".strip()
