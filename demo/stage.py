"""The weeks before: the bot in this very process, and time that jumps from one thing to the next."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any, TypeVar

from bot.bot import Bot
from bot.core.calendar import Calendar
from bot.core.clocks import elapsed
from bot.outbox.worker import Timeouts
from bot.settings.settings import Settings
from bot.slack.client import SlackClient
from demo.clock import DemoClock
from handlers.bolt_app import make_app
from playground.forms import placed
from playground.inprocess import InProcessClient, connect_bolt
from playground.model import Message, View
from playground.people import Person
from playground.workspace import PracticeWorkspace
from schedules.agenda import Agenda
from schedules.ticks import run_due

Build = Callable[..., Bot]
Found = TypeVar("Found")
# How long somebody waits for a form, and how long time waits for what is being said; in seconds.
_FORM_SECONDS, _SAID_SECONDS, _GLANCE_SECONDS = 4.0, 30.0, 0.05


class AtOnce(Executor):
    """Runs at once what would run in a thread beside: whoever opens a form has it in hand when the call returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(frozen=True)
class Stage:
    """A workspace, the bot in it, and the clock they share."""

    workspace: PracticeWorkspace
    bot: Bot
    clock: DemoClock
    calendar: Calendar

    def settles(self) -> None:
        """Everything that can happen now has happened."""
        while run_due(self.bot, self.clock()) or self.bot.outbox_worker.send_one():
            self.bot.outbox_worker.send_all()

    def awaits(self, look: Callable[[], Found | None]) -> Found | None:
        """What comes in sight as an answer; here that is at once, or never."""
        return look()

    def until(self, moment: datetime) -> None:
        """Time goes by until this moment, with a stop at everything that is due before it."""
        agenda, stopped_at = Agenda(self.bot.services), None
        self.settles()
        while (due := agenda.next_moment()) and due <= moment and due != stopped_at:
            self.clock.jump(due)
            self.settles()
            stopped_at = due
        self.clock.jump(moment)

    def onward(self) -> None:
        """Until the next thing that happens by itself; LookupError if nothing will."""
        moment = Agenda(self.bot.services).next_moment()
        if moment is None:
            raise LookupError("nothing is due any more")
        self.until(moment)

    def later(self, **time: float) -> None:
        """So much later, and then within the hours in which people are at work."""
        self.until(self.calendar.next_presentable(self.clock() + timedelta(**time)))


class LiveStage(Stage):
    """A stage where the bot runs in threads of its own, over a real socket: what it does takes a moment."""

    def settles(self) -> None:
        """Let time knock, and wait until everything this causes has been said and heard; within reason."""
        until, quiet = self.bot.elapsed() + timedelta(seconds=_SAID_SECONDS), 0
        while quiet < 2 and self.bot.elapsed() < until:
            # What was just heard may have something to say: only twice quiet is quiet.
            quiet = 0 if run_due(self.bot, self.clock()) or self._is_busy() else quiet + 1
            sleep(_GLANCE_SECONDS)

    def awaits(self, look: Callable[[], Found | None]) -> Found | None:
        """What comes in sight within a few seconds; None if it does not."""
        until = self.bot.elapsed() + timedelta(seconds=_FORM_SECONDS)
        while (found := look()) is None and self.bot.elapsed() < until:
            sleep(_GLANCE_SECONDS)
        return found

    def _is_busy(self) -> bool:
        return self.bot.outbox_worker.time_to_next() is not None or bool(self.workspace.delivery.waiting)


def has_button(message: Message, action: str, ends: str = "") -> bool:
    """Whether this button is on a message, with a value that ends like this."""
    buttons = (at.element for at in placed(message.blocks) if at.action_id == action)
    return any(str(one.get("value", "")).endswith(ends) for one in buttons)


def carrying(messages: list[Message], action: str) -> Message:
    """The newest of these messages with this button on it; LookupError if none has it."""
    for message in reversed(messages):
        if has_button(message, action):
            return message
    raise LookupError(f"no message has the button {action}")


def form_of(person: Person) -> View:
    """The form somebody has in front of them; LookupError if none opened."""
    if person.modal is None:
        raise LookupError(f"{person.name} has no form open")
    return person.modal


def is_asked(form: View, field: str) -> bool:
    """Whether a form has this field."""
    return any(at.block_id == field for at in placed(form.blocks))


@contextmanager
def rehearsal(workspace: PracticeWorkspace, settings: Settings, clock: DemoClock, build: Build) -> Iterator[Stage]:
    """The bot, hearing the workspace directly for as long as the weeks before take."""
    gateway, executor = SlackClient(InProcessClient(workspace, workspace.bot_token)), AtOnce()
    bot = build(
        settings,
        slack=gateway,
        interactive_slack=gateway,
        calendar=clock,
        elapsed=elapsed,
        executor=executor,
        timeouts=Timeouts(pace=timedelta()),
    )
    bot.people.fetch_identity(clock())
    sink = connect_bolt(workspace, make_app(bot, executor))
    try:
        yield Stage(workspace, bot, clock, Calendar(settings.timezone))
    finally:
        workspace.disconnect(sink)
        bot.services.database.close()
