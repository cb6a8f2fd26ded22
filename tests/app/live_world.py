"""The world of the stories over real sockets: a served workspace, and a whole process of the bot in this one.

Only the calendar is moved by hand. Forms open before their button is acknowledged, so that stories need no waiting
for them; all else happens in its own thread, as it does for real.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event

from app import composition
from app.process import Process
from bot.core.clocks import CalendarClock, elapsed
from bot.outbox.timeouts import Timeouts
from bot.settings.settings import Settings
from bot.slack.answers import SlackAnswers
from bot.slack.client import INTERACTIVE_SECONDS, SlackClient
from demo.world import ImmediateExecutor
from playground.model import Limits
from playground.server import serve
from playground.workspace import PracticeWorkspace
from tests import slack_usage as relied_on
from tests.app.running import free_port
from tests.app.waiting import until
from tests.world import CAST, World, installs

# A Monday at ten in Brussels, later than any day this is run on.
MONDAY = datetime(2035, 11, 12, 9, 0, tzinfo=UTC)


class LiveWorld(World):
    """As `World`, with the bot listening over a socket, or over HTTP."""

    def __init__(self, database_url: str, *, over_http: bool) -> None:
        self.clock = CalendarClock(MONDAY - elapsed())
        self.workspace = PracticeWorkspace(self.clock, elapsed, limits=Limits.none(), app_name="Klankbord")
        installs(self.workspace)
        self.anna, self.bram, self.celine, self.dirk, self.elif_ = (self.workspace.add_person(name) for name in CAST)
        self.cast = [self.anna, self.bram, self.celine, self.dirk, self.elif_]
        self.circle = self.anna.creates_channel("coaching-en-co")
        for person in self.cast[1:]:
            person.joins(self.circle)
        self._server = serve(self.workspace, page_routes=())
        self.settings = Settings(
            slack_api_url=f"{self._server.url}/api/",
            slack_bot_token=self.workspace.bot_token,
            slack_app_token=None if over_http else self.workspace.app_token,
            slack_signing_secret=self.workspace.signing_secret,
            database_url=database_url,
            klankbord_keys=(b"k" * 32,),
            port=free_port() if over_http else None,
            tick_seconds=0.2,
        )
        if over_http:
            self.workspace.request_url = f"http://127.0.0.1:{self.settings.port}/slack/events"
        self.starts()

    def starts(self, **_changes: object) -> None:
        """The bot's process starts, and Slack finds it."""
        jobs_queued, executor, access = Event(), ImmediateExecutor(), self.settings.for_slack()
        connect = partial(SlackClient.connect, access.bot_token, access.api_url, answers=SlackAnswers())
        self._bot = composition.build_bot(
            self.settings,
            slack=connect(),
            interactive_slack=connect(timeout=INTERACTIVE_SECONDS),
            calendar=self.clock,
            elapsed=elapsed,
            executor=executor,
            on_commit=jobs_queued.set,
            timeouts=Timeouts(between_posts=timedelta()),
        )
        self._process = Process(self.bot, access, jobs_queued=jobs_queued, form_executor=executor)
        self._process.start()
        until(lambda: bool(self.workspace.delivery.sinks), "Slack finds the bot")

    def stops(self) -> None:
        """The bot's process ends, and then Slack."""
        relied_on.record_usage(self.workspace)
        self._process.stop()
        self._server.stop()

    def arrives(self) -> None:
        """As in `World`; who is in the channel is looked up after Slack has its answer, and then the bot greets."""
        super().arrives()
        until(lambda: "set_up_pressed" in str(self.anna.messages(self.circle)[-1].blocks), "the bot greets")

    def settles(self) -> None:
        """Everything Slack told is acknowledged, and everything that was to be said is said."""
        until(
            lambda: not self.workspace.delivery.waiting and not self.bot.unfinished_jobs.list_jobs(),
            "all is told and said",
        )

    def passes(self, **time: float) -> None:
        """Time goes by at once, and the ticks run after it."""
        self.clock.move(timedelta(**time))
        # The beat that counts began after the move: the one that was under way may have looked before it.
        self._ticks_run()
        self._ticks_run()
        self.settles()

    def _ticks_run(self) -> None:
        latest, asked = self.bot.metrics.last_tick, elapsed().timestamp()
        until(lambda: latest._value.get() > asked, "the ticks run")
