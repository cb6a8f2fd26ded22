"""One running copy of Klankbord: from the first hello to the last goodbye."""

import logging
import signal
from concurrent.futures import Executor
from datetime import timedelta
from threading import Event
from types import FrameType

from slack_bolt import App
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.bot import Bot
from bot.config import SlackAccess
from bot.slack import Refused, Slack, SlackTrouble
from handlers.app import make_app
from handlers.socket import Socket
from handlers.web import WebServer
from schedules.carrying import CarrierThread
from schedules.scheduler import Metronome

_log = logging.getLogger(__name__)
_TRY_AGAIN_SECONDS = 5.0
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
        self._carrying = CarrierThread(bot.carrier, wake)
        every = timedelta(seconds=bot.settings.tick_seconds)
        self._metronome = Metronome(bot, every) if time_knocks else None
        app = make_app(bot, beside) if listens else None
        over_socket = app is not None and access.app_token is not None
        self._socket = Socket(app, access.app_token or "", access.api_url) if app and over_socket else None
        self._web = self._web_server(None if over_socket else app)

    def run(self) -> None:
        """Start, and stay until SIGTERM or SIGINT. Raises `CannotStart` where Slack refuses our tokens."""
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, self._asked_to_stop)
        self.start()
        self._stopping.wait()
        self.stop()

    def start(self) -> None:
        """Start everything; waits for Slack the first time, since we must know who we are before we listen."""
        if self._web:
            self._web.start()
        try:
            self._wait_for_slack()
            if self._stopping.is_set():
                return
            self._carrying.start()
            if self._metronome:
                self._metronome.start()
            if self._socket:
                self._socket.start()
        except BaseException:
            self.stop()
            raise
        _log.info("Klankbord is listening")

    def stop(self) -> None:
        """Take nothing more in, finish what is under way, and close."""
        if self._socket:
            self._socket.stop()
        if self._web:
            self._web.stop()
        if self._metronome:
            self._metronome.stop()
        self._beside.shutdown(wait=True)
        self._carrying.stop()
        self._bot.desk.database.close()
        _log.info("Klankbord stopped; what is not sent yet waits in the database")

    def health(self) -> dict[str, str]:
        """Everything that is not well, in words; empty when all is."""
        checks = {
            "database": self._database_answers(),
            "slack": self._bot.people.we_are() is not None,
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
        self._stopping.set()

    def _web_server(self, app: App | None) -> WebServer | None:
        port = self._bot.settings.port
        return WebServer(self._bot.settings.host, port, self._bot, self.health, app) if port is not None else None

    def _wait_for_slack(self) -> None:
        while not self._stopping.is_set():
            try:
                self._introduce()
                return
            except Refused as refusal:
                raise CannotStart(_refused(refusal)) from refusal
            except SlackTrouble:
                if self._bot.people.we_are() and self._socket is None:
                    return
                _log.warning("Slack at %s does not answer; trying again", self._access.api_url)
            self._stopping.wait(_TRY_AGAIN_SECONDS)

    def _introduce(self) -> None:
        self._bot.people.introduce(self._bot.calendar())
        if self._socket and self._access.app_token:
            Slack.connect(self._access.app_token, self._access.api_url).try_socket()

    def _database_answers(self) -> bool:
        try:
            with self._bot.desk.database.reading() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def _clock_knocks(self) -> bool:
        latest: float = self._bot.metrics.last_tick._value.get()
        return self._bot.elapsed().timestamp() - latest < max(30.0, _BEATS * self._bot.settings.tick_seconds)


def _refused(refusal: Refused) -> str:
    token = "SLACK_APP_TOKEN" if str(refusal).startswith("apps.") else "SLACK_BOT_TOKEN"
    return f"Slack refuses {token} ({refusal.error}): copy it again from your app's page at api.slack.com/apps"
