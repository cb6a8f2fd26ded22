"""One running process of Klankbord: how it starts, what it runs, and how it stops."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from threading import Event

from slack_bolt import App
from sqlalchemy.exc import SQLAlchemyError

from app.health import Health
from app.reasons import Parts
from app.stopping import run_until_signal
from app.waiting_jobs import WaitingJobs
from bot.bot import Bot
from bot.settings.check import why_refused
from bot.settings.settings import SlackAccess
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackLater, SlackRefused
from bot.slack.pauses import PAUSES, Pauses
from db.clock import database_clock
from db.session import describe_error
from handlers.bolt_app import make_app
from handlers.http import WebServer
from handlers.socket import Socket
from schedules.scheduler import Scheduler
from schedules.workers import WorkerPool

_log = logging.getLogger(__name__)
# How long Slack may take to give us the address of a socket.
_CONNECT_SECONDS = 5.0


class CannotStart(Exception):
    """The process cannot start; its text is one plain line with the remedy."""


class Process:
    """Runs `bot`: listens to Slack (if `listens`), runs the ticks (if `runs_ticks`), and always sends the outbox.

    `jobs_queued` is set by each commit; `form_executor` runs what only opens forms; once `stopping` is set the process
    stops; `pauses` is how long it waits between two calls while Slack does not let it in.
    """

    def __init__(
        self,
        bot: Bot,
        access: SlackAccess,
        *,
        jobs_queued: Event,
        form_executor: Executor,
        listens: bool = True,
        runs_ticks: bool = True,
        stopping: Event | None = None,
        pauses: Pauses = PAUSES,
    ) -> None:
        self._bot, self._access, self._form_executor = bot, access, form_executor
        self._listens, self._stopping, self._pauses = listens, stopping or Event(), pauses
        self._workers = WorkerPool(bot.outbox_worker, jobs_queued)
        every = timedelta(seconds=bot.settings.tick_seconds)
        self._scheduler = Scheduler(bot, every if runs_ticks else None)
        app = make_app(bot, form_executor) if listens else None
        over_socket = app is not None and access.app_token is not None
        self._socket = self._make_socket(app) if over_socket else None
        database = bot.services.database
        waiting = WaitingJobs(database, database_clock(database, bot.elapsed))
        self.health = Health(Parts(bot, self._workers, self._scheduler, self._socket, waiting))
        self._web = self._web_server(None if over_socket else app)

    def run(self) -> None:
        """Start, and run until SIGTERM or SIGINT. Raises `CannotStart` if Slack refuses our tokens."""
        run_until_signal(self.run_until_stopping, self._stopping)

    def run_until_stopping(self) -> None:
        """Start, and run until `stopping` is set. Raises `CannotStart` if Slack refuses our tokens."""
        self.start()
        self._stopping.wait()
        self.stop()
        _log.info("Klankbord stopped; unsent outbox jobs wait in the database")

    def start(self) -> None:
        """Start everything. Waits for Slack's first answer: the bot must know its own identity before it listens."""
        try:
            if self._web:
                self._web.start()
            self._until_slack_answers(self._fetch_identity)
            if self._stopping.is_set():
                return
            self._start_working()
            if self._socket:
                self._until_slack_answers(self._socket.start)
        except BaseException:
            self.stop()
            raise
        if not self._stopping.is_set():
            _log.info("Klankbord is listening")

    def _start_working(self) -> None:
        database = self._bot.services.database
        # Before any job is claimed: others see then that its holder lives.
        database.presence.start()
        self._bot.outbox_worker.take_over_leases()
        self._workers.start()
        self._bot.unfinished_jobs.retry_at_start()
        self._plan_catching_up()
        self._scheduler.start()
        self.health.start()

    def stop(self) -> None:
        """Take no more requests, finish the present work, and close; also parts that never started."""
        self._stopping.set()
        if self._socket:
            self._socket.stop()
        if self._web:
            self._web.stop()
        self.health.stop()
        self._scheduler.stop()
        self._form_executor.shutdown(wait=True, cancel_futures=True)
        self._workers.stop()
        self._bot.services.database.close()

    def _web_server(self, app: App | None) -> WebServer | None:
        host, port, health = self._bot.settings.host, self._bot.settings.port, self.health
        return (
            WebServer(host, port, self._bot, health.problems, health.render_metrics, app) if port is not None else None
        )

    def _make_socket(self, app: App | None) -> Socket | None:
        token = self._access.app_token
        if app is None or token is None:
            return None
        slack = SlackClient.connect(token, self._access.api_url, timeout=_CONNECT_SECONDS)
        return Socket(app, slack, self._plan_catching_up, self._pauses, self._bot.metrics.ack_seconds)

    def _until_slack_answers(self, ask: Callable[[], None]) -> None:
        """Call `ask` until Slack answers or the process stops. Raises `CannotStart` if Slack refuses."""
        calls, told = 0, ""
        while not self._stopping.is_set():
            try:
                ask()
            except SlackRefused as refusal:
                raise CannotStart(why_refused(refusal)) from refusal
            except SlackError as error:
                calls += 1
                if str(error) != told:
                    _log.warning("Slack at %s does not answer; trying again (%s)", self._access.api_url, error)
                told = str(error)
                least = error.seconds if isinstance(error, SlackLater) else 0.0
                self._stopping.wait(max(least, self._pauses.after_calls(calls)))
            else:
                return

    def _plan_catching_up(self) -> None:
        """Events that came while nobody listened are read from Slack at the next ticks."""
        catching_up, now = self._bot.catching_up, self._bot.calendar()
        try:
            if self._listens:
                catching_up.begin_listening(now)
            else:
                catching_up.plan_all(now)
        except SQLAlchemyError as problem:
            _log.warning("catching up is not planned, will try at the next connection: %s", describe_error(problem))

    def _fetch_identity(self) -> None:
        """Ask Slack who the bot is. Over HTTP, Slack calls us, and the identity of an earlier start is enough."""
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
            raise CannotStart(_wrong_workspace(known.team, found.team))
        people.keep_identity(found, self._bot.calendar())


def _wrong_workspace(ours: str, found: str) -> str:
    return (
        f"SLACK_BOT_TOKEN is of another workspace ({found}) than what is in this database ({ours}): "
        "take that workspace's token, or let DATABASE_URL name a database of its own"
    )
