"""Closed periods as people type them, and as their calendars say them."""

from datetime import date

import pytest

from bot.rules import icalendar
from bot.rules.closed_periods import Slip, merged, read, written
from bot.rules.icalendar import NotTaken
from bot.rules.rhythm import Period

CHRISTMAS = Period(date(2026, 12, 21), date(2027, 1, 3), "kerstvakantie")
TODAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    "line",
    [
        "21/12/2026 - 3/1/2027 kerstvakantie",
        "21/12/2026–3/1/2027: kerstvakantie",
        "  21.12.2026 t/m 03.01.2027   kerstvakantie ",
        "21-12-2026 tot en met 3-1-2027, kerstvakantie",
        "21/12/2026 au 3/1/2027 kerstvakantie",
    ],
)
def test_a_period_can_be_typed_in_several_ways(line: str) -> None:
    assert read(line) == ([CHRISTMAS], [])


def test_one_day_and_no_name() -> None:
    day = date(2026, 11, 2)
    assert read("2/11/2026 Allerzielen\n\n2/11/2026") == ([Period(day, day), Period(day, day, "Allerzielen")], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("kerstvakantie", "unreadable"),
        ("21/12 - 3/1 kerstvakantie", "unreadable"),
        ("31/2/2027 niets", "no_such_day"),
        ("1/2/2027 - 32/2/2027", "no_such_day"),
        ("3/1/2027 - 21/12/2026", "backwards"),
        ("1/9/2026 - 30/6/2027 schooljaar", "too_long"),
        ("2/11/2026 " + "a" * 61, "name"),
    ],
)
def test_what_cannot_be_is_named_by_its_line(line: str, why: str) -> None:
    assert read(f"2/11/2026\n{line}") == ([Period(date(2026, 11, 2), date(2026, 11, 2))], [Slip(2, why)])


def test_more_than_a_field_shows_again_is_said() -> None:
    lines = "\n".join(f"{day}/11/20{year} {'a' * 60}" for year in range(30, 40) for day in range(1, 10))
    periods, slips = read(lines)
    assert {slip.why for slip in slips} == {"many"} and len(periods) + len(slips) == 90
    assert len(written(periods)) <= 3000


def test_what_was_typed_is_read_the_same_again_and_merged_once() -> None:
    assert read(written([CHRISTMAS])) == ([CHRISTMAS], [])
    other = Period(date(2026, 11, 2), date(2026, 11, 2))
    renamed = Period(CHRISTMAS.first, CHRISTMAS.last, "Christmas")
    assert merged([CHRISTMAS], [other, renamed]) == (other, CHRISTMAS)


def event(*lines: str) -> str:
    inner = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}\r\nEND:VCALENDAR\r\n"


def days_of(*lines: str, zone: str = "Europe/Brussels") -> str:
    """The days an event closes, or why it closes none."""
    taken, left = icalendar.read(event(*lines), zone, TODAY)
    return " ".join([f"{one.first:%d/%m}-{one.last:%d/%m} {one.name}".strip() for one in taken] + [x.why for x in left])


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["DTSTART;VALUE=DATE:20261221", "DTEND;VALUE=DATE:20270104", "SUMMARY:kerst"], "21/12-03/01 kerst"),
        (["DTSTART;VALUE=DATE:20261221", "SUMMARY:brug\\, dag\\n2"], "21/12-21/12 brug, dag 2"),
        (["DTSTART;VALUE=DATE:20261221", "DURATION:P2W"], "21/12-03/01"),
        (["DTSTART;TZID=Europe/Brussels:20261218T180000", "DTEND;TZID=Europe/Brussels:20270104T080000"], "19/12-03/01"),
        (["DTSTART;TZID=America/New_York:20261221T000000", "DURATION:P1DT19H"], "21/12-22/12"),
        (['DTSTART;TZID="Romance Standard Time":20261221T080000', "DURATION:PT10H"], "21/12-21/12"),
        (["DTSTART:20261221T070000Z", "DTEND:20261221T170000Z"], "21/12-21/12"),
        (["DTSTART:20261221T090000", "DTEND:20261221T100000", "SUMMARY:overleg"], "part_of_a_day"),
        (["DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261108"], "over"),
        (["DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:20270701"], "too_long"),
        (["DTSTART;VALUE=DATE:20261221", "RRULE:FREQ=YEARLY"], "repeats"),
        (["DTSTART;VALUE=DATE:20261221", "STATUS:CANCELLED"], "cancelled"),
        (["DTSTART;VALUE=DATE:20261399"], "unreadable"),
        (["SUMMARY:niets"], "unreadable"),
        (["DTSTART;VALUE=DATE:20261221", "DURATION:een week"], "unreadable"),
    ],
)
def test_an_event_closes_its_whole_days_or_says_why_not(lines: list[str], days: str) -> None:
    assert days_of(*lines) == days


def test_folded_lines_alarms_and_other_things_in_a_calendar() -> None:
    folded = "SUMMARY:kerst\r\n vakantie"
    alarm = ["BEGIN:VALARM", "DTSTART;VALUE=DATE:20300101", "SUMMARY:wakker", "END:VALARM"]
    assert days_of(*alarm, folded, "DTSTART;VALUE=DATE:20261221") == "21/12-21/12 kerstvakantie"
    assert icalendar.read("BEGIN:VTODO\nSUMMARY:lijst\nEND:VTODO", "UTC", TODAY) == ([], [])


def test_an_event_that_was_cut_off_is_not_guessed() -> None:
    cut = event("SUMMARY:kerst", "DTSTART;VALUE=DATE:20261221").partition("END:VEVENT")[0]
    assert icalendar.read(cut, "UTC", TODAY) == ([], [NotTaken("kerst", "unreadable")])
