"""An hour of one's own comes once a day, wherever one lives and whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.core.calendar import Calendar
from bot.reflection.rules import is_recent, next_invitation_at


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/New_York", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("clock", [time(0), time(1, 30), time(2, 30), time(12, 30), time(23, 59)])
def test_an_invitation_comes_once_a_day_also_when_the_clocks_change(zone: str, clock: time):
    moment, moments = datetime(2026, 1, 1, tzinfo=UTC), []
    while moment < datetime(2027, 1, 1, tzinfo=UTC):
        moment = next_invitation_at(clock, zone, moment)
        moments.append(moment)
    days = [Calendar(zone).local(one).date() for one in moments]
    assert all(later - day == timedelta(days=1) for day, later in pairwise(days))
    assert all(next_invitation_at(clock, zone, one - timedelta(minutes=30)) == one for one in moments)


def test_nobody_is_invited_to_a_question_of_weeks_ago():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert is_recent(now - timedelta(days=13), now)
    assert not is_recent(now - timedelta(days=14), now)
