"""How every interaction is answered: what was asked, the service that does it, and what goes back.

Two ways. What *acts* runs its service and commits, then acknowledges, with no network in between; a refusal is shown
afterwards, privately. What *opens* only opens a form or page: it acknowledges at once, and a lazy listener opens it
while the trigger is valid.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from slack_bolt import App

from bot.bot import Bot
from bot.core import names
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from handlers.failures import log_failure
from handlers.interaction import Interaction, dict_of, text_of
from handlers.presenting import Presenter
from handlers.try_again import TryAgain

_ANSWER = "klankbord_answer"
HELP = {"help", "hulp", "aide", "?"}
ANYTHING = re.compile("")

Action = Callable[[Interaction], Json | Receipt | None]
Opener = Callable[[Interaction], Json]


class Router:
    """Connects Bolt's listeners with services."""

    def __init__(self, app: App, bot: Bot) -> None:
        self.app, self.bot, self.presenter = app, bot, Presenter(bot)
        self._forms: dict[str, Action] = {}
        self._closers: dict[str, Callable[[Interaction], None]] = {}
        self._openers: dict[tuple[str, str], Opener] = {}
        self._pages: dict[str, Opener] = {}
        self._refreshing: set[str] = set()
        # One listener for all forms: Bolt asks each of its listeners in turn, and forms come at every deadline.
        app.view(ANYTHING)(ack=self._submitted, lazy=[self._after_form])
        app.view_closed(ANYTHING)(self._closed)
        app.action(names.TRY_AGAIN)(ack=lambda ack: ack(), lazy=[self._opening(self._once_more)])

    def on_command(self, names: Iterable[str], help: str, show: Opener) -> None:
        """A slash command opens what `show` gives; with "help" behind it, it is answered with the text `help`."""

        def helps(interaction: Interaction) -> Json | None:
            if interaction.text.lower() not in HELP:
                return None
            return self.bot.home.answer_help(interaction.user, interaction.channel, help, interaction.now)

        for name in names:
            self._openers["command", name] = show
            self.app.command(name)(ack=self._answering(helps), lazy=[self._opening(show)])

    def on_open(self, action: str, show: Opener) -> None:
        """A button that opens a form or page."""
        self._openers["action", action] = show
        self.app.action(action)(ack=lambda ack: ack(), lazy=[self._opening(show)])

    def on_page(self, action: str, callback: str, show: Opener) -> None:
        """A button that opens a page which, after something was done on it, shows what is so now."""
        self._pages[callback] = show
        self.on_open(action, show)

    def on_shortcut(self, callback: str, show: Opener) -> None:
        """A shortcut that opens a form or page."""
        self._openers["shortcut", callback] = show
        self.app.shortcut(callback)(ack=lambda ack: ack(), lazy=[self._opening(show)])

    def on_action(self, action: str, act: Action) -> None:
        """A button or choice that does something. A page that comes back replaces the open one, or opens.

        A receipt is read in one line where they pressed.
        """
        self.app.action(action)(ack=self.run_action(act), lazy=[self.show_result])

    def on_form(self, callback: str, act: Action, *, refreshes_home: bool = True) -> None:
        """A form that is sent. `act` returns None or a receipt (it closes), its next state, or {"errors": …}.

        Afterwards the sender's Home shows what is so now, unless `act` sees to that itself.
        """
        self._forms[callback] = act
        if refreshes_home:
            self._refreshing.add(callback)

    def on_close(self, callback: str, keep: Callable[[Interaction], None]) -> None:
        """A form that was closed unsent: `keep` keeps what Slack says was written in it. Nobody reads an answer."""
        self._closers[callback] = keep

    def run_action(self, act: Action) -> Callable[..., None]:
        """A listener that runs `act` and acknowledges; what it answers is kept for `show_result`."""

        def acted(ack: Any, body: Json, context: Any) -> None:
            interaction = Interaction.read(body, self.bot.calendar())
            try:
                context[_ANSWER] = act(interaction)
            except Refusal as refusal:
                self.presenter.look_up(refusal)
                context[_ANSWER] = self.presenter.notice(interaction, refusal)
            ack()

        return acted

    def show_result(self, body: Json, context: Any) -> None:
        """A lazy listener that shows what `run_action` kept, and a Home that follows what was done."""
        asked = Interaction.read(body, self.bot.calendar())
        answer, page = context.get(_ANSWER), self._pages.get(asked.callback)
        if answer or page:
            self._beside(asked, lambda: self._show_after(asked, answer, page), opens=False)
        self._refresh_home(asked)

    def _show_after(self, asked: Interaction, answer: Json | Receipt | None, page: Opener | None) -> None:
        """What was done says something, or else the page on which it was done shows what is so now."""
        if isinstance(answer, Receipt):
            self.presenter.tell(asked, answer)
        elif view := answer or (page(asked) if page else None):
            self.presenter.show(asked, view, opens=False)

    def _submitted(self, ack: Any, body: Json, context: Any) -> Any:
        """A form was sent; a refusal leaves it open, with what was written in it."""
        interaction = Interaction.read(body, self.bot.calendar())
        try:
            answer = self._forms.get(interaction.callback, outdated)(interaction)
        except Refusal as refusal:
            self.presenter.look_up(refusal)
            return ack(**self._refused_form(interaction, refusal))
        if isinstance(answer, Receipt):
            context[_ANSWER] = answer
            # What is below the form closes too: nobody would see the line behind it.
            return ack(response_action="clear") if interaction.view.get("previous_view_id") else ack()
        if answer is None:
            return ack()
        if "errors" in answer:
            return ack(response_action="errors", errors=answer["errors"])
        return ack(response_action="update", view=interaction.placed(answer))

    def _closed(self, ack: Any, body: Json) -> None:
        interaction = Interaction.read(body, self.bot.calendar())
        with suppress(Refusal):
            if keep := self._closers.get(interaction.callback):
                keep(interaction)
        ack()

    def _after_form(self, body: Json, context: Any) -> None:
        asked = Interaction.read(body, self.bot.calendar())
        if receipt := context.get(_ANSWER):
            self._beside(asked, lambda: self.presenter.tell(asked, receipt), opens=False)
        if asked.callback in self._refreshing:
            self._refresh_home(asked)

    def _answering(self, answer_to: Callable[[Interaction], Json | None]) -> Callable[..., None]:
        def answered(ack: Any, body: Json, context: Any) -> None:
            interaction = Interaction.read(body, self.bot.calendar())
            try:
                answer = answer_to(interaction)
            except Refusal as refusal:
                self.presenter.look_up(refusal)
                answer = {"text": self.presenter.why(interaction, refusal), "response_type": "ephemeral"}
            context[_ANSWER] = answer
            ack(**answer) if answer else ack()

        return answered

    def _opening(self, show: Opener) -> Callable[..., None]:
        def opened(body: Json, context: Any) -> None:
            if not context.get(_ANSWER):
                asked = Interaction.read(body, self.bot.calendar())
                self._beside(asked, lambda: self._open(asked, show))

        return opened

    def _open(self, asked: Interaction, show: Opener) -> None:
        try:
            view = show(asked)
        except Refusal as refusal:
            self.presenter.look_up(refusal)
            view = self.presenter.notice(asked, refusal)
        self.presenter.show(asked, view, opens=True)

    def _once_more(self, pressed: Interaction) -> Json:
        """What opens by the button to try again: the same as the first time."""
        again = TryAgain.from_value(pressed.value)
        show = self._openers.get((again.kind, again.name), outdated)
        return show(again.as_asked(self.bot, pressed)) or {}

    def _beside(self, asked: Interaction, work: Callable[[], None], *, opens: bool = True) -> None:
        """Do what nobody waits for any more. Bolt would log a failure with its message, and tell nobody."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 (whatever it is, the person hears, and the log)
            self.presenter.failed(asked, error, opens=opens)

    def _refresh_home(self, asked: Interaction) -> None:
        """This person finds on their Home what is so now; if that fails, the next time."""
        try:
            self.bot.home.refresh_home(asked.user, asked.now)
        except Exception as error:  # noqa: BLE001 (what was asked is done; nobody waits for this)
            log_failure(error)

    def _refused_form(self, interaction: Interaction, refusal: Refusal) -> Json:
        """Keeps the form open with what was written in it, wherever it has a field to put the reason at."""
        field = next(filter(None, map(_field_id, interaction.view.get("blocks") or ())), None)
        if field:
            return {"response_action": "errors", "errors": {field: self.presenter.why(interaction, refusal)}}
        return {"response_action": "update", "view": self.presenter.notice(interaction, refusal)}


def outdated(_interaction: Interaction) -> Json:
    """What nobody listens to: a button or form that is old or forged."""
    raise Refusal("common.outdated")


def _field_id(block: object) -> str:
    """The id of a field in a form; empty for a block that is none."""
    found = dict_of(block)
    return text_of(found.get("block_id")) if found.get("type") == "input" else ""
