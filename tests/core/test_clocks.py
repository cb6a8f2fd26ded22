"""The calendar follows the machine's clock, but not where that jumps for a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.clocks import CalendarClock

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


class Machine:
    """A machine whose clock can be set, and which counts steady seconds; `slack` is Slack's clock, if known."""

    def __init__(self, *, hears_slack: bool = False) -> None:
        self.seconds, self.off = 0.0, timedelta()
        self.slack: datetime | None = MONDAY if hears_slack else None
        self.calendar = CalendarClock(wall=self.wall, steady=lambda: self.seconds, slacks_time=lambda: self.slack)

    def wall(self) -> datetime:
        return MONDAY + timedelta(seconds=self.seconds) + self.off

    def passes(self, seconds: float) -> datetime:
        self.seconds += seconds
        self.slack = self.slack and self.slack + timedelta(seconds=seconds)
        return self.calendar()


def at(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


@pytest.mark.parametrize("jump", [YEAR, -YEAR, timedelta(hours=-2), timedelta(minutes=2)])
@pytest.mark.parametrize("hears_slack", [True, False])
def test_a_jump_for_a_moment_is_not_believed(jump: timedelta, hears_slack: bool):
    machine = Machine(hears_slack=hears_slack)
    machine.off = jump
    assert machine.passes(4) == at(4)
    machine.off = timedelta()
    assert machine.passes(15) == at(19)


def test_a_jump_that_slack_confirms_is_believed_at_once_such_as_after_a_machine_slept():
    machine = Machine(hears_slack=True)
    machine.off = timedelta(hours=8)
    assert machine.passes(1) == at(1)
    machine.slack = machine.wall()
    assert machine.passes(1) == machine.wall()


def test_where_slack_was_never_heard_a_jump_that_lasts_a_minute_is_believed():
    machine = Machine()
    machine.off = timedelta(hours=8)
    assert machine.passes(30) == at(30)
    assert machine.passes(30) == at(60)
    assert machine.passes(30) == machine.wall()


def test_who_started_a_year_ahead_goes_back_when_the_clock_is_right():
    machine = Machine()
    machine.off = YEAR
    machine.calendar = CalendarClock(
        wall=machine.wall, steady=lambda: machine.seconds, slacks_time=lambda: machine.slack
    )
    assert machine.passes(1) == machine.wall() == at(1) + YEAR
    machine.slack, machine.off = at(1), timedelta()
    assert machine.passes(10) == at(11)


def test_after_a_small_step_back_it_stands_still_until_the_clock_caught_up():
    machine = Machine(hears_slack=True)
    machine.passes(10)
    machine.off = timedelta(seconds=-30)
    assert machine.passes(10) == at(10)
    assert machine.passes(40) == machine.wall() == at(30)


def test_what_the_demo_moved_stays_moved():
    machine = Machine(hears_slack=True)
    machine.calendar.move(timedelta(days=7))
    machine.off = YEAR
    assert machine.passes(5) == at(5) + timedelta(days=7)
    machine.off = timedelta()
    assert machine.passes(5) == at(10) + timedelta(days=7)
    with pytest.raises(ValueError, match="forward"):
        machine.calendar.move(timedelta(seconds=-1))
