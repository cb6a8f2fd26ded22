"""When a question comes, against the slowest way to know: walking past every half hour of three years."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.core.calendar import Calendar, ClosedPeriod
from bot.rhythm.rules.rhythm import Fate, Plan, Rhythm

HALF_HOUR = timedelta(minutes=30)
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
FREE = holidays.country_holidays("BE", years=range(2025, 2030))
CHRISTMAS = ClosedPeriod(date(2026, 12, 21), date(2027, 1, 3), "kerstvakantie")
WEEKLY = Rhythm()


def leuven(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Brussels")).astimezone(UTC)


def plan(rhythm: Rhythm = WEEKLY, zone: str = "Europe/Brussels", **decided: Any) -> Plan:
    return replace(Plan(rhythm, Calendar(zone, rhythm.closed_days())), **decided)


def seen(plan: Plan, after: str, most: int = 4) -> list[tuple[str, str, str]]:
    """The next few slots, as somebody in Leuven reads them."""
    slots = plan.outlook(leuven(after), most)
    return [(one.key, f"{plan.calendar.local(one.at):%a %d/%m %H:%M}", one.fate) for one in slots]


def weekly_from(first: date, weeks: int) -> tuple[ClosedPeriod, ...]:
    """The same day of so many weeks, closed each time."""
    days = (first + timedelta(weeks=n) for n in range(weeks))
    return tuple(ClosedPeriod(day, day) for day in days)


def half_hours() -> Iterator[datetime]:
    return (START + n * HALF_HOUR for n in range((END - START) // HALF_HOUR))


def asked(plan: Plan) -> list[datetime]:
    """When a bot that looks each half hour asks."""
    found, due = [], plan.next(START)
    for now in half_hours():
        if due.at <= now < due.ends:
            found.append(now)
            due = plan.next(now)
    return found


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/New_York", "Europe/London", "UTC"])
@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(clock=time(9)),
        Rhythm(weekdays=(6,), clock=time(2, 30)),
        Rhythm(weekdays=(2,), clock=time(14), weeks=2),
        Rhythm(weekdays=(1, 3, 4), clock=time(8, 30), moves=False),
    ],
)
def test_every_half_hour_of_three_years_has_one_question_a_slot(rhythm: Rhythm, zone: str) -> None:
    here = ZoneInfo(zone)
    days = [moment.astimezone(here) for moment in asked(plan(rhythm, zone))]
    weeks = Counter((day.isocalendar().year, day.isocalendar().week) for day in days)
    for monday in (date(2026, 1, 5) + timedelta(weeks=n) for n in range(155)):
        counts = (monday - date(2024, 1, 1)).days // 7 % rhythm.weeks == 0
        chosen = [monday + timedelta(days=day) for day in rhythm.weekdays] if counts else []
        working = [monday + timedelta(days=n) for n in range(7) if n < 5 and monday + timedelta(days=n) not in FREE]
        open_ = [day for day in chosen if day not in FREE or (rhythm.moves and any(later > day for later in working))]
        assert weeks[monday.isocalendar()[:2]] == len(open_), monday
    assert {day.time() for day in days} <= {rhythm.clock, time(rhythm.clock.hour + 1, rhythm.clock.minute)}
    assert all(day.time() == rhythm.clock for day in days if rhythm.clock.hour != 2)


def test_the_question_keeps_its_hour_when_the_clock_changes() -> None:
    moments = [slot.at.hour for slot in plan().outlook(leuven("2026-10-12 09:00"), 3)]
    assert moments == [7, 8, 8]
    assert seen(plan(), "2026-10-12 09:00", 3) == [
        ("2026-W43", "Mon 19/10 09:00", "comes"),
        ("2026-W44", "Mon 26/10 09:00", "comes"),
        ("2026-W45", "Mon 02/11 09:00", "comes"),
    ]


def test_in_the_hour_that_spring_skips_it_comes_an_hour_on_and_in_the_one_that_autumn_repeats_once() -> None:
    at_night = plan(Rhythm(weekdays=(6,), clock=time(2, 30)))
    assert seen(at_night, "2026-03-28 12:00", 1) == [("2026-W13", "Sun 29/03 03:30", "comes")]
    first, second = at_night.outlook(leuven("2027-10-30 12:00"), 2)
    assert (first.at, second.at) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 11, 7, 1, 30, tzinfo=UTC),
    )


def test_the_first_week_of_a_year_carries_the_name_of_its_iso_year() -> None:
    assert plan(Rhythm(weekdays=(3,))).next(leuven("2026-12-30 09:00")).key == "2026-W53"
    assert plan(Rhythm(weekdays=(4,))).next(leuven("2026-12-31 09:00")).fate == Fate.COMES


def test_what_falls_on_a_holiday_comes_the_next_working_day_or_not_as_the_circle_chose() -> None:
    assert seen(plan(), "2026-05-20 12:00", 1) == [("2026-W22", "Tue 26/05 09:00", "moved")]
    assert seen(plan(Rhythm(moves=False)), "2026-05-20 12:00", 1) == [("2026-W22", "Mon 25/05 09:00", "closed")]


def test_what_has_no_working_day_left_in_its_slot_does_not_come() -> None:
    assert seen(plan(Rhythm(weekdays=(4,))), "2026-04-29 12:00", 1) == [("2026-W18", "Fri 01/05 09:00", "closed")]
    closed = plan(Rhythm(closed=(CHRISTMAS,)))
    assert [fate for _, _, fate in seen(closed, "2026-12-14 12:00", 3)] == ["closed", "closed", "comes"]
    fortnight = Rhythm(
        weeks=2, since=date(2026, 12, 14), closed=(ClosedPeriod(date(2026, 12, 14), date(2026, 12, 18)),)
    )
    assert seen(plan(fortnight), "2026-12-10 12:00", 1) == [("2026-W51", "Mon 21/12 09:00", "moved")]


@pytest.mark.parametrize("moves", [True, False])
@pytest.mark.parametrize("weekdays", [(0,), (2,), (4,), (6,), (0, 1), (1, 3)])
@pytest.mark.parametrize("weeks", [1, 2])
def test_every_slot_of_three_years_against_walking_past_its_days(
    weekdays: tuple[int, ...], weeks: int, moves: bool
) -> None:
    autumn = [ClosedPeriod(date(year, 10, 31), date(year, 11, 8)) for year in (2026, 2027, 2028)]
    tuesdays = weekly_from(date(2027, 3, 2), 12)
    rhythm = Rhythm(weekdays, weeks=weeks, moves=moves, closed=(CHRISTMAS, *autumn, *tuesdays))
    shut = rhythm.closed_days() | set(FREE)
    slots = list(islice(plan(rhythm).slots(START), 155 * len(weekdays) // weeks))
    assert len({slot.key for slot in slots}) == len(slots)
    for slot, following in pairwise(slots):
        monday = slot.planned - timedelta(days=slot.planned.weekday())
        over = min(following.planned, monday + timedelta(weeks=weeks))
        later = [slot.planned + timedelta(days=n) for n in range(1, (over - slot.planned).days)]
        working = [day for day in later if day.weekday() < 5 and day not in shut]
        day = slot.planned if slot.planned not in shut else working[0] if working and moves else None
        came = slot.at.astimezone(ZoneInfo("Europe/Brussels")).date() if slot.fate.comes else None
        assert came == day, slot
        assert (slot.fate == Fate.MOVED) == (came not in {None, slot.planned})


def test_one_closed_day_a_closed_week_and_a_day_that_is_closed_again_and_again() -> None:
    wednesdays = Rhythm((2,), closed=(ClosedPeriod(date(2026, 11, 16), date(2026, 11, 20)),))
    assert seen(plan(wednesdays), "2026-11-05 12:00") == [
        ("2026-W46", "Thu 12/11 09:00", "moved"),
        ("2026-W47", "Wed 18/11 09:00", "closed"),
        ("2026-W48", "Wed 25/11 09:00", "comes"),
        ("2026-W49", "Wed 02/12 09:00", "comes"),
    ]
    every = weekly_from(date(2026, 11, 16), 60)
    assert {day[:3] for _, day, _ in seen(plan(Rhythm(closed=every)), "2026-11-12 12:00", 60)} == {"Tue"}
    never = plan(Rhythm(moves=False, closed=every))
    assert [fate for _, _, fate in seen(never, "2026-11-12 12:00")] == ["closed"] * 4
    assert never.next(leuven("2026-11-12 12:00")).planned == date(2028, 1, 10), "the first that is open"


def test_every_other_week_counts_from_the_first_question() -> None:
    calendar = Calendar("Europe/Brussels")
    for day in ("2026-11-13 12:00", "2026-11-20 12:00"):
        started = Rhythm(weekdays=(1,), weeks=2).starting(calendar, leuven(day))
        first, second = islice(plan(started).slots(leuven(day)), 2)
        assert first.at - leuven(day) < timedelta(days=7) and (second.planned - first.planned).days == 14


def outcome(plan: Plan, slot_day: str, now: str) -> tuple[str, str, str | None] | None:
    """The outcome of the slot of that day, asked at this moment: why, the day it came, and the closed period."""
    slot = next(one for one in plan.slots(leuven(f"{slot_day} 00:00")) if one.planned == date.fromisoformat(slot_day))
    one = plan.outcome_when_posted(slot, leuven(now))
    return (one.why, f"{one.came:%a %d/%m}", one.closed_for) if one else None


def test_the_outcome_of_a_question_that_came_on_another_day() -> None:
    closed = plan(Rhythm(closed=(ClosedPeriod(date(2026, 12, 21), date(2026, 12, 22), "congres"),)))
    assert outcome(plan(), "2026-11-16", "2026-11-16 09:00") is None
    assert outcome(plan(), "2026-11-16", "2026-11-16 17:30") is None, "some hours later is the same day"
    assert outcome(plan(), "2026-11-16", "2026-11-13 15:00") == ("sooner", "Fri 13/11", None)
    assert outcome(plan(), "2026-11-16", "2026-11-18 09:00") == ("later", "Wed 18/11", None)
    assert outcome(plan(), "2026-05-25", "2026-05-26 09:00") == ("moved", "Tue 26/05", None)
    assert outcome(closed, "2026-12-21", "2026-12-23 09:00") == ("moved", "Wed 23/12", "congres")
    assert outcome(closed, "2026-12-21", "2026-12-24 09:00") == ("later", "Thu 24/12", "congres")


def test_what_passed_without_a_question_and_why() -> None:
    closed = plan(Rhythm(closed=(CHRISTMAS,)), skipped=frozenset({"2026-W51"}), paused_until=date(2026, 12, 1))
    passed = [
        closed.outcome_when_passed(slot)
        for slot in closed.passed(leuven("2026-11-20 12:00"), leuven("2027-01-04 09:00"))
    ]
    assert [(one.key, one.why, one.closed_for) for one in passed] == [
        ("2026-W48", "paused", None),
        ("2026-W49", "paused", None),
        ("2026-W50", "missed", None),
        ("2026-W51", "skipped", None),
        ("2026-W52", "closed", "kerstvakantie"),
        ("2026-W53", "closed", "kerstvakantie"),
        ("2027-W01", "missed", None),
    ]


def test_skipped_paused_and_had() -> None:
    decided = plan(skipped=frozenset({"2026-W47"}), had=frozenset({"2026-W48"}), paused_until=date(2026, 12, 8))
    assert seen(decided, "2026-11-10 12:00", 4) == [
        ("2026-W47", "Mon 16/11 09:00", "skipped"),
        ("2026-W49", "Mon 30/11 09:00", "paused"),
        ("2026-W50", "Mon 07/12 09:00", "paused"),
        ("2026-W51", "Mon 14/12 09:00", "comes"),
    ]
    assert decided.next(leuven("2026-11-10 12:00")).key == "2026-W51"


def test_a_week_that_had_its_question_by_other_days_has_none_again() -> None:
    assert plan(had=frozenset({"2026-W47-1"})).next(leuven("2026-11-10 12:00")).key == "2026-W48"


def test_a_slot_of_several_days_lasts_until_the_next() -> None:
    monday, thursday = plan(Rhythm(weekdays=(0, 3))).outlook(leuven("2026-11-13 12:00"), 2)
    assert (monday.key, monday.ends) == ("2026-W47-1", leuven("2026-11-19 00:00"))
    assert (thursday.key, thursday.ends) == ("2026-W47-4", leuven("2026-11-23 00:00"))


def test_it_is_kept_as_plain_values() -> None:
    rhythm = Rhythm((0, 3), time(8, 30), 2, date(2026, 11, 16), moves=False, closed=(CHRISTMAS,))
    assert Rhythm.from_column(rhythm.to_column()) == rhythm
    assert Rhythm.from_column({}) == WEEKLY
    assert rhythm.period_of(date(2026, 12, 25)) == CHRISTMAS and rhythm.period_of(date(2027, 1, 4)) is None
