"""`tick`: run what is due once, as at a moment."""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.serving import offline_bot
from cli.errors import plain_errors
from schedules.ticks import run_due


@plain_errors
def tick(
    at: Annotated[str | None, typer.Option(help="The moment, such as 2026-11-23T09:00; now if not given.")] = None,
) -> None:
    """Let time knock once, as at a moment; what it queues goes out when a copy runs."""
    with offline_bot() as bot:
        typer.echo(f"{run_due(bot, _moment(at, bot.settings.timezone) if at else bot.calendar())} things were due.")


def _moment(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no moment: write it like 2026-11-23T09:00') from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
