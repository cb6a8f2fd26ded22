"""The metronome. APScheduler makes time knock, and knows nothing of what is due: that stands in the database."""

from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.bot import Bot
from schedules.ticks import run_due

# How long what was wiped can still stand in the journal of a SQLite file.
SWEEP_SECONDS = 60


class Scheduler:
    """Knocks every so many seconds; a knock that is late or still busy is simply one knock. Sweeps now and then."""

    def __init__(self, bot: Bot, every: timedelta) -> None:
        self._bot = bot
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=every.total_seconds(),
            id="beat",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=bot.elapsed(),
        )
        self._scheduler.add_job(
            bot.services.database.sweep,
            "interval",
            seconds=SWEEP_SECONDS,
            id="sweep",
            misfire_grace_time=None,
            coalesce=True,
        )

    def start(self) -> None:
        """Knock now, and from now on."""
        self._scheduler.start()

    def stop(self) -> None:
        """Knock no more; what is being done is finished first."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def tick(self) -> None:
        """One beat, at the calendar's moment."""
        run_due(self._bot, self._bot.calendar())
