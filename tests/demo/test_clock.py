"""The demo's calendar: it stands at a moment when people work, and then goes along with real time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import Calendar
from demo.clock import DemoClock, working_moment
from tests.clock import MovableClock

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(text: str) -> datetime:
    """A moment on the wall in Brussels."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        ("2026-11-18T10:20", "2026-11-18T10:20"),
        ("2026-11-18T09:00", "2026-11-18T09:00"),
        ("2026-11-18T07:15", "2026-11-18T09:30"),
        ("2026-11-18T15:00", "2026-11-19T09:30"),
        ("2026-11-20T22:00", "2026-11-23T09:30"),
        ("2026-11-21T11:00", "2026-11-23T09:30"),
        ("2026-11-11T11:00", "2026-11-12T09:30"),  # Armistice Day
        ("2026-12-31T16:00", "2027-01-04T09:30"),
        ("2026-10-23T17:00", "2026-10-26T09:30"),  # the clocks went back on the Sunday
    ],
)
def test_where_it_stands(now: str, stands: str) -> None:
    assert working_moment(at(now), Calendar()) == at(stands)


def test_it_stands_still_until_it_goes_live() -> None:
    real = MovableClock()
    clock = DemoClock(at("2026-10-21T08:15"), real)
    real.move(timedelta(minutes=5))
    assert clock() == at("2026-10-21T08:15")
    clock.run_in_real_time()
    real.move(timedelta(minutes=5))
    assert clock() == at("2026-10-21T08:20")


def test_it_jumps_forward_and_never_back() -> None:
    clock = DemoClock(at("2026-10-21T08:15"), MovableClock())
    clock.move_to(at("2026-10-28T09:00"))
    clock.move_to(at("2026-10-27T09:00"))
    assert clock() == at("2026-10-28T09:00")


def test_it_can_jump_while_it_runs() -> None:
    real = MovableClock()
    clock = DemoClock(at("2026-11-18T10:00"), real)
    clock.run_in_real_time()
    real.move(timedelta(minutes=2))
    clock.move_to(at("2026-11-19T12:00"))
    real.move(timedelta(minutes=1))
    assert clock() == at("2026-11-19T12:01")
