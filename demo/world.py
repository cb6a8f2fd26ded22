"""The bot in a workspace, with time that jumps from one thing that is due to the next."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any, TypeVar

from bot.bot import Bot
from bot.core import names
from bot.core.calendar import Calendar
from bot.core.clocks import elapsed
from bot.core.common_fields import LANGUAGE_FIELD
from bot.core.text import Language
from bot.outbox.timeouts import Timeouts
from bot.settings.settings import Settings
from bot.slack.client import SlackClient
from demo.clock import DemoClock
from handlers.bolt_app import make_app
from playground.forms import placed
from playground.inprocess import InProcessClient, connect_bolt
from playground.model import Conversation, Message, View
from playground.people import Person
from playground.workspace import PracticeWorkspace
from schedules import agenda
from schedules.ticks import run_due

Build = Callable[..., Bot]
Found = TypeVar("Found")
# How long somebody waits for a form, and time for the bot; how often both look.
_FORM_SECONDS, _BOT_SECONDS, _LOOK_SECONDS = 4.0, 30.0, 0.05


class ImmediateExecutor(Executor):
    """Runs everything at once instead of in a thread: a form is open when the call returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(frozen=True)
class DemoWorld:
    """A workspace, the bot in it, and the clock of both."""

    workspace: PracticeWorkspace
    bot: Bot
    clock: DemoClock
    calendar: Calendar

    def finish_all(self) -> None:
        """Do everything that is due, and send everything."""
        while run_due(self.bot, self.clock()) or self.bot.outbox_worker.send_one():
            self.bot.outbox_worker.send_all()

    def wait_for(self, look: Callable[[], Found | None]) -> Found | None:
        """What `look` finds. In this process it is there at once, or never."""
        return look()

    def move_to(self, moment: datetime) -> None:
        """Let time pass until this moment, and do everything that is due before it at its own time."""
        stopped_at = None
        self.finish_all()
        while (due := agenda.next_moment(self.bot.services)) and due <= moment and due != stopped_at:
            self.clock.move_to(due)
            self.finish_all()
            stopped_at = due
        self.clock.move_to(moment)

    def move_to_next_moment(self) -> None:
        """Let time pass until the next thing that is due. Raises `LookupError` if nothing is."""
        moment = agenda.next_moment(self.bot.services)
        if moment is None:
            raise LookupError("nothing is due any more")
        self.move_to(moment)

    def move_by(self, **time: float) -> None:
        """Let so much time pass, and then until people are at work."""
        self.move_to(self.calendar.next_presentable(self.clock() + timedelta(**time)))


class ServedDemoWorld(DemoWorld):
    """The same with the bot in threads of its own, over a real socket: everything takes a moment."""

    def finish_all(self) -> None:
        """Run the ticks, and wait until everything is sent and received, for at most half a minute."""
        until, quiet = self.bot.elapsed() + timedelta(seconds=_BOT_SECONDS), 0
        while quiet < 2 and self.bot.elapsed() < until:
            # The bot may answer what it just received, so we look a second time.
            quiet = 0 if run_due(self.bot, self.clock()) or self._is_busy() else quiet + 1
            sleep(_LOOK_SECONDS)

    def wait_for(self, look: Callable[[], Found | None]) -> Found | None:
        """What `look` finds within a few seconds, else None."""
        until = self.bot.elapsed() + timedelta(seconds=_FORM_SECONDS)
        while (found := look()) is None and self.bot.elapsed() < until:
            sleep(_LOOK_SECONDS)
        return found

    def _is_busy(self) -> bool:
        return self.bot.outbox_worker.has_unsent_jobs() or bool(self.workspace.delivery.waiting)


def has_button(message: Message, action: str, ends: str = "") -> bool:
    """True if a message has this button, with a value that ends with `ends`."""
    buttons = (at.element for at in placed(message.blocks) if at.action_id == action)
    return any(str(one.get("value", "")).endswith(ends) for one in buttons)


def newest_with_button(messages: list[Message], action: str) -> Message:
    """The newest of these messages that has this button. Raises `LookupError` if none has."""
    for message in reversed(messages):
        if has_button(message, action):
            return message
    raise LookupError(f"no message has the button {action}")


def open_joined_page(person: Person, circle: Conversation) -> View:
    """The page behind the line that says somebody joined a case. Raises `LookupError` if there is no such line."""
    person.presses(newest_with_button(person.messages(circle), names.JOINED_MORE), names.JOINED_MORE)
    return open_form_of(person)


def open_form_of(person: Person) -> View:
    """The form that is open for somebody. Raises `LookupError` if none is."""
    if person.modal is None:
        raise LookupError(f"{person.name} has no form open")
    return person.modal


def has_field(form: View, field: str) -> bool:
    """True if a form has this field."""
    return any(at.block_id == field for at in placed(form.blocks))


def language_answer(form: View, language: Language) -> dict[str, str]:
    """The answer to "in which language?", if a form asks for it."""
    return {LANGUAGE_FIELD: language} if has_field(form, LANGUAGE_FIELD) else {}


def close_all(person: Person) -> None:
    """Close every form and page of somebody."""
    while person.modal is not None:
        person.closes()


@contextmanager
def demo_in_process(
    workspace: PracticeWorkspace, settings: Settings, clock: DemoClock, build: Build
) -> Iterator[DemoWorld]:
    """The bot in this process, connected with the workspace without a network, until the end of the `with`."""
    slack, executor = SlackClient(InProcessClient(workspace, workspace.bot_token)), ImmediateExecutor()
    bot = build(
        settings,
        slack=slack,
        interactive_slack=slack,
        calendar=clock,
        elapsed=elapsed,
        executor=executor,
        timeouts=Timeouts(between_posts=timedelta()),
    )
    bot.people.fetch_identity(clock())
    sink = connect_bolt(workspace, make_app(bot, executor))
    try:
        yield DemoWorld(workspace, bot, clock, Calendar(settings.timezone))
    finally:
        workspace.disconnect(sink)
        bot.services.database.close()
