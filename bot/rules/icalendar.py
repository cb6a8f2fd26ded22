"""Closed days out of the text of an iCalendar file (RFC 5545): what its events say of whole days, and nothing more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.calendar import CLOSES, OPENS, is_zone
from bot.rules.closed_periods import LONGEST_DAYS, LONGEST_NAME
from bot.rules.rhythm import Period

_FOLD: Final = re.compile(r"\r?\n[ \t]")
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")
_ONE_DAY: Final = timedelta(days=1)
_Properties = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class NotTaken:
    """An event that closes no day, and why: over, repeats, part_of_a_day, too_long, cancelled or unreadable."""

    summary: str
    why: str


def read(text: str, zone: str, today: date) -> tuple[list[Period], list[NotTaken]]:
    """The days that the events in `text` close for a circle in this zone, and the events that close none.

    An event of whole days closes those (the end of RFC 5545 is the day after). One with hours closes the days of which
    it covers the working hours. One that repeats is not followed.
    """
    taken: list[Period] = []
    left: list[NotTaken] = []
    for event in _events(text):
        summary = _unescaped(event.get("SUMMARY", ("", ""))[1]).strip()
        name = summary if len(summary) <= LONGEST_NAME else f"{summary[: LONGEST_NAME - 1]}…"
        found = _period(event, name, ZoneInfo(zone), today)
        if isinstance(found, Period):
            taken.append(found)
        else:
            left.append(NotTaken(summary, found))
    return sorted(set(taken)), left


def _events(text: str) -> Iterator[_Properties]:
    """The properties of each event: name -> (parameters, value). One that was cut off has none."""
    event: _Properties | None = None
    inside: list[str] = []
    for line in _FOLD.sub("", text.strip()).splitlines():
        name, parameters, value = _split(line.strip())
        if (name, value.upper()) == ("BEGIN", "VEVENT"):
            event, inside = {}, []
        elif (name, value.upper()) == ("END", "VEVENT") and event is not None:
            yield event
            event = None
        elif name in {"BEGIN", "END"}:
            # An alarm inside an event has properties of its own.
            inside = [*inside, value] if name == "BEGIN" else inside[:-1]
        elif event is not None and not inside:
            event.setdefault(name, (parameters, value))
    if event is not None:
        yield {"SUMMARY": event.get("SUMMARY", ("", ""))}


def _split(line: str) -> tuple[str, str, str]:
    """`DTSTART;TZID="Europe/Brussels":2026…` -> name, parameters, value; a colon in quotes ends nothing."""
    head, _, value = re.sub(r'"[^"]*"', lambda quoted: quoted[0].replace(":", "\0"), line).partition(":")
    name, _, parameters = head.partition(";")
    return name.strip().upper(), parameters.replace("\0", ":"), value.replace("\0", ":").strip()


def _period(event: _Properties, name: str, zone: ZoneInfo, today: date) -> Period | str:
    if "RRULE" in event or "RDATE" in event:
        return "repeats"
    if event.get("STATUS", ("", ""))[1].upper() == "CANCELLED":
        return "cancelled"
    try:
        days = _days(event, zone)
    except ValueError:
        return "unreadable"
    if days is None:
        return "part_of_a_day"
    return _judged(Period(*days, name), today)


def _judged(period: Period, today: date) -> Period | str:
    if period.last < today:
        return "over"
    return "too_long" if (period.last - period.first).days >= LONGEST_DAYS else period


def _days(event: _Properties, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and the last day that this event closes; None if it closes none. ValueError for no readable dates."""
    start = _moment(event.get("DTSTART"), zone)
    if not isinstance(start, datetime):
        end = _moment(event.get("DTEND"), zone) if "DTEND" in event else start + _length(event, _ONE_DAY)
        last = (end.date() if isinstance(end, datetime) else end) - _ONE_DAY
        return start, max(start, last)
    until = _moment(event.get("DTEND"), zone) if "DTEND" in event else start + _length(event, timedelta())
    if not isinstance(until, datetime):
        raise ValueError("an event with an hour ends at an hour")
    first = start.date() if start.time() <= OPENS else start.date() + _ONE_DAY
    last = until.date() if until.time() >= CLOSES else until.date() - _ONE_DAY
    return (first, last) if first <= last else None


def _length(event: _Properties, usual: timedelta) -> timedelta:
    """What DURATION says, in weeks, days, hours and minutes."""
    if "DURATION" not in event:
        return usual
    match = re.fullmatch(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?", event["DURATION"][1])
    if match is None:
        raise ValueError("no length of time")
    weeks, days, hours, minutes = (min(int(part or 0), 10_000) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def _moment(value: tuple[str, str] | None, zone: ZoneInfo) -> date | datetime:
    """A day, or a moment on the circle's wall. A zone that has a name of its maker's own is taken for the circle's."""
    if value is None:
        raise ValueError("no date")
    parameters, text = value
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if not re.fullmatch(r"\d{8}T\d{6}Z?", text):
        raise ValueError("no date")
    plain = datetime.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[9:11]}:{text[11:13]}")
    told = plain.replace(tzinfo=UTC if text.endswith("Z") else _zone(parameters.split(";"), zone))
    return told.astimezone(zone)


def _zone(parameters: Iterable[str], usual: ZoneInfo) -> tzinfo:
    named = (one.partition("=")[2].strip('"') for one in parameters if one.upper().startswith("TZID="))
    name = next(named, "")
    return ZoneInfo(name) if is_zone(name) else usual


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text)
