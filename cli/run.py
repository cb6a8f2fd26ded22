"""`run`, `schedules` and `demo`: the commands that run until they are stopped."""

from dataclasses import replace
from typing import Annotated

import typer

from app.composition import build_bot, build_production_bot
from app.process import CannotStart
from app.serving import serve
from bot.core.text import Language
from bot.settings.settings import load_settings
from cli.errors import plain_errors


@plain_errors
def run(
    no_schedules: Annotated[bool, typer.Option("--no-schedules", help="Run no ticks: another process does.")] = False,
) -> None:
    """Run the bot: over a socket if SLACK_APP_TOKEN is set, over HTTP if not."""
    serve(listens=True, runs_ticks=not no_schedules)


@plain_errors
def schedules() -> None:
    """Run the ticks and send the outbox, without listening to Slack; to use with `run --no-schedules`."""
    serve(listens=False, runs_ticks=True)


@plain_errors
def demo(
    language: Annotated[Language | None, typer.Option(help="nl, en or fr; if not given, LANGUAGE.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="If not given, PORT.")] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in your browser.")] = True,
) -> None:
    """Run the bot in a practice workspace with people and four weeks of history, in your browser."""
    try:
        from demo.start import BotBuilders, start
    except ModuleNotFoundError:
        raise CannotStart("The demo is not installed here: run make demo in a clone of Klankbord") from None

    settings = load_settings()
    settings = replace(settings, port=port or settings.port)
    builders = BotBuilders(build_bot, build_production_bot)
    start(settings, language or settings.language, builders, opens_browser=open_browser)
