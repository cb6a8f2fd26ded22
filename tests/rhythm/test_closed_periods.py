"""Closed periods as people type them, and as their calendars say them."""

from datetime import date

import pytest

from bot.core.calendar import ClosedPeriod
from bot.rhythm.rules import icalendar
from bot.rhythm.rules.closed_periods import Slip, merge_periods, read_periods, write_periods
from bot.rhythm.rules.icalendar import NotTaken

CHRISTMAS = ClosedPeriod(date(2026, 12, 21), date(2027, 1, 3), "kerstvakantie")
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
    assert read_periods(line) == ([CHRISTMAS], [])


def test_one_day_and_no_name() -> None:
    day = date(2026, 11, 2)
    assert read_periods("2/11/2026 Allerzielen\n\n2/11/2026") == (
        [ClosedPeriod(day, day), ClosedPeriod(day, day, "Allerzielen")],
        [],
    )


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
    assert read_periods(f"2/11/2026\n{line}") == ([ClosedPeriod(date(2026, 11, 2), date(2026, 11, 2))], [Slip(2, why)])


def test_more_than_a_field_shows_again_is_said() -> None:
    lines = "\n".join(f"{day}/11/20{year} {'a' * 60}" for year in range(30, 40) for day in range(1, 10))
    periods, slips = read_periods(lines)
    assert {slip.why for slip in slips} == {"many"} and len(periods) + len(slips) == 90
    assert len(write_periods(periods)) <= 3000


def test_what_was_typed_is_read_the_same_again_and_merged_once() -> None:
    assert read_periods(write_periods([CHRISTMAS])) == ([CHRISTMAS], [])
    other = ClosedPeriod(date(2026, 11, 2), date(2026, 11, 2))
    renamed = ClosedPeriod(CHRISTMAS.first, CHRISTMAS.last, "Christmas")
    assert merge_periods([CHRISTMAS], [other, renamed]) == (other, CHRISTMAS)


def event(*lines: str) -> str:
    inner = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}\r\nEND:VCALENDAR\r\n"


def days_of(*lines: str, zone: str = "Europe/Brussels") -> str:
    """The days an event closes, or why it closes none."""
    taken, left = icalendar.read_calendar(event(*lines), zone, TODAY)
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
        (["DTSTART;VALUE=DATE:20260321", "RRULE:FREQ=WEEKLY"], "repeats"),
        (["DTSTART;VALUE=DATE:99991231", "DURATION:P9000W"], "unreadable"),
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
    assert icalendar.read_calendar("BEGIN:VTODO\nSUMMARY:lijst\nEND:VTODO", "UTC", TODAY) == ([], [])


def test_an_event_that_was_cut_off_is_not_guessed() -> None:
    cut = event("SUMMARY:kerst", "DTSTART;VALUE=DATE:20261221").partition("END:VEVENT")[0]
    assert icalendar.read_calendar(cut, "UTC", TODAY) == ([], [NotTaken(3, "kerst", "unreadable")])


@pytest.mark.parametrize(
    ("begins", "rule", "days"),
    [
        ("20201221", "FREQ=YEARLY", "21/12/26 21/12/27"),
        ("20201106", "FREQ=YEARLY;INTERVAL=2;WKST=MO", "06/11/28"),
        ("20201111", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=11;UNTIL=20271231T225959Z", "11/11/26 11/11/27"),
        ("20201127", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR", "27/11/26 26/11/27"),
        ("20240229", "FREQ=YEARLY", "29/02/28"),
        ("20250901", "FREQ=YEARLY;COUNT=2", "over"),
        ("20250901", "FREQ=YEARLY;COUNT=3", "01/09/27"),
        ("20200131", "FREQ=YEARLY;BYMONTH=2", "repeats"),
        ("20200101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "repeats"),
        ("20200101", "FREQ=YEARLY;INTERVAL=0", "repeats"),
        ("20200101", "FREQ=YEARLY;BYHOUR=1,2,3;BYSECOND=1", "repeats"),
        ("20200101", "FREQ=YEARLY;BYDAY=MO", "repeats"),
        ("20200101", "YEARLY", "repeats"),
        ("20200101", "", "repeats"),
    ],
)
def test_what_comes_back_every_year_is_taken_for_the_next_two(begins: str, rule: str, days: str) -> None:
    taken, left = icalendar.read_calendar(event(f"DTSTART;VALUE=DATE:{begins}", f"RRULE:{rule}"), "UTC", TODAY)
    assert " ".join([f"{one.first:%d/%m/%y}" for one in taken] + [one.why for one in left]) == days


def test_a_holiday_of_weeks_that_comes_back_every_year_and_one_that_has_exceptions() -> None:
    weeks = ["DTSTART;VALUE=DATE:20201026", "DTEND;VALUE=DATE:20201114", "RRULE:FREQ=YEARLY"]
    assert days_of(*weeks) == "26/10-13/11 26/10-13/11 26/10-13/11", "the one that began before today too"
    assert days_of(*weeks, "EXDATE;VALUE=DATE:20271026") == "repeats"


def test_a_broken_event_is_named_by_its_line_and_the_others_are_taken() -> None:
    good = event("SUMMARY:krokus", "DTSTART;VALUE=DATE:20270208")
    broken = event("SUMMARY:paas", "DTSTART;VALUE=DATE:2027").replace("END:VEVENT\r\n", "")
    taken, left = icalendar.read_calendar(f"{good}{broken}{good.replace('krokus', 'carnaval')}", "UTC", TODAY)
    assert {one.name for one in taken} == {"krokus", "carnaval"}
    assert left == [NotTaken(10, "paas", "unreadable")]


def test_a_calendar_reads_the_same_wherever_it_was_cut_over_two_fields() -> None:
    one = event(
        "SUMMARY:Kerst; van DAG: feest\r\n  en rust", "DTSTART;VALUE=DATE:20261221", "DTEND;VALUE=DATE:20270104"
    )
    two = event("SUMMARY:krokus", 'DTSTART;TZID="Europe/Brussels":20270208T000000', "DURATION:P7D")
    for text in (one + two, (one + two).replace("\r\n", "\n")):
        whole = icalendar.read_calendar(text, "Europe/Brussels", TODAY)
        assert len(whole[0]) == 2
        for cut in range(len(text)):
            assert (
                icalendar.read_calendar(icalendar.join_calendar([text[:cut], text[cut:]]), "Europe/Brussels", TODAY)
                == whole
            ), cut
        for line in text.splitlines(keepends=True):
            before, _, after = text.partition(line)
            # Slack may take the white space around what is pasted.
            parts = [before.strip(), (line + after).strip("\r\n")]
            taken, _ = icalendar.read_calendar(icalendar.join_calendar(parts), "Europe/Brussels", TODAY)
            assert [(one.first, one.last) for one in taken] == [(one.first, one.last) for one in whole[0]]
