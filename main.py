"""The command line: what each command does, and how one copy is served."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from app.composition import build_bot, build_production_bot
from app.process import CannotStart, Process
from bot.bot import Bot
from bot.core.clocks import CalendarClock
from bot.outbox.worker import TIMEOUTS, Timeouts
from bot.settings import check as checks
from bot.settings import log
from bot.settings.lock import DatabaseLock
from bot.settings.schema import ensure_directory, migrate_schema, require_schema
from bot.settings.settings import load_settings
from bot.slack.manifest import manifest as app_manifest
from cli.errors import plain_errors, write_file
from cli.prompts import prompts
from cli.protocols import protocols
from schedules.ticks import run_due

Language = Literal["nl", "en", "fr"]
# What opens forms: with five, a dozen people pressing at the same moment lost their triggers.
_FORM_THREADS = 24

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Klankbord, a sounding board in Slack.",
)
outbox = typer.Typer(no_args_is_help=True, help="What waits to be said in Slack.")
cli.add_typer(protocols, name="protocols")
cli.add_typer(prompts, name="prompts")
cli.add_typer(outbox, name="outbox")


@contextmanager
def offline() -> Iterator[Bot]:
    """The bot on its database, for commands that do not wait for Slack."""
    settings = load_settings()
    require_schema(settings)
    with ThreadPoolExecutor(1) as beside:
        bot = build_production_bot(settings, Event(), beside, CalendarClock())
        yield bot
        bot.services.database.close()


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
        Process(bot, access, jobs_queued=wake, form_executor=beside, listens=listens, runs_ticks=time_knocks).run()


@cli.command()
@plain_errors
def run(
    no_schedules: Annotated[
        bool, typer.Option("--no-schedules", help="Without the clock: another process has it.")
    ] = False,
) -> None:
    """Listen to Slack, over a socket if SLACK_APP_TOKEN is set and over HTTP if not."""
    serve(listens=True, time_knocks=not no_schedules)


@cli.command()
@plain_errors
def demo(
    language: Annotated[Language | None, typer.Option(help="nl, en or fr; LANGUAGE if not given.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="PORT if not given.")] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in your browser.")] = True,
) -> None:
    """The bot in a practice workspace with people and four weeks of history, on a page in your browser."""
    try:
        from demo.start import Makers, start
    except ModuleNotFoundError:
        raise CannotStart("The demo is not installed here: run make demo in a clone of Klankbord") from None

    settings = load_settings()
    settings = replace(settings, port=port or settings.port)
    start(settings, language or settings.language, Makers(build_bot, build_production_bot), opens_browser=open_browser)


@cli.command()
@plain_errors
def schedules() -> None:
    """Only let time knock, and empty the outbox; for beside `run --no-schedules`."""
    serve(listens=False, time_knocks=True)


@cli.command("migrate")
@plain_errors
def migrate_tables() -> None:
    """Bring the database to this version's tables."""
    settings = load_settings()
    ensure_directory(settings)
    with DatabaseLock(settings.database_url):
        migrate_schema(settings)
    typer.echo("The database has this version's tables.")


@cli.command()
@plain_errors
def check() -> None:
    """See whether everything is in place, and say what to do where it is not."""
    findings = checks.check_everything()
    for finding in findings:
        typer.echo(f"{'ok ' if finding.fine else 'NO '} {finding.text}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


@cli.command()
@plain_errors
def manifest(
    language: Language = "nl",
    mode: Annotated[Literal["socket", "http"], typer.Option(help="How Slack reaches the bot.")] = "socket",
    url: Annotated[str | None, typer.Option(help="Where Slack reaches the bot, in HTTP mode.")] = None,
) -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    try:
        found = app_manifest(language, mode, url)
    except ValueError as mistake:
        raise typer.BadParameter(str(mistake)) from None
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


@cli.command()
@plain_errors
def digest(
    circle: Annotated[str, typer.Option(help="The circle's number or Slack channel id.")],
    period: Annotated[str, typer.Option(help="2026-11, 2026-autumn or 2026-2027")],
    format: Literal["markdown", "html", "csv", "json"] = "markdown",
    language: Annotated[Language | None, typer.Option(help="The circle's own if not given.")] = None,
    out: Annotated[Path | None, typer.Option(help="A file, instead of the screen.")] = None,
) -> None:
    """The community's report of a period."""
    with offline() as bot:
        report = bot.digests.write_report(circle, period, format, language, bot.calendar())
    if out:
        write_file(out, report)
        typer.echo(f"Written to {out}.")
    else:
        typer.echo(report)


@cli.command()
@plain_errors
def tick(
    at: Annotated[str | None, typer.Option(help="The moment, such as 2026-11-23T09:00; now if not given.")] = None,
) -> None:
    """Let time knock once, as at a moment; what it queues goes out when a copy runs."""
    with offline() as bot:
        typer.echo(f"{run_due(bot, _moment(at, bot.settings.timezone) if at else bot.calendar())} things were due.")


@outbox.command("list")
@plain_errors
def list_outbox() -> None:
    """What is not sent yet: number, operation, state, attempts, and Slack's last word."""
    with offline() as bot:
        for number, operation, state, attempts, error in bot.delivery_failures.unfinished_jobs():
            typer.echo(f"{number}\t{operation}\t{state}\t{attempts}\t{error or ''}")


@outbox.command("retry")
@plain_errors
def retry_outbox(number: Annotated[int | None, typer.Argument(help="All of it if not given.")] = None) -> None:
    """Let what Slack refused try again: all of it, or one number."""
    with offline() as bot:
        typer.echo(f"{bot.delivery_failures.retry_failed(number)} will be tried again.")


@outbox.command("drop")
@plain_errors
def drop_outbox(number: Annotated[int | None, typer.Argument(help="All of it if not given.")] = None) -> None:
    """Give up what Slack refused: all of it, or one number."""
    with offline() as bot:
        dropped, behind = bot.delivery_failures.drop_failed(number)
        typer.echo(f"{dropped} will not be sent{f', and {behind} that could only follow' if behind else ''}.")


def _moment(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no moment: write it like 2026-11-23T09:00') from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


if __name__ == "__main__":
    cli()
