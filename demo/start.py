"""Starts the demo: plays four weeks, then serves a workspace with the bot on a real socket."""

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
from demo.cast import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, make_workspace
from demo.clock import DemoClock, working_moment
from demo.guide import DemoGuide, guided_routes
from demo.history import play_history, set_up_moment
from demo.world import Build, DemoWorld, ServedDemoWorld, demo_in_process
from playground.model import Limits
from playground.server import RunningServer, serve
from playground.workspace import PracticeWorkspace

BuildProduction = Callable[[Settings, Event, Executor, Clock], Bot]
TICK_SECONDS: Final = 1.0
_THREADS: Final = 24
_PORTS: Final = 100
# So long the page waits for the bot at the start.
_BOT_SECONDS: Final = 20


@dataclass(frozen=True)
class BotBuilders:
    """Two functions that build the bot: connected without a network, and as in production."""

    in_process: Build
    production: BuildProduction


def start(settings: Settings, language: Language, makers: BotBuilders, *, opens_browser: bool) -> None:
    """Run the demo until somebody stops it. Its database is in a temporary folder, which is deleted."""
    _exit_on_signal()
    log.set_up_logging("ERROR")
    with tempfile.TemporaryDirectory(prefix="klankbord-demo-") as folder:
        own = demo_settings(settings, language, Path(folder))
        with DatabaseLock(own.database_url):
            workspace, clock = play_weeks_before(own, makers.in_process, elapsed())
            world: Future[DemoWorld] = Future()
            guide = DemoGuide(partial(world.result, _BOT_SECONDS), language)
            with _served(workspace, settings, guided_routes(workspace, guide.page_guide())) as server:
                _announce(workspace, f"{server.url}/?as=anna&lang={language}", opens_browser=opens_browser)
                bot, process = _build(own, server, makers.production, clock)
                world.set_result(ServedDemoWorld(workspace, bot, clock, Calendar(own.timezone)))
                process.run()


def play_weeks_before(settings: Settings, build: Build, now: datetime) -> tuple[PracticeWorkspace, DemoClock]:
    """A workspace after four weeks, and its clock at a working hour. The database of `settings` must be empty."""
    calendar, spoken = Calendar(settings.timezone), settings.language
    live = working_moment(now, calendar)
    clock = DemoClock(set_up_moment(calendar, live))
    workspace, circle = make_workspace(clock, elapsed, spoken)
    require_schema(settings)
    with demo_in_process(workspace, settings, clock, build) as world:
        play_history(world, circle, spoken, live)
    clock.run_in_real_time()
    return workspace, clock


def demo_settings(settings: Settings, language: Language, folder: Path) -> Settings:
    """The settings of the demo: the tokens of the workspace, a temporary database and key, no web server."""
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
    """Serve the workspace on the wanted port, or on the next free one, and say so."""
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
    """Print the address of the page once the bot listens."""

    def announce() -> None:
        workspace.waits_for_app(30)
        typer.echo(f"The practice workspace is at {url} (Ctrl-C ends it)")
        if opens_browser and not os.environ.get("CI"):
            webbrowser.open(url)

    Thread(target=announce, name="announcing", daemon=True).start()


def _build(settings: Settings, server: RunningServer, build: BuildProduction, clock: DemoClock) -> tuple[Bot, Process]:
    """The bot, and the process that runs it over a socket."""
    settings = replace(settings, slack_api_url=f"{server.url}/api/")
    jobs_queued, form_executor = Event(), ThreadPoolExecutor(_THREADS, thread_name_prefix="forms")
    bot = build(settings, jobs_queued, form_executor, clock)
    return bot, Process(bot, settings.for_slack(), jobs_queued=jobs_queued, form_executor=form_executor)


def _exit_on_signal() -> None:
    """Until the bot runs, SIGINT and SIGTERM exit at once, which also deletes the temporary folder."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
