"""When a circle works, and when steps and prompts are due, told as days in Leuven."""

from datetime import UTC, date, datetime, time

import pytest

from bot.core.calendar import Calendar
from bot.core.window import Window

LEUVEN = Calendar("Europe/Brussels")


def leuven(text: str) -> datetime:
    """An instant as somebody in Leuven would name it."""
    return LEUVEN.instant(date.fromisoformat(text[:10]), time.fromisoformat(text[11:]))


def seen_in_leuven(instant: datetime) -> str:
    assert instant.tzinfo is UTC
    return LEUVEN.local(instant).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-28", "Saturday"),
        ("2026-11-29", "Sunday"),
        ("2026-11-11", "Armistice"),
        ("2027-03-29", "Easter Monday"),
        ("2028-05-25", "Ascension"),
        ("2026-07-21", "Belgium's own day"),
        ("2027-01-01", "New Year"),
    ],
)
def test_nobody_is_asked_anything_on_a_free_day(day: str, why: str) -> None:
    assert not LEUVEN.is_working(date.fromisoformat(day)), why


def test_a_circle_can_close_days_of_its_own() -> None:
    bridge = date(2026, 11, 27)
    assert LEUVEN.is_working(bridge)
    assert not Calendar("Europe/Brussels", frozenset({bridge})).is_working(bridge)


@pytest.mark.parametrize(
    ("now", "appears"),
    [
        ("2026-11-25 10:15", "Wed 2026-11-25 10:15"),
        ("2026-11-25 07:59", "Wed 2026-11-25 08:00"),
        ("2026-11-25 08:00", "Wed 2026-11-25 08:00"),
        ("2026-11-25 18:00", "Thu 2026-11-26 08:00"),
        ("2026-11-27 23:30", "Mon 2026-11-30 08:00"),
        ("2026-11-10 20:00", "Thu 2026-11-12 08:00"),
        ("2026-03-28 12:00", "Mon 2026-03-30 08:00"),
        ("2026-10-24 12:00", "Mon 2026-10-26 08:00"),
    ],
)
def test_a_card_waits_for_a_decent_hour(now: str, appears: str) -> None:
    assert seen_in_leuven(LEUVEN.next_presentable(leuven(now))) == appears


@pytest.mark.parametrize(
    ("opened", "window", "ends"),
    [
        ("2026-11-23 10:00", "P1D", "Tue 2026-11-24 12:00"),
        ("2026-11-23 10:00", "P0.5D", "Mon 2026-11-23 17:00"),
        ("2026-11-23 12:00", "P0.5D", "Tue 2026-11-24 12:00"),
        ("2026-11-23 14:00", "P1.5D", "Wed 2026-11-25 12:00"),
        ("2026-11-27 10:00", "P1D", "Mon 2026-11-30 12:00"),
        ("2026-11-28 03:00", "P1D", "Tue 2026-12-01 12:00"),
        ("2026-11-10 10:00", "P1D", "Thu 2026-11-12 12:00"),
        ("2026-11-23 10:00", "P0D", "Mon 2026-11-23 10:00"),
        ("2026-11-23 10:00", "PT90M", "Mon 2026-11-23 11:30"),
        ("2026-11-27 10:00", "PT48H", "Mon 2026-11-30 08:00"),
    ],
)
def test_a_step_stays_open_for_its_whole_window(opened: str, window: str, ends: str) -> None:
    assert seen_in_leuven(LEUVEN.window_end(leuven(opened), Window.parse(window))) == ends


def test_a_time_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        LEUVEN.presentable(datetime(2026, 11, 23, 10))  # noqa: DTZ001  a naive time is what is refused
