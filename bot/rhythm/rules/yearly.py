"""Days that come back every year, as an iCalendar rule says it (RFC 5545, 3.3.10)."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final

_WEEKDAY: Final = "(?:MO|TU|WE|TH|FR|SA|SU)"
# The parts of a rule that we follow. With these the next day comes soon: a day that never comes (30 February) would be
# searched until the year 9999.
_PARTS: Final = {
    "FREQ": "YEARLY",
    "INTERVAL": "[1-9]",
    "COUNT": r"\d{1,3}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "BYMONTH": "0?[1-9]|1[0-2]",
    "BYMONTHDAY": r"0?[1-9]|[12]\d|3[01]",
    "BYDAY": f"-?[1-4]{_WEEKDAY}",
    "WKST": _WEEKDAY,
}
_NO_LEAP_YEAR: Final = 2023


def yearly_days(rule: str, start: date, first: date, last: date) -> list[date] | None:
    """The days from `first` to `last`, both included, on which an event that began on `start` comes back.

    None for a rule that is not a plain yearly one; the rest of RFC 5545 is not followed.
    """
    rule_parts = _parts(rule.upper())
    if rule_parts is None or not _is_plain(rule_parts, start):
        return None
    # Imported here: it would slow down the start of the bot, and few calendars repeat.
    from dateutil.rrule import rrulestr

    plain = re.sub(r"(UNTIL=\d{8})T\d{6}Z?", r"\1", rule.upper())
    found = rrulestr(plain, dtstart=_midnight(start)).between(_midnight(first), _midnight(last), inc=True)
    return [one.date() for one in found]


def _parts(rule: str) -> dict[str, str] | None:
    """The parts of the rule by name; None if we do not follow one of them."""
    found = {name: value for name, _, value in (part.partition("=") for part in rule.strip(";").split(";"))}
    fine = all(re.fullmatch(_PARTS.get(name, "(?!)"), value, re.ASCII) for name, value in found.items())
    return found if fine and "FREQ" in found else None


def _is_plain(rule_parts: dict[str, str], start: date) -> bool:
    """Whether the rule names a day that every year has, as the day on which it began."""
    if "BYDAY" in rule_parts:
        return "BYMONTHDAY" not in rule_parts
    if not {"BYMONTH", "BYMONTHDAY"} & rule_parts.keys():
        return True
    month, day = int(rule_parts.get("BYMONTH", start.month)), int(rule_parts.get("BYMONTHDAY", start.day))
    return day <= monthrange(_NO_LEAP_YEAR, month)[1]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def yearly_horizon(today: date) -> date:
    """How far ahead such days are taken: two years."""
    return today + timedelta(days=731)
