"""`python -m benchmarks.torture_processes.copy_main`: what `main.py run` does, with less patience, and in later days.

`CALENDAR_AHEAD` is how many seconds the calendar is ahead of real time, so that a weekly question is due soon.
"""

import os
from datetime import timedelta
from functools import partial
from unittest.mock import patch

from app import serving
from bot.core.clocks import CalendarClock
from bot.outbox.timeouts import Timeouts

_SECOND = timedelta(seconds=1)
HASTE = Timeouts(
    call=_SECOND,
    between_posts=timedelta(),
    looks=(0.2 * _SECOND, 0.6 * _SECOND, 2 * _SECOND, 4 * _SECOND),
    lease=3 * _SECOND,
    blocked=_SECOND,
    verify=(2 * _SECOND, 4 * _SECOND),
)

if __name__ == "__main__":
    ahead = timedelta(seconds=float(os.environ["CALENDAR_AHEAD"]))
    with patch("app.composition.CalendarClock", partial(CalendarClock, ahead)):
        serving.serve(listens=True, runs_ticks=True, timeouts=HASTE)
