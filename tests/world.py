"""A whole world for stories: a workspace with its cast, the bot in it, a database, and time that moves by hand."""

from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app import composition
from bot.core.text import Language
from bot.outbox.worker import Timeouts
from bot.settings.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.manifest import manifest
from bot.slack.requirements import EVENTS, bot_scopes
from handlers.bolt_app import make_app
from playground.inprocess import InProcessClient, connect_bolt
from playground.model import Limits
from playground.people import Person
from playground.workspace import PracticeWorkspace
from schedules import ticks
from schedules.agenda import Agenda
from tests import slack_usage as relied_on
from tests.clock import MovableClock

CAST = ("Anna", "Bram", "Céline", "Dirk", "Elif")


def installs(workspace: PracticeWorkspace) -> None:
    """The app may do in this workspace what its manifest asks for, and hears what that lists."""
    workspace.scopes = set(bot_scopes())
    workspace.subscribed_events = {event.name for event in EVENTS}
    features = manifest()["features"]
    workspace.shortcuts = {one["callback_id"]: one["type"] for one in features["shortcuts"]}
    workspace.commands = {one["command"]: one["description"] for one in features["slash_commands"]}


class AtOnce(Executor):
    """Runs what would run in a thread beside, at once: stories need no waiting."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


KNOCKS_AT_LEAST_EVERY = timedelta(hours=6)


class World:
    """Anna, Bram, Céline, Dirk and Elif in #coaching-en-co, and Klankbord on `database_url` (migrated)."""

    def __init__(self, database_url: str, language: Language = "nl") -> None:
        self.calendar, self.elapsed = MovableClock(), MovableClock()
        self.workspace = PracticeWorkspace(self.calendar, self.elapsed, limits=Limits.none(), app_name="Klankbord")
        installs(self.workspace)
        self.anna, self.bram, self.celine, self.dirk, self.elif_ = (self.workspace.add_person(name) for name in CAST)
        self.cast = [self.anna, self.bram, self.celine, self.dirk, self.elif_]
        self.circle = self.anna.creates_channel("coaching-en-co")
        for person in self.cast[1:]:
            person.joins(self.circle)
        self.settings = Settings(
            slack_bot_token=self.workspace.bot_token,
            slack_signing_secret=self.workspace.signing_secret,
            database_url=database_url,
            klankbord_keys=(b"k" * 32,),
            language=language,
        )
        self.starts()

    def starts(self, **changes: Any) -> None:
        """The bot's process starts (again): nothing in memory is left of an earlier one."""
        self.settings = replace(self.settings, **changes)
        gateway = SlackClient(InProcessClient(self.workspace, self.workspace.bot_token))
        executor = AtOnce()
        self.bot = composition.build_bot(
            self.settings,
            slack=gateway,
            interactive_slack=gateway,
            calendar=self.calendar,
            elapsed=self.elapsed,
            executor=executor,
            timeouts=Timeouts(pace=timedelta()),
        )
        self.bot.people.fetch_identity(self.calendar())
        self.bot.catching_up.plan_all(self.calendar())
        ticks.look_where_we_are(self.bot, self.calendar())
        self.app = make_app(self.bot, executor)
        self._sink = connect_bolt(self.workspace, self.app)

    def stops(self) -> None:
        """The bot's process ends."""
        relied_on.note(self.workspace)
        self.workspace.disconnect(self._sink)
        self.bot.services.database.close()

    def settles(self) -> None:
        """Everything that can happen now has happened."""
        while ticks.run_due(self.bot, self.calendar()) or self.bot.outbox_worker.send_one():
            self.bot.outbox_worker.send_all()

    def passes(self, **time: float) -> None:
        """Time goes by, in steps small enough that nothing due is skipped over: `passes(days=2)`."""
        self.until(self.calendar() + timedelta(**time))

    def until(self, moment: datetime) -> None:
        """Time goes by until this moment; the bot's clock knocks when something is due, and now and then besides."""
        while self.calendar() < moment:
            self._moves(min(self._to_the_next_knock(), moment - self.calendar()))

    def _to_the_next_knock(self) -> timedelta:
        due = Agenda(self.bot.services).next_moment()
        ahead = due - self.calendar() if due else KNOCKS_AT_LEAST_EVERY
        return min(ahead, KNOCKS_AT_LEAST_EVERY) if ahead > timedelta() else timedelta(minutes=30)

    def _moves(self, step: timedelta) -> None:
        self.calendar.move(step)
        self.elapsed.move(step)
        self.settles()

    def finds(self, name: str) -> Person:
        """Somebody of this name, who comes to the circle's channel if they are new."""
        if name not in {person.name for person in self.workspace.people}:
            self.workspace.add_person(name).joins(self.circle)
            self.settles()
        return self.workspace.person(name)

    def onward(self) -> None:
        """Time jumps to the next thing that happens by itself."""
        moment = Agenda(self.bot.services).next_moment()
        assert moment is not None, "nothing is due any more"
        self._moves(max(moment - self.calendar(), timedelta()))

    def arrives(self) -> None:
        """Anna brings Klankbord into the circle's channel."""
        self.anna.invites(self.circle, self.workspace.bot)
        self.settles()

    def sets_up(self, language: str = "nl", **fields: Any) -> None:
        """Anna sets the circle up: every Monday at 9:00 unless the story says otherwise."""
        self.arrives()
        greeting = self.anna.messages(self.circle)[-1]
        self.anna.presses(greeting, "set_up_pressed")
        self.anna.fills(
            self.anna.modal, {"language": language, "contact": "Vertrouwenspersoon: 016 00 00 00", **fields}
        )
        assert self.anna.submits(self.anna.modal).errors is None
        self.settles()
