"""The calendar against the slowest way to know: walking past every quarter of an hour."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import Calendar
from bot.core.window import Window

QUARTER = timedelta(minutes=15)
BRUSSELS = ZoneInfo("Europe/Brussels")
LEUVEN = Calendar("Europe/Brussels")
FREE = holidays.country_holidays("BE", years=range(2025, 2031))
CLOCK_CHANGES = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2028, 3, 26),
    date(2028, 10, 29),
]

quarters = st.integers(0, 96 * 365 * 3).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * QUARTER)
near_a_change = st.builds(
    lambda day, n: datetime.combine(day, time(), UTC) + n * QUARTER,
    st.sampled_from(CLOCK_CHANGES),
    st.integers(-700, 500),
)
instants = quarters | near_a_change
half_days = st.integers(1, 10)


def from_then_on(start: datetime) -> Iterator[datetime]:
    while True:
        yield start
        start += QUARTER


def works(instant: datetime) -> bool:
    day = instant.astimezone(BRUSSELS).date()
    return day.weekday() < 5 and day not in FREE


def decent(instant: datetime) -> bool:
    return works(instant) and 8 <= instant.astimezone(BRUSSELS).hour < 18


def ends_a_window(instant: datetime) -> bool:
    return works(instant) and instant.astimezone(BRUSSELS).time() in (time(12), time(17))


@given(instants)
def test_a_card_appears_at_the_first_decent_quarter(now: datetime) -> None:
    assert LEUVEN.next_presentable(now) == next(then for then in from_then_on(now) if decent(then))
    assert LEUVEN.presentable(now) == decent(now)


@settings(max_examples=60)
@given(instants, half_days)
def test_a_window_ends_at_the_right_noon_or_five_o_clock(opened: datetime, halves: int) -> None:
    ends = (then for then in from_then_on(opened + QUARTER) if ends_a_window(then))
    expected = [next(ends) for _ in range(halves + 1)][-1]
    assert LEUVEN.window_end(opened, Window(half_days=halves)) == expected


@pytest.mark.parametrize("change", CLOCK_CHANGES)
@pytest.mark.parametrize("halves", [1, 2, 3, 4])
def test_every_opening_in_the_days_around_a_clock_change(change: date, halves: int) -> None:
    start = datetime.combine(change - timedelta(days=4), time(), UTC)
    walk = [start + n * QUARTER for n in range(96 * 20)]
    ends = [then for then in walk if ends_a_window(then)]
    for opened in walk[: 96 * 7 : 3]:
        later = [end for end in ends if end > opened]
        assert LEUVEN.window_end(opened, Window(half_days=halves)) == later[halves]


@given(instants, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_plain_time_is_never_cut_short_and_ends_decently(opened: datetime, plain: timedelta) -> None:
    end = LEUVEN.window_end(opened, Window(plain=plain))
    assert end >= opened + plain
    assert LEUVEN.presentable(end)
