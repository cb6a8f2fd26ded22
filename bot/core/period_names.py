"""How a period is called, in the reader's language."""

from bot.core.periods import DigestPeriod, Length
from bot.words import Speaker


def period_name(speaker: Speaker, period: DigestPeriod) -> str:
    """A period in words: "november 2026", "herfst 2026", "academiejaar 2026-2027"."""
    if period.length is Length.MONTH:
        return speaker.month(period.first)
    first, last = period.first.year, period.last.year
    years = str(first) if first == last else f"{first}–{last}"
    name = "year" if period.length is Length.YEAR else period.key.partition("-")[2]
    return speaker.plain(f"digest.{name}", years=years)
