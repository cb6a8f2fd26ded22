"""Serving one copy of the bot, and the bot on its database for commands that do not wait for Slack."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from app.composition import build_production_bot
from app.process import Process
from bot.bot import Bot
from bot.core.clocks import CalendarClock
from bot.outbox.worker import TIMEOUTS, Timeouts
from bot.settings import log
from bot.settings.lock import DatabaseLock
from bot.settings.schema import ensure_directory, require_schema
from bot.settings.settings import load_settings

# What opens forms: with five, a dozen people pressing at the same moment lost their triggers.
_FORM_THREADS = 24


def serve(*, listens: bool, time_knocks: bool, timeouts: Timeouts = TIMEOUTS) -> None:
    """Run one copy until it is asked to stop."""
    settings = load_settings()
    log.set_up_logging(settings.log_level)
    access = settings.for_slack()
    ensure_directory(settings)
    with DatabaseLock(settings.database_url):
        require_schema(settings)
        wake, beside = Event(), ThreadPoolExecutor(_FORM_THREADS, thread_name_prefix="beside")
        bot = build_production_bot(settings, wake, beside, CalendarClock(), timeouts)
        Process(bot, access, wake=wake, beside=beside, listens=listens, time_knocks=time_knocks).run()


@contextmanager
def offline_bot() -> Iterator[Bot]:
    """The bot on its database, for commands that do not wait for Slack."""
    settings = load_settings()
    require_schema(settings)
    with ThreadPoolExecutor(1) as beside:
        bot = build_production_bot(settings, Event(), beside, CalendarClock())
        yield bot
        bot.services.database.close()
