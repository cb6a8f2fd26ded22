"""Closed days from the text of an iCalendar file (RFC 5545): the whole days of its events, and nothing more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.calendar import CLOSES, OPENS, ClosedPeriod, is_zone
from bot.rhythm.rules import yearly
from bot.rhythm.rules.closed_periods import LONGEST_DAYS, LONGEST_NAME

_ESCAPED: Final = re.compile(r"\\([\\;,nN])")
# How a line of a calendar may begin. A word with a colon in somebody's own text is no property.
_PROPERTY: Final = re.compile(
    r"(?:BEGIN|END|DT\w+|TZ\w+|DURATION|SUMMARY|DESCRIPTION|LOCATION|UID|RRULE|EXDATE|RDATE|RECURRENCE-ID|STATUS|SEQUENCE"
    r"|CREATED|LAST-MODIFIED|CLASS|TRANSP|PRIORITY|CATEGORIES|ORGANIZER|ATTENDEE|URL|GEO|COMMENT|ACTION|TRIGGER|VERSION"
    r"|PRODID|CALSCALE|METHOD|X-[A-Z-]+)[;:]"
)
_ONE_DAY: Final = timedelta(days=1)
# Extra days, or days left out: such a repetition is not followed.
_EXCEPTIONS: Final = ("RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")


@dataclass(frozen=True)
class NotTaken:
    """An event that closes no day: the number of its first line, from 1, its summary, and why it closes none.

    `why` is over, repeats, part_of_a_day, too_long, cancelled or unreadable.
    """

    line: int
    summary: str
    why: str


@dataclass
class _Event:
    """The properties of an event: name -> (parameters, value). `is_whole`: its end is in the text."""

    line: int
    properties: dict[str, tuple[str, str]]
    is_whole: bool = False

    def value(self, name: str) -> str:
        return self.properties.get(name, ("", ""))[1]

    def summary(self) -> str:
        name = self.value("SUMMARY")
        return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], name).strip()


def join_calendar(fields: Iterable[str]) -> str:
    """One text from the fields over which a calendar was pasted, cut between two lines or inside one."""
    text = ""
    for field in fields:
        last = text.rpartition("\n")[2]
        is_new_line = (":" in last or last[:1].isspace()) and _PROPERTY.match(field.lstrip("\r\n"))
        text = f"{text}\n{field}" if is_new_line and not field.startswith(("\r", "\n")) else text + field
    return text


def read_calendar(text: str, zone: str, today: date) -> tuple[list[ClosedPeriod], list[NotTaken]]:
    """The days that the events in `text` close for a circle in this zone, and the events that close none.

    An event of whole days closes those (in RFC 5545 an event ends before its last day begins). One with hours closes
    the days whose working hours it covers. A yearly event is taken for the next two years; no other repeating event is.
    """
    taken: list[ClosedPeriod] = []
    left_out: list[NotTaken] = []
    for event in _events(text):
        found = _periods(event, ZoneInfo(zone), today)
        if isinstance(found, str):
            left_out.append(NotTaken(event.line, event.summary(), found))
        else:
            taken += found
    return sorted(set(taken)), left_out


def _events(text: str) -> Iterator[_Event]:
    """Every event, also one whose end is missing."""
    event: _Event | None = None
    inside: list[str] = []
    for number, line in _lines(text):
        name, parameters, value = _split(line.strip())
        if (name, value.upper()) == ("BEGIN", "VEVENT"):
            if event:
                yield event
            event, inside = _Event(number, {}), []
        elif (name, value.upper()) == ("END", "VEVENT") and event:
            yield replace(event, is_whole=True)
            event = None
        elif name in {"BEGIN", "END"}:
            # An alarm inside an event has properties of its own.
            inside = [*inside, value] if name == "BEGIN" else inside[:-1]
        elif event and not inside:
            event.properties.setdefault(name, (parameters, value))
    if event:
        yield event


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines with their numbers, from 1; a folded line is joined again."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if lines and line[:1] in {" ", "\t"}:
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        else:
            lines.append((number, line))
    return lines


def _split(line: str) -> tuple[str, str, str]:
    """`DTSTART;TZID="Europe/Brussels":2026…` -> name, parameters, value; a colon in quotes is part of a parameter."""
    head, _, value = re.sub(r'"[^"]*"', lambda quoted: quoted[0].replace(":", "\0"), line).partition(":")
    name, _, parameters = head.partition(";")
    return name.strip().upper(), parameters.replace("\0", ":"), value.replace("\0", ":").strip()


def _periods(event: _Event, zone: ZoneInfo, today: date) -> list[ClosedPeriod] | str:
    """What the event closes from today on, or why it closes nothing."""
    if any(name in event.properties for name in _EXCEPTIONS):
        return "repeats"
    if event.value("STATUS").upper() == "CANCELLED":
        return "cancelled"
    if not event.is_whole:
        return "unreadable"
    try:
        days = _days(event.properties, zone)
    except (ValueError, OverflowError):
        return "unreadable"
    return _closed_by(*days, event, today) if days else "part_of_a_day"


def _closed_by(first: date, last: date, event: _Event, today: date) -> list[ClosedPeriod] | str:
    """The periods of an event that closes these days, with its repetitions, or why it closes nothing."""
    length, summary = last - first, event.summary()
    if length.days >= LONGEST_DAYS:
        return "too_long"
    begins: list[date] | None = [first]
    if "RRULE" in event.properties:
        begins = yearly.yearly_days(event.value("RRULE"), first, today - length, yearly.yearly_horizon(today))
    if begins is None:
        return "repeats"
    name = summary if len(summary) <= LONGEST_NAME else f"{summary[: LONGEST_NAME - 1]}…"
    return [ClosedPeriod(day, day + length, name) for day in begins if day + length >= today] or "over"


def _days(event: dict[str, tuple[str, str]], zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and the last day that this event closes; None if it closes none. ValueError if a date is unreadable."""
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


def _length(event: dict[str, tuple[str, str]], usual: timedelta) -> timedelta:
    """What DURATION says, in weeks, days, hours and minutes."""
    if "DURATION" not in event:
        return usual
    match = re.fullmatch(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?", event["DURATION"][1])
    if match is None:
        raise ValueError("no length of time")
    weeks, days, hours, minutes = (min(int(part or 0), 10_000) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def _moment(value: tuple[str, str] | None, zone: ZoneInfo) -> date | datetime:
    """A day, or a moment in the circle's zone. A zone with a name that we do not know is taken for the circle's."""
    if value is None:
        raise ValueError("no date")
    parameters, text = value
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if not re.fullmatch(r"\d{8}T\d{6}Z?", text):
        raise ValueError("no date")
    plain = datetime.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[9:11]}:{text[11:13]}")
    moment = plain.replace(tzinfo=UTC if text.endswith("Z") else _zone(parameters.split(";"), zone))
    return moment.astimezone(zone)


def _zone(parameters: Iterable[str], usual: ZoneInfo) -> tzinfo:
    named = (one.partition("=")[2].strip('"') for one in parameters if one.upper().startswith("TZID="))
    name = next(named, "")
    return ZoneInfo(name) if is_zone(name) else usual
