"""A whole world for stories: a workspace with its cast, the bot in it, a database, and time that moves by hand."""

import pickle
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import App
from sqlalchemy import func, select

from app import composition
from bot.bot import Bot
from bot.core.text import Language
from bot.outbox.timeouts import Timeouts
from bot.settings.settings import Settings
from bot.slack.answers import SlackAnswers
from bot.slack.client import SlackClient
from bot.slack.manifest import manifest
from bot.slack.requirements import EVENTS, bot_scopes
from db.models import OutboxJob, OutboxTarget
from demo.world import ImmediateExecutor
from handlers.bolt_app import make_app
from playground.inprocess import InProcessClient, connect_bolt
from playground.model import Envelope, Limits
from playground.people import Person
from playground.workspace import PracticeWorkspace
from schedules import agenda, ticks
from tests import slack_usage as relied_on
from tests.clock import MovableClock
from tests.remembering import Memory, Moment, OwnDatabase, Path, becomes, state_of

CAST = ("Anna", "Bram", "Céline", "Dirk", "Elif")


def installs(workspace: PracticeWorkspace) -> None:
    """The app may do in this workspace what its manifest asks for, and hears what that lists."""
    workspace.scopes = set(bot_scopes())
    workspace.subscribed_events = {event.name for event in EVENTS}
    features = manifest()["features"]
    workspace.shortcuts = {one["callback_id"]: one["type"] for one in features["shortcuts"]}
    workspace.commands = {one["command"]: one["description"] for one in features["slash_commands"]}


TICKS_AT_LEAST_EVERY = timedelta(hours=6)
MOST_OUTBOX_STEPS = 60


