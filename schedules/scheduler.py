"""The scheduler, and the only user of APScheduler. It knows nothing of what is due: the database says that."""

from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.bot import Bot
from schedules.ticks import run_due

# For at most this long, wiped words can still be in the journal of a SQLite file.
SWEEP_SECONDS = 60


class Scheduler:
    """Runs a tick `every` so often, one at a time; late ticks become one. Also sweeps the database now and then."""

    def __init__(self, bot: Bot, every: timedelta) -> None:
        self._bot = bot
        self._scheduler = BackgroundScheduler(timezone="UTC")
        late = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        ticks = {"id": "tick", "seconds": every.total_seconds(), "next_run_time": bot.elapsed()}
        self._scheduler.add_job(self.tick, "interval", **ticks, **late)
        self._scheduler.add_job(bot.services.database.sweep, "interval", id="sweep", seconds=SWEEP_SECONDS, **late)

    def start(self) -> None:
        """Run a tick now, and regularly from now on."""
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the present tick, and run no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def tick(self) -> None:
        """Do everything that is due at the calendar's moment."""
        run_due(self._bot, self._bot.calendar())
