"""What a journal shows: how much at once, what was a year ago, what a search finds, and when its writer is asked."""

import unicodedata
from datetime import date, datetime, timedelta

from bot.core.parts import is_blank
from bot.core.periods import DigestPeriod, Length, recent, year_of
from bot.reflection.types import A_YEAR

PER_PAGE = 5
_ABOUT = timedelta(days=10)
_EXCERPT = 200


def a_year_ago(now: datetime) -> tuple[datetime, datetime]:
    """Between which moments something was written "a year ago"."""
    return now - A_YEAR - _ABOUT, now - A_YEAR + _ABOUT


def nearest(moments: list[datetime], now: datetime) -> int:
    """The place of the moment that is nearest to a year ago; ValueError if there is none."""
    return min(range(len(moments)), key=lambda place: abs(moments[place] - (now - A_YEAR)))


def finds(text: str, sought: str) -> bool:
    """Whether every word of a search stands in a text, whatever its capitals and accents."""
    bare = _bare(text)
    return all(word in bare for word in _bare(sought).split())


def excerpt(text: str) -> str:
    """The beginning of a text on one line, whole words, with dots where it goes on."""
    line = " ".join(text.split())
    if len(line) <= _EXCERPT:
        return line
    cut = line.rfind(" ", 0, _EXCERPT)
    return f"{line[: cut if cut > 0 else _EXCERPT]} …"


def periods(today: date, first: date) -> list[DigestPeriod]:
    """What one can choose from: the last months, and every academic year since the first entry, newest first."""
    months = [period for period in recent(today, first) if period.length is Length.MONTH]
    years = [year_of(date(year, 9, 1)) for year in range(today.year, first.year - 2, -1)]
    return months + [year for year in years if year.first <= today and year.last >= first]


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


# What somebody remembers and can say on.
LONGEST_INSIGHT = 300


def sentence(text: str) -> str:
    """What was written as one line; empty where there is nothing to see."""
    return "" if is_blank(text) else " ".join(text.split())
