"""The periods a digest can be about: a month, a season, an academic year.

They nest: three months are a season, and the four seasons from autumn on are an academic year (1 September until
31 August). `bot.digest.rules` needs that, because numbers of nested periods can be subtracted from each other.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.words import Speaker

_ONE_DAY: Final = timedelta(days=1)
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_DUTCH: Final = {"lente": "spring", "zomer": "summer", "herfst": "autumn", "winter": "winter"}
_FRENCH: Final = {"printemps": "spring", "été": "summer", "ete": "summer", "automne": "autumn", "hiver": "winter"}
_OTHER_NAMES: Final = _DUTCH | _FRENCH
_MONTHS_SHOWN, _SEASONS_SHOWN, _YEARS_SHOWN = 6, 4, 2


class Length(StrEnum):
    """How long a period is, from short to long."""

    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True)
class DigestPeriod:
    """From `first` until `last`, both included, in the circle's zone; `key` is how people write the period."""

    key: str
    length: Length
    first: date
    last: date

    def between(self, zone: str) -> tuple[datetime, datetime]:
        """The period as UTC moments: its beginning, and its end (which is no longer in it)."""
        return _midnight(self.first, zone), _midnight(self.last + _ONE_DAY, zone)


def parse(key: str) -> DigestPeriod:
    """The period of a key: 2026-11, 2026-autumn or 2026-2027. Raises `ValueError` with a remedy."""
    try:
        found = _named(_in_english(key.strip().lower()))
    except ValueError:
        # The period ends after the last day that a date can hold.
        found = None
    if found is None:
        raise ValueError(f'"{key}" is no period; write a month (2026-11), a season (2026-autumn) or a year (2026-2027)')
    return found


def _named(text: str) -> DigestPeriod | None:
    if month := re.fullmatch(r"([1-9]\d{3})-(0[1-9]|1[0-2])", text):
        return month_of(date(int(month[1]), int(month[2]), 1))
    if season := re.fullmatch(rf"([1-9]\d{{3}})-({'|'.join(_SEASONS)})", text):
        return season_of(date(int(season[1]), _SEASONS[season[2]], 1))
    year = re.fullmatch(r"([1-9]\d{3})-([1-9]\d{3})", text)
    if year and int(year[2]) == int(year[1]) + 1:
        return year_of(date(int(year[1]), 9, 1))
    return None


def _in_english(text: str) -> str:
    """The key with the English name of its season: people write herfst, automne or autumn."""
    year, separator, season = text.partition("-")
    return f"{year}{separator}{_OTHER_NAMES.get(season, season)}"


def month_of(day: date) -> DigestPeriod:
    """The calendar month of this day."""
    first = day.replace(day=1)
    return DigestPeriod(f"{first:%Y-%m}", Length.MONTH, first, _months_on(first, 1) - _ONE_DAY)


def season_of(day: date) -> DigestPeriod:
    """The season of this day, in whole months. Winter is December until February, with the year of its December."""
    first = _months_on(day.replace(day=1), -(day.month % 3))
    name = next(name for name, month in _SEASONS.items() if month == first.month)
    return DigestPeriod(f"{first.year}-{name}", Length.SEASON, first, _months_on(first, 3) - _ONE_DAY)


def year_of(day: date) -> DigestPeriod:
    """The academic year of this day: 1 September until 31 August."""
    first = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    return DigestPeriod(f"{first.year}-{first.year + 1}", Length.YEAR, first, _months_on(first, 12) - _ONE_DAY)


def season_ends(now: datetime, zone: str) -> datetime:
    """The moment at which the season of `now` ends, in `zone`."""
    return season_of(local_day(now, zone)).between(zone)[1]


def recent(today: date, since: date) -> list[DigestPeriod]:
    """The periods to choose from: the latest of each length, newest first; none that ended before `since`."""
    months = [month_of(_months_on(today.replace(day=1), -back)) for back in range(_MONTHS_SHOWN)]
    seasons = [season_of(_months_on(today.replace(day=1), -3 * back)) for back in range(_SEASONS_SHOWN)]
    years = [year_of(_months_on(today.replace(day=1), -12 * back)) for back in range(_YEARS_SHOWN)]
    return [period for period in months + seasons + years if period.last >= since]


def local_day(moment: datetime, zone: str) -> date:
    """The day of this moment in `zone`. Raises `ValueError` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone, so it is no instant")
    return moment.astimezone(ZoneInfo(zone)).date()


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def period_name(speaker: Speaker, period: DigestPeriod) -> str:
    """The name of a period: "november 2026", "herfst 2026", "academiejaar 2026-2027"."""
    if period.length is Length.MONTH:
        return speaker.month(period.first)
    first, last = period.first.year, period.last.year
    years = str(first) if first == last else f"{first}–{last}"
    name = "year" if period.length is Length.YEAR else period.key.partition("-")[2]
    return speaker.plain(f"digest.{name}", years=years)
