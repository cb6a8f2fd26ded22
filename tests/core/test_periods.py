"""Periods: how people write them, and that they nest."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import periods
from bot.core.periods import Length, parse

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-spring", date(2026, 3, 1), date(2026, 5, 31)),
        ("2026-summer", date(2026, 6, 1), date(2026, 8, 31)),
        ("2026-autumn", date(2026, 9, 1), date(2026, 11, 30)),
        ("2026-winter", date(2026, 12, 1), date(2027, 2, 28)),
        ("2026-2027", date(2026, 9, 1), date(2027, 8, 31)),
    ],
)
def test_a_period_is_written_as_a_month_a_season_or_an_academic_year(key, first, last):
    period = parse(key)

    assert (period.key, period.first, period.last) == (key, first, last)


def test_capitals_and_spaces_do_not_matter():
    assert parse(" 2026-Autumn ") == parse("2026-autumn")


@pytest.mark.parametrize(
    "key", ["", "2026", "november", "2026-13", "2026-0", "2026-oogst", "2026-2028", "2027-2026", "0000-01", "2026-11-9"]
)
def test_what_is_no_period_gets_the_three_ways_to_write_one(key):
    with pytest.raises(ValueError, match=r"2026-11.*2026-autumn.*2026-2027"):
        parse(key)


def test_every_day_is_in_one_month_of_one_season_of_one_year():
    for days in range(800):
        day = date(2026, 1, 1) + timedelta(days=days)
        month, season, year = periods.month_of(day), periods.season_of(day), periods.year_of(day)
        assert month.first <= day <= month.last
        assert season.first <= month.first <= month.last <= season.last
        assert year.first <= season.first <= season.last <= year.last
        assert [parse(one.key) for one in (month, season, year)] == [month, season, year]


def test_a_day_begins_at_midnight_on_the_wall_of_the_circle():
    start, end = parse("2026-10").between("Europe/Brussels")

    # October is an hour longer here: it begins in summer time and ends in winter time.
    assert start == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert end == datetime(2026, 10, 31, 23, tzinfo=UTC)


def test_the_moment_just_after_midnight_is_the_next_day_only_where_it_is_midnight():
    moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    assert periods.local_day(moment, "Europe/Brussels") == date(2026, 12, 1)
    assert periods.local_day(moment, "UTC") == date(2026, 11, 30)
    with pytest.raises(ValueError, match="no time zone"):
        periods.local_day(moment.replace(tzinfo=None), "UTC")


def test_a_circle_chooses_from_its_latest_months_seasons_and_years():
    keys = [period.key for period in periods.recent(TODAY, since=date(2020, 1, 1))]

    assert keys == [
        "2026-11",
        "2026-10",
        "2026-09",
        "2026-08",
        "2026-07",
        "2026-06",
        "2026-autumn",
        "2026-summer",
        "2026-spring",
        "2025-winter",
        "2026-2027",
        "2025-2026",
    ]


def test_a_young_circle_is_not_offered_what_was_over_before_it_began():
    keys = [period.key for period in periods.recent(TODAY, since=date(2026, 10, 28))]

    assert keys == ["2026-11", "2026-10", "2026-autumn", "2026-2027"]


def test_lengths_go_from_short_to_long():
    assert list(Length) == [Length.MONTH, Length.SEASON, Length.YEAR]


@pytest.mark.parametrize("key", ["2026-herfst", "2026-automne", "2026-Autumn "])
def test_a_season_may_be_named_in_three_languages(key: str) -> None:
    assert parse(key) == parse("2026-autumn")
