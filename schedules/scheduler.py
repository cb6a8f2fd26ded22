"""The scheduler, and the only user of APScheduler. It knows nothing of what is due: the database says that.

APScheduler waits by the machine's clock. After a step of that clock, its next run can be hours or a year away; then a
thread that counts steady seconds makes it run.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.bot import Bot
from bot.core.clocks import elapsed
from schedules.slack_check import ask_slack
from schedules.ticks import run_due

# For at most this long, wiped words can still be in the journal of a SQLite file.
_SWEEP_EVERY: Final = timedelta(seconds=60)
_ASK_SLACK_EVERY: Final = timedelta(seconds=10)
# How often the watch looks, at most, and from how many periods without a run on it makes a job run.
_LOOK_SECONDS: Final = 1.0
_MISSED_PERIODS: Final = 2
_RULES: Final = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Every(BaseTrigger):  # type: ignore[misc]
    """Runs so long after now. APScheduler's own interval counts each run that a jump of the clock skipped."""

    def __init__(self, every: timedelta) -> None:
        self._every = every

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """When to run next, for APScheduler."""
        return now + self._every


class Job:
    """Something to do again and again, and how many steady seconds ago it was last done."""

    def __init__(self, name: str, every: timedelta, run: Callable[[], None]) -> None:
        self.name, self.every, self._run = name, every, run
        self._is_running, self._latest = False, monotonic()

    def run(self) -> None:
        """Do it."""
        self._is_running = True
        try:
            self._run()
        finally:
            self._latest, self._is_running = monotonic(), False

    def age(self) -> timedelta:
        """How long ago it was last done, or the process started."""
        return timedelta(seconds=monotonic() - self._latest)

    def is_overdue(self) -> bool:
        """Whether it should have begun again some time ago."""
        return not self._is_running and self.age() > _MISSED_PERIODS * self.every


class Scheduler:
    """Runs a tick `every` so often, one at a time; late ticks become one. Without `every`, it runs none.

    Besides, it sweeps the database now and then, and asks Slack whether it is there.
    """

    def __init__(self, bot: Bot, every: timedelta | None) -> None:
        self._bot = bot
        self._scheduler, self._stopping = BackgroundScheduler(timezone="UTC"), Event()
        self._tick = Job("tick", every, self.tick) if every else None
        slack = Job("ask Slack", _ASK_SLACK_EVERY, lambda: ask_slack(bot))
        sweep = Job("sweep", _SWEEP_EVERY, bot.services.database.sweep)
        self._jobs = [slack, *([self._tick, sweep] if self._tick else [])]
        for job in self._jobs:
            first = elapsed() + (timedelta() if job is self._tick else job.every)
            self._scheduler.add_job(job.run, Every(job.every), id=job.name, next_run_time=first, **_RULES)
        self._look_seconds = min(_LOOK_SECONDS, *(job.every.total_seconds() for job in self._jobs))
        self._watch = Thread(target=self._watch_jobs, name="metronome watch", daemon=True)

    def start(self) -> None:
        """Run a tick now, and regularly from now on."""
        self._scheduler.start()
        self._watch.start()

    def stop(self) -> None:
        """Finish the present tick, and run no more."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        if self._watch.ident is not None:
            self._watch.join()

    def tick(self) -> None:
        """Do everything that is due at the calendar's moment."""
        run_due(self._bot, self._bot.calendar())

    def tick_age(self) -> timedelta:
        """How long ago the last tick ended; no time where this process runs none."""
        return self._tick.age() if self._tick else timedelta()

    def _watch_jobs(self) -> None:
        while not self._stopping.wait(self._look_seconds):
            for job in self._jobs:
                if job.is_overdue() and not self._stopping.is_set():
                    self._scheduler.modify_job(job.name, next_run_time=elapsed())
