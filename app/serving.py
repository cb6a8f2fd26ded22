"""Runs one process of the bot, or the bot on its database alone for commands that do not wait for Slack."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from app.composition import build_production_bot
from app.process import Process
from app.stopping import run_until_signal
from bot.bot import Bot
from bot.outbox.timeouts import TIMEOUTS, Timeouts
from bot.settings import log
from bot.settings.lock import DatabaseLock
from bot.settings.schema import ensure_directory, require_schema
from bot.settings.settings import load_settings
from bot.slack.pauses import PAUSES, Pauses

# The threads that open forms. With five, a dozen people who pressed at once lost their triggers (measured).
_FORM_THREADS = 24


def serve(*, listens: bool, runs_ticks: bool, timeouts: Timeouts = TIMEOUTS, pauses: Pauses = PAUSES) -> None:
    """Run one process until it gets SIGTERM or SIGINT. Raises `CannotStart` and the errors of `bot.settings`."""
    settings = load_settings()
    log.set_up_logging(settings.log_level)
    access, stopping = settings.for_slack(), Event()

    def work() -> None:
        ensure_directory(settings)
        with DatabaseLock(settings.database_url):
            require_schema(settings)
            jobs_queued, form_executor = Event(), ThreadPoolExecutor(_FORM_THREADS, thread_name_prefix="forms")
            bot = build_production_bot(settings, jobs_queued, form_executor, timeouts=timeouts)
            Process(
                bot,
                access,
                jobs_queued=jobs_queued,
                form_executor=form_executor,
                listens=listens,
                runs_ticks=runs_ticks,
                stopping=stopping,
                pauses=pauses,
            ).run_until_stopping()

    run_until_signal(work, stopping)


@contextmanager
def offline_bot() -> Iterator[Bot]:
    """The bot on its database, for commands that do not wait for Slack."""
    settings = load_settings()
    require_schema(settings)
    with ThreadPoolExecutor(1) as form_executor:
        bot = build_production_bot(settings, Event(), form_executor)
        yield bot
        bot.services.database.close()
