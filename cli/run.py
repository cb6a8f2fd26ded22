"""`run`, `schedules` and `demo`: the commands that stay until they are asked to stop."""

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
    no_schedules: Annotated[
        bool, typer.Option("--no-schedules", help="Without the clock: another process has it.")
    ] = False,
) -> None:
    """Listen to Slack, over a socket if SLACK_APP_TOKEN is set and over HTTP if not."""
    serve(listens=True, time_knocks=not no_schedules)


@plain_errors
def schedules() -> None:
    """Only let time knock, and empty the outbox; for beside `run --no-schedules`."""
    serve(listens=False, time_knocks=True)


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
