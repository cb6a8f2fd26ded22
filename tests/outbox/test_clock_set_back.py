"""A limit that was set while the clock was wrong holds nothing up once the clock is right again."""

from datetime import timedelta

from bot.outbox.rate_limits import RateLimits
from tests.clock import MONDAY

PAUSE = timedelta(seconds=45)


def test_what_was_limited_in_another_year_is_limited_no_more():
    limits, ahead = RateLimits(), MONDAY + timedelta(days=365)
    limits.pause_all(ahead + PAUSE)
    limits.delay_channel("C1", ahead + PAUSE)
    limits.block_method("chat.update", "update", ahead + PAUSE)
    assert limits.all_paused(ahead) and not limits.all_paused(MONDAY)
    assert limits.blocked_until(MONDAY) == []
    assert not limits.blocked(MONDAY).limited_channels and not limits.blocked(MONDAY).limited_kinds


def test_on_a_clock_that_is_right_each_limit_lasts_as_long_as_slack_says():
    limits = RateLimits()
    limits.pause_all(MONDAY + PAUSE)
    limits.delay_channel("C1", MONDAY + timedelta(hours=1))
    assert limits.all_paused(MONDAY) and not limits.all_paused(MONDAY + PAUSE)
    assert limits.blocked(MONDAY + PAUSE).limited_channels == ["C1"]
