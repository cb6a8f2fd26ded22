"""Copies of the bot: each like a process of its own, on one database, thrown away when it is killed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from app import composition
from benchmarks.torture.clocks import ForwardClock, MachineClock
from benchmarks.torture.cuts import Cuts, Killed, watch_database
from benchmarks.torture.slack_faults import FaultyClient, SlackFaults
from bot.bot import Bot
from bot.outbox.claims import ClaimedJob
from bot.outbox.worker import Timeouts
from bot.settings.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError
from demo.world import ImmediateExecutor
from handlers.bolt_app import make_app
from playground.inprocess import connect_bolt
from playground.model import Clock, Envelope, Sink
from schedules import ticks
from sqlalchemy.exc import OperationalError


class Copy:
    """One copy: alive or not, with its own clock, and perhaps with jobs that it claimed and has not sent.

    `before_call(copy, method)` happens before each call of Slack.
    """

    def __init__(
        self, name: str, settings: Settings, faults: SlackFaults, clock: Clock, before_call: Callable[["Copy", str], None]
    ) -> None:
        self.name, self.clock, self.cuts = name, MachineClock(clock), Cuts()
        self.held: list[ClaimedJob] = []
        self.deaths = 0
        self._settings, self._faults, self._before_call = settings, faults, before_call
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
            with suppress(OperationalError):
                act()
        except Killed:
            self.dies()

    def ticks(self) -> None:
        """Do all that is due."""
        self.does(lambda: ticks.run_due(self.bot, self.bot.calendar()))

    def claims(self, limit: int) -> None:
        """Claim jobs, and hold them."""
        self.does(lambda: self.held.extend(self.bot.outbox_worker.claim_jobs(limit)))

    def sends_held(self) -> None:
        """Send the job that it holds longest."""
        job = self.held.pop(0)
        self.does(lambda: self.bot.outbox_worker.send_job(job))

    def sends_all(self) -> None:
        """Send until there is nothing to send."""
        while self.is_alive:
            self.claims(8)
            if not self.held:
                return
            while self.is_alive and self.held:
                self.sends_held()

    def receives(self, envelope: Envelope) -> bool:
        """Handle what Slack sends; returns whether it lived to answer."""
        assert self._sink
        sink = self._sink
        self.does(lambda: sink(envelope))
        return self.is_alive

    def _start(self) -> None:
        workspace, token = self._faults.workspace, self._settings.slack_bot_token or ""
        slack = SlackClient(FaultyClient(self._faults, self.cuts, token, lambda method: self._before_call(self, method)))
        executor = ImmediateExecutor()
        self._bot = bot = composition.build_bot(
            self._settings,
            slack=slack,
            interactive_slack=slack,
            calendar=ForwardClock(self.clock),
            elapsed=self.clock,
            executor=executor,
            timeouts=Timeouts(between_posts=timedelta()),
        )
        watch_database(bot.services.database, self.cuts)
        app = make_app(bot, executor)
        dispatch = app.dispatch

        def dispatched(*given: object) -> object:
            answer = dispatch(*given)  # type: ignore[arg-type]
            self.cuts.passes("before the acknowledgement")
            return answer

        app.dispatch = dispatched  # type: ignore[method-assign,assignment]
        self._sink = connect_bolt(workspace, app)
        workspace.disconnect(self._sink)
        self._says_hello(bot)

    def _says_hello(self, bot: Bot) -> None:
        try:
            bot.people.fetch_identity(bot.calendar())
        except SlackError:
            self.dies()
            return
        if bot.services.database.is_ours_alone:
            bot.outbox_worker.take_over_leases()
        bot.catching_up.plan_all(bot.calendar())
