"""One running copy of Klankbord: from the first hello to the last goodbye."""

import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from queue import SimpleQueue
from threading import Event, Thread
from types import FrameType

from slack_bolt import App
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.bot import Bot
from bot.settings.check import why_refused
from bot.settings.settings import SlackAccess
from bot.slack.errors import SlackError, SlackRefused
from db.session import describe_error
from handlers.bolt_app import make_app
from handlers.http import WebServer
from handlers.socket import Socket
from schedules.scheduler import Scheduler
from schedules.workers import WorkerPool

_log = logging.getLogger(__name__)
_TRY_AGAIN_SECONDS = 5.0
_LOOK_UP_SECONDS = 0.5
# Docker kills after ten. What is cut off stands in the database, and is taken up at the next start.
_GOODBYE_SECONDS = 8.0
# How many beats may be missed before we say we are not well.
_BEATS = 8


class CannotStart(Exception):
    """The process cannot start; its text is one plain line with the remedy."""


class Process:
    """Runs `bot`: hears Slack (if `listens`), lets time knock (if `time_knocks`), and always empties the outbox.

    `wake` is set by each commit; `beside` runs what only opens forms.
    """

    def __init__(
        self,
        bot: Bot,
        access: SlackAccess,
        *,
        wake: Event,
        beside: Executor,
        listens: bool = True,
        time_knocks: bool = True,
    ) -> None:
        self._bot, self._access, self._beside = bot, access, beside
        self._stopping = Event()
        self._asked: SimpleQueue[None] = SimpleQueue()
        self._carrying = WorkerPool(bot.outbox_worker, wake)
        every = timedelta(seconds=bot.settings.tick_seconds)
        self._metronome = Scheduler(bot, every) if time_knocks else None
        app = make_app(bot, beside) if listens else None
        over_socket = app is not None and access.app_token is not None
        self._web = self._web_server(None if over_socket else app)
        token = access.app_token or ""
        self._socket = Socket(app, token, access.api_url, self._catch_up) if app and over_socket else None

    def run(self) -> None:
        """Start, and stay until SIGTERM or SIGINT. Raises `CannotStart` where Slack refuses our tokens."""
        Thread(target=self._stop_when_asked, name="asked to stop", daemon=True).start()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._asked_to_stop)
        self.start()
        # A signal that comes just before a wait without end is only handled after it: so look up now and then.
        while not self._stopping.wait(_LOOK_UP_SECONDS):
            pass
        closing = Thread(target=self.stop, name="goodbye", daemon=True)
        closing.start()
        closing.join(_GOODBYE_SECONDS)
        if closing.is_alive():
            _log.warning("still busy after %.0f s; what is not done is done at the next start", _GOODBYE_SECONDS)
            logging.shutdown()
            os._exit(0)
        _log.info("Klankbord stopped; what is not sent yet waits in the database")

    def start(self) -> None:
        """Start everything; waits for Slack the first time, since we must know who we are before we listen."""
        try:
            if self._web:
                self._web.start()
            self._until_slack_answers(self._introduce)
            if self._stopping.is_set():
                return
            if self._bot.services.database.is_ours_alone:
                self._bot.outbox_worker.take_over_leases()
            self._carrying.start()
            self._catch_up()
            if self._metronome:
                self._metronome.start()
            if self._socket:
                self._until_slack_answers(self._socket.start)
        except BaseException:
            self.stop()
            raise
        if not self._stopping.is_set():
            _log.info("Klankbord is listening")

    def stop(self) -> None:
        """Take nothing more in, finish what is under way, and close; also what never started."""
        self._stopping.set()
        if self._socket:
            self._socket.stop()
        if self._web:
            self._web.stop()
        if self._metronome:
            self._metronome.stop()
        self._beside.shutdown(wait=True, cancel_futures=True)
        self._carrying.stop()
        self._bot.services.database.close()

    def health(self) -> dict[str, str]:
        """Everything that is not well, in words; empty when all is."""
        checks = {
            "database": self._database_answers(),
            "slack": self._we_know_ourselves(),
            "connection": self._socket is None or self._socket.connected,
            "clock": self._metronome is None or self._clock_knocks(),
            "outbox": self._carrying.alive,
        }
        words = {
            "database": "does not answer",
            "slack": "has not said yet who we are",
            "connection": "is closed, and being opened again",
            "clock": "has not knocked for a while",
            "outbox": "is not being emptied",
        }
        return {name: words[name] for name, fine in checks.items() if not fine}

    def _asked_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        # An event takes a lock, which the thread that is interrupted here may hold: it would wait for itself, for ever.
        self._asked.put(None)

    def _stop_when_asked(self) -> None:
        self._asked.get()
        self._stopping.set()

    def _web_server(self, app: App | None) -> WebServer | None:
        port = self._bot.settings.port
        return WebServer(self._bot.settings.host, port, self._bot, self.health, app) if port is not None else None

    def _until_slack_answers(self, ask: Callable[[], None]) -> None:
        """Ask until Slack answers, or we are asked to stop. Raises `CannotStart` where Slack refuses."""
        while not self._stopping.is_set():
            try:
                ask()
            except SlackRefused as refusal:
                raise CannotStart(why_refused(refusal)) from refusal
            except SlackError:
                _log.warning("Slack at %s does not answer; trying again", self._access.api_url)
                self._stopping.wait(_TRY_AGAIN_SECONDS)
            else:
                return

    def _catch_up(self) -> None:
        """What Slack did not tell while nobody listened is read at the next beat."""
        try:
            self._bot.catching_up.plan_all(self._bot.calendar())
        except SQLAlchemyError as trouble:
            _log.warning("catching up waits for its next turn: %s", describe_error(trouble))

    def _introduce(self) -> None:
        """Ask who we are. Over HTTP, Slack itself comes to us, and what we knew from the last time is enough."""
        people = self._bot.people
        known = people.own_identity()
        try:
            found = self._bot.interactive_slack.identity()
        except SlackRefused:
            raise
        except SlackError:
            if self._socket or not known:
                raise
            return
        if known and known.team != found.team:
            raise CannotStart(_elsewhere(known.team, found.team))
        people.keep_identity(found, self._bot.calendar())

    def _we_know_ourselves(self) -> bool:
        try:
            return self._bot.people.own_identity() is not None
        except SQLAlchemyError:
            return False

    def _database_answers(self) -> bool:
        try:
            with self._bot.services.database.reading() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def _clock_knocks(self) -> bool:
        latest: float = self._bot.metrics.last_tick._value.get()
        return self._bot.elapsed().timestamp() - latest < max(30.0, _BEATS * self._bot.settings.tick_seconds)


def _elsewhere(ours: str, found: str) -> str:
    return (
        f"SLACK_BOT_TOKEN is of another workspace ({found}) than what is in this database ({ours}): "
        "take that workspace's token, or let DATABASE_URL name a database of its own"
    )
