"""What a journal shows: how much at once, what was a year ago, what a search finds; and how long an insight may be."""

import unicodedata
from datetime import date, datetime, timedelta

from bot.core.parts import is_blank
from bot.core.periods import DigestPeriod, Length, recent, year_of
from bot.reflection.types import A_YEAR

PER_PAGE = 5
# A sentence that one remembers and can repeat.
LONGEST_INSIGHT = 300
_ABOUT = timedelta(days=10)
_EXCERPT = 200


def a_year_ago(now: datetime) -> tuple[datetime, datetime]:
    """The two moments between which something counts as written "a year ago"."""
    return now - A_YEAR - _ABOUT, now - A_YEAR + _ABOUT


def nearest_to_a_year_ago(moments: list[datetime], now: datetime) -> int:
    """The index of the moment that is nearest to a year before `now`; raises ValueError if there are none."""
    return min(range(len(moments)), key=lambda index: abs(moments[index] - (now - A_YEAR)))


def matches_search(text: str, search: str) -> bool:
    """Whether every word of a search is in a text, whatever its capitals and accents."""
    bare = _bare(text)
    return all(word in bare for word in _bare(search).split())


def excerpt(text: str) -> str:
    """The beginning of a text on one line, whole words, with dots where it goes on."""
    line = " ".join(text.split())
    if len(line) <= _EXCERPT:
        return line
    cut = line.rfind(" ", 0, _EXCERPT)
    return f"{line[: cut if cut > 0 else _EXCERPT]} …"


def periods_to_choose(today: date, first: date) -> list[DigestPeriod]:
    """The last months, and every academic year since the day of the `first` entry, newest first."""
    months = [period for period in recent(today, first) if period.length is Length.MONTH]
    years = [year_of(date(year, 9, 1)) for year in range(today.year, first.year - 2, -1)]
    return months + [year for year in years if year.first <= today and year.last >= first]


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def as_one_line(text: str) -> str:
    """A text on one line; empty if there is nothing to see in it."""
    return "" if is_blank(text) else " ".join(text.split())
