"""`tick`: does once what is due, now or at another moment."""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.serving import offline_bot
from cli.errors import plain_errors
from schedules.ticks import run_due


@plain_errors
def tick(
    at: Annotated[str | None, typer.Option(help="The moment, such as 2026-11-23T09:00; if not given, now.")] = None,
) -> None:
    """Do once what is due, now or at another moment. A running bot sends what this queues."""
    with offline_bot() as bot:
        typer.echo(f"{run_due(bot, _moment(at, bot.settings.timezone) if at else bot.calendar())} things were due.")


def _moment(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f'"{text}" is no moment: write it like 2026-11-23T09:00') from None
