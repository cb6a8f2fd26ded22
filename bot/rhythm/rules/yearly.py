"""Days that come back every year, as an iCalendar rule says it (RFC 5545, 3.3.10)."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final

_WEEKDAY: Final = "(?:MO|TU|WE|TH|FR|SA|SU)"
# What may stand in a rule that is followed. With these there is a next day soon: one that never comes (30 February)
# would be sought until the year 9999.
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
    """The days between these two, both included, on which what began at `start` comes back.

    None for a rule that is no plain yearly one; the rest of RFC 5545 is not followed.
    """
    said = _parts(rule.upper())
    if said is None or not _is_plain(said, start):
        return None
    # Not above: it takes a part of the time in which the bot starts, and few calendars repeat.
    from dateutil.rrule import rrulestr

    plain = re.sub(r"(UNTIL=\d{8})T\d{6}Z?", r"\1", rule.upper())
    found = rrulestr(plain, dtstart=_midnight(start)).between(_midnight(first), _midnight(last), inc=True)
    return [one.date() for one in found]


def _parts(rule: str) -> dict[str, str] | None:
    """What the rule says by name; None if there is anything in it that is not followed."""
    said = {name: value for name, _, value in (part.partition("=") for part in rule.strip(";").split(";"))}
    fine = all(re.fullmatch(_PARTS.get(name, "(?!)"), value, re.ASCII) for name, value in said.items())
    return said if fine and "FREQ" in said else None


def _is_plain(said: dict[str, str], start: date) -> bool:
    """Whether it names a day that every year has; a day that began the rule itself is one."""
    if "BYDAY" in said:
        return "BYMONTHDAY" not in said
    if not {"BYMONTH", "BYMONTHDAY"} & said.keys():
        return True
    month, day = int(said.get("BYMONTH", start.month)), int(said.get("BYMONTHDAY", start.day))
    return day <= monthrange(_NO_LEAP_YEAR, month)[1]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def yearly_horizon(today: date) -> date:
    """How far ahead such days are taken: two years."""
    return today + timedelta(days=731)
