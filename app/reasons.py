"""Why a process is not ready: a table of reasons. `docs/operators.md` says of each what it means and what to do."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.waiting_jobs import WaitingJobs
from bot.bot import Bot
from bot.settings.paths import database_file
from bot.slack.answers import scopes_needed
from db.queries import outbox
from handlers.socket import Socket
from schedules.scheduler import Scheduler
from schedules.workers import WorkerPool

# With less free space, SQLite may soon be unable to write.
LEAST_FREE_MB: Final = 200
# So long without an answer: with the pause between two questions and the time that one takes, less than a minute.
SILENT_FOR: Final = timedelta(seconds=45)
# The ticks are missed after so many periods, and not before so long.
MISSED_TICKS: Final = 3
MISSED_FOR: Final = timedelta(seconds=30)
NO_ANSWER: Final = "does not answer"
CANNOT_WRITE: Final = "cannot be written: its disk is full, or it may only be read"


@dataclass(frozen=True)
class Parts:
    """What a process consists of, as far as health asks.

    `started` is a moment of `time.monotonic`.
    """

    bot: Bot
    workers: WorkerPool
    scheduler: Scheduler
    socket: Socket | None
    waiting: WaitingJobs
    started: float = field(default_factory=monotonic)


@dataclass(frozen=True)
class HealthReason:
    """One reason. `find` returns the end of the sentence that `key` begins, or None if all is well.

    `late` is what is said if `find` takes too long.
    """

    key: str
    find: Callable[[Parts], str | None]
    late: str | None = None


def _database(parts: Parts) -> str | None:
    database = parts.bot.services.database
    try:
        with database.writing(wakes=False) as session:
            outbox.note_check(session, parts.bot.elapsed())
    except SQLAlchemyError:
        return CANNOT_WRITE if _can_be_read(parts) else NO_ANSWER
    return None


def _can_be_read(parts: Parts) -> bool:
    try:
        with parts.bot.services.database.reading() as session:
            outbox.open_jobs(session)
    except SQLAlchemyError:
        return False
    return True


def _disk(parts: Parts) -> str | None:
    free = free_bytes(parts.bot)
    megabytes = None if free is None else free // 1_000_000
    return None if megabytes is None or megabytes >= LEAST_FREE_MB else f"has only {megabytes} MB left for the database"


def free_bytes(bot: Bot) -> int | None:
    """The free space where the database's file is; None where it has none, or it cannot be seen."""
    file = database_file(bot.settings.database_url)
    try:
        return shutil.disk_usage(file.absolute().parent).free if file else None
    except OSError:
        return None


def _slack(parts: Parts) -> str | None:
    status = parts.bot.slack_answers.status()
    if not _identity_is_known(parts.bot):
        return "has not yet said who the bot is"
    age = status.good_age if status.good_age is not None else timedelta(seconds=monotonic() - parts.started)
    # A token that is refused is a reason of its own.
    return (
        None
        if status.token_error or age < SILENT_FOR
        else f"has given no good answer for {age.total_seconds():.0f} seconds"
    )


def _identity_is_known(bot: Bot) -> bool:
    try:
        return bot.people.own_identity() is not None
    except SQLAlchemyError:
        return False


def _token(parts: Parts) -> str | None:
    error = parts.bot.slack_answers.status().token_error
    return f"is refused by Slack ({error})" if error else None


def _scopes(parts: Parts) -> str | None:
    refused = parts.bot.slack_answers.status().refused
    named = [f"{method} ({' or '.join(scopes_needed(method, refusal))})" for method, refusal in refused]
    return "are missing for " + ", ".join(named) if named else None


def _waiting(parts: Parts) -> str | None:
    age = parts.waiting.stuck_for()
    return f"has a job that could have been sent {age.total_seconds():.0f} seconds ago" if age else None


def _failed(parts: Parts) -> str | None:
    number = open_jobs(parts).get("failed", 0)
    if not number:
        return None
    return f"has {number} failed job{'s' if number > 1 else ''}: main.py outbox list says why"


def open_jobs(parts: Parts) -> dict[str, int]:
    """How many outbox jobs there are in each state that is not over; empty if we cannot see."""
    try:
        with parts.bot.services.database.reading() as session:
            return outbox.open_jobs(session)
    except SQLAlchemyError:
        return {}


def _workers(parts: Parts) -> str | None:
    return None if parts.workers.alive else "is not being sent"


def _clock(parts: Parts) -> str | None:
    return parts.bot.clock_watch.problem()


def _connection(parts: Parts) -> str | None:
    if parts.socket is None or parts.socket.connected:
        return None
    why = getattr(parts.socket, "reason", None)
    return "is closed, and is being opened again" + (f": {why}" if why else "")


def _metronome(parts: Parts) -> str | None:
    age = parts.scheduler.tick_age()
    allowed = max(MISSED_FOR, MISSED_TICKS * timedelta(seconds=parts.bot.settings.tick_seconds))
    return None if age < allowed else f"has not ticked for {age.total_seconds():.0f} seconds"


REASONS: Final = (
    HealthReason("database", _database, NO_ANSWER),
    HealthReason("disk", _disk),
    HealthReason("slack", _slack),
    HealthReason("token", _token),
    HealthReason("scopes", _scopes),
    HealthReason("outbox", _workers),
    HealthReason("waiting", _waiting),
    HealthReason("failed", _failed),
    HealthReason("clock", _clock),
    HealthReason("connection", _connection),
    HealthReason("metronome", _metronome),
)
