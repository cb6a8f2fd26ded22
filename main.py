"""Composition root and command line: knows everybody, decides nothing."""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta

from bot.bot import Bot
from bot.carrier import PACE, Carrier
from bot.config import Settings
from bot.library import Library
from bot.metrics import Metrics
from bot.outbox import Clock, Outbox
from bot.slack import Slack
from bot.usecases.circles import Circles
from bot.usecases.desk import Desk
from bot.usecases.people import People
from bot.usecases.troubles import Troubles
from bot.vault import Vault
from bot.words import Words
from db.session import Database


def build(
    settings: Settings,
    *,
    slack: Slack,
    hurried: Slack,
    calendar: Clock,
    elapsed: Clock,
    executor: Executor,
    on_commit: Callable[[], None] = lambda: None,
    pace: timedelta = PACE,
) -> Bot:
    """Put the bot together. `hurried` is a gateway whose calls give up before Slack does."""
    database = Database(settings.database_url, on_commit=on_commit)
    vault = Vault(Vault.keys_from(settings.klankbord_keys, settings.database_url))
    desk = Desk(
        database=database, vault=vault, outbox=Outbox(vault, elapsed), words=Words.load(),
        library=Library.load(settings.protocols_dir, settings.prompts_dir),
        language=settings.language, timezone=settings.timezone,
    )
    troubles = Troubles(desk)
    return Bot(
        settings=settings, desk=desk, calendar=calendar, elapsed=elapsed, hurried=hurried,
        carrier=Carrier(database, desk.outbox, slack, elapsed, troubles.parked, pace),
        metrics=Metrics(),
        soon=lambda call: executor.submit(call) and None,
        people=People(desk, slack), circles=Circles(desk), troubles=troubles,
    )