class World:
    """Anna, Bram, Céline, Dirk and Elif in #coaching-en-co, and Klankbord on `database` (a URL: migrated).

    With a `memory`, what it lives through as others did before is copied, and its bot starts when it is needed.
    """

    _bot: Bot | None = None
    _memory: Memory | None = None
    _moment: Moment | None = None
    _copy: str | None = None

    def __init__(self, database: OwnDatabase | str, language: Language = "nl", memory: Memory | None = None) -> None:
        self.calendar, self.elapsed = MovableClock(), MovableClock()
        self.workspace = PracticeWorkspace(self.calendar, self.elapsed, limits=Limits.none(), app_name="Klankbord")
        installs(self.workspace)
        self.anna, self.bram, self.celine, self.dirk, self.elif_ = (self.workspace.add_person(name) for name in CAST)
        self.cast = [self.anna, self.bram, self.celine, self.dirk, self.elif_]
        self.circle = self.anna.creates_channel("coaching-en-co")
        for person in self.cast[1:]:
            person.joins(self.circle)
        self._database = None if isinstance(database, str) else database
        self.settings = Settings(
            slack_bot_token=self.workspace.bot_token,
            slack_signing_secret=self.workspace.signing_secret,
            database_url=database if isinstance(database, str) else database.url,
            klankbord_keys=(b"k" * 32,),
            language=language,
        )
        self._memory = memory
        self._sink = self._hears
        self.workspace.connect(self._sink)
        if memory is None:
            self.starts()
        else:
            self._moment = Moment((language,), self.calendar(), self.elapsed(), untouched=self._state())

    # ------------------------------------------------------------------------------------------------ the process

    @property
    def bot(self) -> Bot:
        """The bot."""
        self._wakes()
        assert self._bot is not None
        return self._bot

    @property
    def app(self) -> App:
        """Bolt's app around the bot."""
        self._wakes()
        return self._app

    def starts(self, **changes: Any) -> None:
        """The bot's process starts (again): nothing in memory is left of an earlier one."""
        self.settings, self._moment = replace(self.settings, **changes), None
        if self._sink not in self.workspace.delivery.sinks:
            self.workspace.connect(self._sink)
        self._builds_bot(self.workspace.bot_token)
        self._says_hello()

    def stops(self) -> None:
        """The bot's process ends."""
        relied_on.record_usage(self.workspace)
        self.workspace.disconnect(self._sink)
        self._moment = None
        self._lets_go()

    def _wakes(self) -> None:
        """A world that was copied has a bot that said hello there; in a new one it does so when it is first needed."""
        if self._bot is None:
            # The token it was given: the workspace may have taken it back before the bot was needed.
            self._builds_bot(self.settings.slack_bot_token or "")
            if self._copy is None:
                self._says_hello()

    def _builds_bot(self, token: str) -> None:
        if self._database:
            self._database.fill(self._copy)
        gateway = SlackClient(
            InProcessClient(self.workspace, token), SlackAnswers(self.elapsed, lambda: self.elapsed().timestamp())
        )
        executor = ImmediateExecutor()
        self._bot = composition.build_bot(
            self.settings,
            slack=gateway,
            interactive_slack=gateway,
            calendar=self.calendar,
            elapsed=self.elapsed,
            executor=executor,
            timeouts=Timeouts(between_posts=timedelta()),
        )
        self._app = make_app(self._bot, executor)
        self._bolt = connect_bolt(self.workspace, self._app)
        self.workspace.disconnect(self._bolt)

    def _says_hello(self) -> None:
        self.bot.people.fetch_identity(self.calendar())
        self.bot.catching_up.begin_listening(self.calendar())
        ticks.reconcile_channels(self.bot, self.calendar())

    def _lets_go(self) -> None:
        if self._bot:
            self._bot.services.database.close()

    def _hears(self, envelope: Envelope) -> None:
        self._wakes()
        self._bolt(envelope)

    # ------------------------------------------------------------------------------------------------ remembering

    def is_given(self, what: Hashable, **settings: Any) -> None:
        """Has these settings before anything happens; `what` is the same where they come to the same."""
        if self._moment:
            self._moment = replace(self._moment, path=(*self._moment.path, what))
            self.settings = replace(self.settings, **settings)
        else:
            self.stops()
            self.starts(**settings)

    def lives_through(self, step: Hashable, plays: Callable[[], object]) -> None:
        """`plays` happens; where all that happened before is remembered, it does so once, and is copied after that."""
        before = self._moment
        if not (before and self._memory and self._is_untouched_since(before)):
            self._moment = None
            plays()
            return
        path = (*before.path, step)
        if path not in self._memory.moments:
            plays()
            self._memory.moments[path] = self._remembered(path)
        self._becomes(self._memory.moments[path])

    def _is_untouched_since(self, moment: Moment) -> bool:
        if self._bot or (self.calendar(), self.elapsed()) != (moment.calendar, moment.elapsed):
            return False
        with suppress(pickle.PicklingError, AttributeError, TypeError):
            return self._state() == moment.untouched
        return False

    def _remembered(self, path: Path) -> Moment:
        """How it is now, in words that are read back at once: nothing of what wrote them is left."""
        assert self._database
        self._lets_go()
        moment = Moment(path, self.calendar(), self.elapsed(), self._state(), database=self._database.keep())
        self._becomes(moment)
        return replace(moment, untouched=self._state())

    def _becomes(self, moment: Moment) -> None:
        becomes(self.workspace, moment.workspace, self._own())
        for person in self.cast:
            person.user = self.workspace.users[person.id]
        self.circle = self.workspace.channels[self.circle.id]
        self.calendar.at, self.elapsed.at = moment.calendar, moment.elapsed
        self._bot, self._copy, self._moment = None, moment.database, moment

    def _state(self) -> bytes:
        return state_of(self.workspace, self._own())

    def _own(self) -> list[object]:
        return [self._sink, *self.cast]

    # ------------------------------------------------------------------------------------------------ what happens

    def settles(self) -> None:
        """Everything that can happen now has happened."""
        worker = self.bot.outbox_worker
        while ticks.run_due(self.bot, self.calendar()) or worker.send_one() or worker.verify_one():
            worker.send_all()

    def passes(self, **time: float) -> None:
        """Time goes by, in steps small enough that nothing due is skipped over: `passes(days=2)`."""
        self.until(self.calendar() + timedelta(**time))

    def until(self, moment: datetime) -> None:
        """Time goes by until this moment; ticks run when something is due, and now and then besides."""
        outbox_steps = 0
        while self.calendar() < moment:
            step = min(self._until_next_tick(), moment - self.calendar())
            # Where Slack refuses everything for days, the outbox is not followed through each of its attempts.
            if outbox_steps < MOST_OUTBOX_STEPS and (soon := self._until_outbox()) < step:
                step, outbox_steps = soon, outbox_steps + 1
            self._moves(step)

    def _until_next_tick(self) -> timedelta:
        due = agenda.next_moment(self.bot.services)
        ahead = due - self.calendar() if due else TICKS_AT_LEAST_EVERY
        ahead = ahead if ahead > timedelta() else timedelta(minutes=30)
        return min(ahead, TICKS_AT_LEAST_EVERY)

    def _until_outbox(self) -> timedelta:
        """When the outbox looks in Slack or sends next; what failed is tried again whenever time goes by anyhow."""
        begins = func.coalesce(OutboxJob.lease_until, OutboxJob.not_before)
        with self.bot.services.database.reading() as session:
            sent_at = session.scalar(select(func.min(begins)).where(OutboxJob.state.in_(("waiting", "sending"))))
            verified_at = session.scalar(select(func.min(OutboxTarget.verify_at)))
        waits = [moment - self.elapsed() for moment in (sent_at, verified_at) if moment]
        return min((wait for wait in waits if wait > timedelta()), default=TICKS_AT_LEAST_EVERY)

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
        moment = agenda.next_moment(self.bot.services)
        assert moment is not None, "nothing is due any more"
        self._moves(max(moment - self.calendar(), timedelta()))

    def arrives(self) -> None:
        """Anna brings Klankbord into the circle's channel."""
        self.lives_through("arrives", self._arrives)

    def _arrives(self) -> None:
        self.anna.invites(self.circle, self.workspace.bot)
        self.settles()

    def sets_up(self, language: str = "nl", **fields: Any) -> None:
        """Anna sets the circle up: every Monday at 9:00 unless the story says otherwise."""
        self.lives_through(("sets up", language, *sorted(fields.items())), lambda: self._sets_up(language, fields))

    def _sets_up(self, language: str, fields: dict[str, Any]) -> None:
        self.arrives()
        greeting = self.anna.messages(self.circle)[-1]
        self.anna.presses(greeting, "set_up_pressed")
        self.anna.fills(
            self.anna.modal, {"language": language, "contact": "Vertrouwenspersoon: 016 00 00 00", **fields}
        )
        assert self.anna.submits(self.anna.modal).errors is None
        self.settles()
