"""Starts the demo: the weeks before, then a served workspace with the bot on a real socket."""

import os
import secrets
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import Final

import typer
from starlette.routing import BaseRoute

from app.process import CannotStart, Process
from bot.bot import Bot
from bot.core.calendar import Calendar
from bot.core.clocks import elapsed
from bot.core.text import Language
from bot.outbox.queue import Clock
from bot.settings import log
from bot.settings.lock import DatabaseLock
from bot.settings.schema import require_schema
from bot.settings.settings import Settings
from demo.cast import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, furnished
from demo.clock import DemoClock, working_moment
from demo.guide import DemoGuide, guided_routes
from demo.history import beginning, play_history
from demo.stage import Build, LiveStage, Stage, rehearsal
from playground.model import Limits
from playground.server import RunningServer, serve
from playground.workspace import PracticeWorkspace

Compose = Callable[[Settings, Event, Executor, Clock], Bot]
TICK_SECONDS: Final = 1.0
_THREADS: Final = 24
_PORTS: Final = 100
# How long who looks at the page in its first moments waits for the bot.
_BOT_SECONDS: Final = 20


@dataclass(frozen=True)
class Makers:
    """How to put a bot together: one that works in this process, and one that works over the network."""

    build: Build
    compose: Compose


def start(settings: Settings, language: Language, makers: Makers, *, opens_browser: bool) -> None:
    """Run the demo until somebody stops it. Nothing of it stays: its database is in a folder of its own."""
    _stop_when_asked()
    log.set_up_logging("ERROR")
    with tempfile.TemporaryDirectory(prefix="klankbord-demo-") as folder:
        own = own_settings(settings, language, Path(folder))
        with DatabaseLock(own.database_url):
            workspace, clock = prepared(own, makers.build, elapsed())
            stage: Future[Stage] = Future()
            guide = DemoGuide(partial(stage.result, _BOT_SECONDS), language)
            with _served(workspace, settings, guided_routes(workspace, guide.for_page())) as server:
                _announce(workspace, f"{server.url}/?as=anna&lang={language}", opens_browser=opens_browser)
                bot, process = _put_together(own, server, makers.compose, clock)
                stage.set_result(LiveStage(workspace, bot, clock, Calendar(own.timezone)))
                process.run()


def prepared(settings: Settings, build: Build, now: datetime) -> tuple[PracticeWorkspace, DemoClock]:
    """A workspace after four weeks, and its calendar at a working moment; `settings` name an empty database."""
    calendar, spoken = Calendar(settings.timezone), settings.language
    live = working_moment(now, calendar)
    clock = DemoClock(beginning(calendar, live))
    workspace, circle = furnished(clock, elapsed, spoken)
    require_schema(settings)
    with rehearsal(workspace, settings, clock, build) as stage:
        play_history(stage, circle, spoken, live)
    clock.goes_live()
    return workspace, clock


def own_settings(settings: Settings, language: Language, folder: Path) -> Settings:
    """The demo's own: the tokens of the workspace, a database and a key that are gone afterwards, no health server."""
    return replace(
        settings,
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_signing_secret=SIGNING_SECRET,
        database_url=f"sqlite:///{folder / 'klankbord.db'}",
        klankbord_keys=(secrets.token_bytes(32),),
        language=language,
        port=None,
        tick_seconds=TICK_SECONDS,
    )


@contextmanager
def _served(workspace: PracticeWorkspace, settings: Settings, routes: Sequence[BaseRoute]) -> Iterator[RunningServer]:
    """The workspace on the wanted port, or on the next one that is free, which is said."""
    wanted = settings.port or 3000
    workspace.limiter.limits = Limits.slack()
    server, port = _first_free(workspace, settings.host, wanted, routes)
    if port != wanted:
        typer.echo(f"Port {wanted} is in use, so the demo takes {port}.")
    try:
        yield server
    finally:
        server.stop()


def _first_free(
    workspace: PracticeWorkspace, host: str, wanted: int, routes: Sequence[BaseRoute]
) -> tuple[RunningServer, int]:
    for port in range(wanted, min(wanted + _PORTS, 65536)):
        try:
            return serve(workspace, host, port, routes), port
        except OSError:
            continue
    raise CannotStart(f"No port from {wanted} on is free on {host}: choose another with --port")


def _announce(workspace: PracticeWorkspace, url: str, *, opens_browser: bool) -> None:
    """Once the bot listens, say where the page is."""

    def tell() -> None:
        workspace.waits_for_app(30)
        typer.echo(f"The practice workspace is at {url} (Ctrl-C ends it)")
        if opens_browser and not os.environ.get("CI"):
            webbrowser.open(url)

    Thread(target=tell, name="announcing", daemon=True).start()


def _put_together(settings: Settings, server: RunningServer, compose: Compose, clock: DemoClock) -> tuple[Bot, Process]:
    """The bot, and the process that runs it over a socket until SIGINT or SIGTERM."""
    settings = replace(settings, slack_api_url=f"{server.url}/api/")
    wake, beside = Event(), ThreadPoolExecutor(_THREADS, thread_name_prefix="beside")
    bot = compose(settings, wake, beside, clock)
    return bot, Process(bot, settings.for_slack(), wake=wake, beside=beside)


def _stop_when_asked() -> None:
    """Until the bot runs, being asked to stop ends everything at once; its folder is cleared on the way out."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
