"""Copies of the bot: each like a process of its own, on one database, thrown away when it is killed."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlparse
from urllib.request import Request

from sqlalchemy.exc import OperationalError

from app import composition
from benchmarks.torture.clocks import MachineClock
from benchmarks.torture.cuts import Cuts, Killed, watch_database
from bot.bot import Bot
from bot.core.clocks import CalendarClock
from bot.outbox.timeouts import Timeouts
from bot.settings.settings import Settings
from bot.slack.answers import SlackAnswers
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError
from demo.world import ImmediateExecutor
from handlers.bolt_app import make_app
from playground.inprocess import InProcessClient, connect_bolt
from playground.model import Envelope, Sink
from playground.workspace import PracticeWorkspace
from schedules import ticks


class CutClient(InProcessClient):
    """Slack's client of one copy: each call passes its `cuts`, and `before_call(method)` happens before it."""

    def __init__(
        self, workspace: PracticeWorkspace, token: str, cuts: Cuts, before_call: Callable[[str], None]
    ) -> None:
        super().__init__(workspace, token)
        self._cuts, self._before_call = cuts, before_call

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        method = urlparse(url).path.removeprefix("/api/")
        self._before_call(method)
        self._cuts.passes(f"before {method}")
        answer = super()._perform_urllib_http_request_internal(url, req)
        self._cuts.passes(f"after {method}")
        return answer


class Copy:
    """One copy: alive or not, with a clock of its own, and perhaps with work that it claimed and has not done.

    `before_call(copy, method)` happens before each call of Slack.
    """

    def __init__(
        self,
        name: str,
        settings: Settings,
        workspace: PracticeWorkspace,
        before_call: Callable[["Copy", str], None],
    ) -> None:
        self.name, self.clock, self.cuts = name, MachineClock(workspace.elapsed), Cuts()
        self.held: list[Callable[[], None]] = []
        self.deaths, self.why_not = 0, ""
        self._settings, self._workspace, self._before_call = settings, workspace, before_call
        self._bot: Bot | None = None
        self._sink: Sink | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._bot is not None

    @property
    def bot(self) -> Bot:
        """The bot in it."""
        assert self._bot is not None, "it runs"
        return self._bot

    def starts(self) -> None:
        """Start as a process does; where Slack does not say who we are, it ends at once."""
        self.does(self._start)

    def dies(self) -> None:
        """It is gone, and what it had in memory with it."""
        if self._bot:
            self._bot.services.database.close()
        self._bot, self._sink, self.held = None, None, []
        self.deaths += 1
        self.cuts.disarm()

    def does(self, act: Callable[[], object]) -> None:
        """Do this as far as it comes: it may be killed in the middle, or its database may fail."""
        try:
            act()
        except Killed:
            self.dies()
        except OperationalError as error:
            self.why_not = str(error)

    def ticks(self) -> None:
        """Do all that is due."""
        self.does(lambda: ticks.run_due(self.bot, self.bot.calendar()))

    def claims(self, limit: int) -> None:
        """Claim work of the outbox, and hold it."""
        self.does(lambda: self._claim(limit))

    def works_on(self) -> None:
        """Do the claimed work that it holds longest."""
        self.does(self.held.pop(0))

    def empties(self) -> None:
        """Send and verify until there is nothing more to do now."""
        while self.is_alive:
            self.claims(8)
            if not self.held:
                return
            while self.is_alive and self.held:
                self.works_on()

    def receives(self, envelope: Envelope) -> bool:
        """Handle what Slack sends; returns whether it lived to answer."""
        assert self._sink
        self.does(partial(self._sink, envelope))
        return self.is_alive

    def _claim(self, limit: int) -> None:
        worker = self.bot.outbox_worker
        self.held += [partial(worker.send_job, job) for job in worker.claim_jobs(limit)]
        if not self.held:
            self.held += [partial(worker.verify, place) for place in worker.claim_places(limit)]

    def _start(self) -> None:
        token, executor = self._settings.slack_bot_token or "", ImmediateExecutor()
        answers = SlackAnswers(self.clock, self.clock.steady)
        client = CutClient(self._workspace, token, self.cuts, partial(self._before_call, self))
        slack = SlackClient(client, answers)
        self._bot = composition.build_bot(
            self._settings,
            slack=slack,
            interactive_slack=slack,
            calendar=CalendarClock(wall=self.clock, steady=self.clock.steady, slacks_time=answers.slacks_time),
            elapsed=self.clock,
            executor=executor,
            timeouts=Timeouts(between_posts=timedelta()),
        )
        watch_database(self.bot.services.database, self.cuts)
        app = make_app(self.bot, executor)
        dispatch = app.dispatch

        def dispatched(*given: Any) -> Any:
            answer = dispatch(*given)
            self.cuts.passes("before the acknowledgement")
            return answer

        app.dispatch = dispatched  # type: ignore[method-assign,assignment]
        self._sink = connect_bolt(self._workspace, app)
        self._workspace.disconnect(self._sink)
        self._say_hello()

    def _say_hello(self) -> None:
        """What a process does before it listens (see `app/process.py`)."""
        try:
            self.bot.people.fetch_identity(self.bot.calendar())
        except SlackError as error:
            self.why_not = str(error)
            self.dies()
            return
        self.bot.services.database.presence.hold()
        self.bot.outbox_worker.take_over_leases()
        self.bot.unfinished_jobs.retry_at_start()
        self.bot.catching_up.begin_listening(self.bot.calendar())
