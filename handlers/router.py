"""How every knock is answered: what was asked, the use case, and what goes back.

Two ways. What *acts* runs its use case and commits, then acknowledges, with no network in between; a refusal is told
afterwards, privately. What *opens* only opens a form or page: it acknowledges at once, and a lazy listener opens it
while the trigger is valid.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import App

from bot.bot import Bot
from bot.core import notices
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.slack.errors import SlackError

_log = logging.getLogger(__name__)
_ANSWER = "klankbord_answer"
HELP = {"help", "hulp", "aide", "?"}
ANYTHING = re.compile("")


@dataclass(frozen=True)
class Interaction:
    """What somebody asked, read from any interaction. Everything but `user` came back through a client: a pointer."""

    user: str
    channel: str
    trigger: str
    text: str
    value: str
    pointers: Json
    fields: dict[str, Any]
    view: Json
    message: Json
    now: datetime

    @property
    def about(self) -> str:
        """What a button points at; empty for one that points at nothing."""
        return "" if self.value == "-" else self.value

    @classmethod
    def read(cls, body: Json, now: datetime) -> "Interaction":
        """From the payload of a command, a button, a form or a shortcut."""
        view = body.get("view") or {}
        return cls(
            user=body.get("user_id") or body["user"]["id"],
            channel=body.get("channel_id") or (body.get("channel") or {}).get("id") or "",
            trigger=body.get("trigger_id", ""),
            text=body.get("text", "").strip(),
            value=_storable(_value((body.get("actions") or [{}])[0])),
            pointers=_pointers(view),
            fields=_fields(view),
            view=view,
            message=body.get("message") or {},
            now=now,
        )


Action = Callable[[Interaction], Json | None]
Opener = Callable[[Interaction], Json]


class Router:
    """Connects Bolt's listeners with use cases."""

    def __init__(self, app: App, bot: Bot) -> None:
        self.app, self.bot = app, bot
        self._forms: dict[str, Action] = {}
        # One listener for all forms: Bolt asks each of its listeners in turn, and forms come at every deadline.
        app.view(ANYTHING)(ack=self._submitted, lazy=[self.refresh_home])

    def on_command(self, names: Iterable[str], help: str, show: Opener) -> None:
        """A slash command opens what `show` gives; with "help" behind it, it is answered with the text `help`."""

        def helps(interaction: Interaction) -> Json | None:
            wanted = interaction.text.lower() in HELP
            return (
                self.bot.home.answer_help(interaction.user, interaction.channel, help, interaction.now)
                if wanted
                else None
            )

        for name in names:
            self.app.command(name)(ack=self._saying(helps), lazy=[self._opening(show)])

    def on_open(self, action: str, show: Opener) -> None:
        """A button that opens a form or page."""
        self.app.action(action)(ack=lambda ack: ack(), lazy=[self._opening(show)])

    def on_shortcut(self, callback: str, show: Opener) -> None:
        """A shortcut that opens a form or page."""
        self.app.shortcut(callback)(ack=lambda ack: ack(), lazy=[self._opening(show)])

    def on_action(self, action: str, act: Action) -> None:
        """A button or choice that does something. A page that comes back replaces the open one, or opens."""
        self.app.action(action)(ack=self.run_action(act), lazy=[self.show_result])

    def on_form(self, callback: str, act: Action) -> None:
        """A form that is sent. `act` returns None (it closes), a page to show instead, or {"errors": …}."""
        self._forms[callback] = act

    def _submitted(self, ack: Any, body: Json) -> None:
        """A form was sent; a refusal leaves it open, with what was written in it."""
        interaction = self._knock(body)
        try:
            answer = _form_answer(self._forms.get(interaction.view["callback_id"], outdated)(interaction))
        except Refusal as refusal:
            self._look_up(refusal)
            answer = self._refused_form(interaction, refusal)
        ack(**answer)

    def _saying(self, speaker: Action) -> Callable[..., None]:
        def said(ack: Any, body: Json, context: Any) -> None:
            interaction = self._knock(body)
            try:
                answer = speaker(interaction)
            except Refusal as refusal:
                self._look_up(refusal)
                answer = {"text": self._why(interaction, refusal), "response_type": "ephemeral"}
            context[_ANSWER] = answer
            ack(**answer) if answer else ack()

        return said

    def _opening(self, show: Opener) -> Callable[..., None]:
        def opened(body: Json, context: Any) -> None:
            if context.get(_ANSWER):
                return
            interaction = self._knock(body)
            try:
                view = show(interaction)
            except Refusal as refusal:
                self._look_up(refusal)
                view = self._notice(interaction, refusal)
            self._present(interaction, view)

        return opened

    def run_action(self, act: Action) -> Callable[..., None]:
        """A listener that runs `act` and acknowledges; what it answers is kept for `telling`."""

        def acted(ack: Any, body: Json, context: Any) -> None:
            interaction = self._knock(body)
            try:
                context[_ANSWER] = act(interaction)
            except Refusal as refusal:
                self._look_up(refusal)
                context[_ANSWER] = self._notice(interaction, refusal)
            ack()

        return acted

    def show_result(self, body: Json, context: Any) -> None:
        """A lazy listener that shows what `acting` kept, and a Home that follows what was done."""
        if answer := context.get(_ANSWER):
            self._present(self._knock(body), answer)
        self.refresh_home(body)

    def refresh_home(self, body: Json) -> None:
        """A lazy listener after which who knocked finds on their Home what is so now."""
        interaction = self._knock(body)
        self.bot.home.refresh_home(interaction.user, interaction.now)

    def _present(self, interaction: Interaction, view: Json) -> None:
        """Show a page: over the open one if it is a notice, in its place if it is its next state, else opened."""
        try:
            if not interaction.view or interaction.view.get("type") == "home":
                self.bot.interactive_slack.open_form(interaction.trigger, view)
            elif view["callback_id"] == interaction.view.get("callback_id"):
                self.bot.interactive_slack.update_form(interaction.view["id"], view, seen=interaction.view.get("hash"))
            else:
                self.bot.interactive_slack.push_form(interaction.trigger, view)
        except SlackError as trouble:
            # Nothing is lost: who pressed sees nothing happen and presses again.
            _log.warning("a page could not be opened: %s", trouble)

    def _refused_form(self, interaction: Interaction, refusal: Refusal) -> Json:
        """Keeps the form open with what was written in it, wherever it has a field to put the reason at."""
        field = next((block["block_id"] for block in interaction.view["blocks"] if block["type"] == "input"), None)
        if field:
            return {"response_action": "errors", "errors": {field: self._why(interaction, refusal)}}
        return {"response_action": "update", "view": self._notice(interaction, refusal)}

    def _notice(self, interaction: Interaction, refusal: Refusal) -> Json:
        speaker = self.bot.languages.speaker_for(interaction.user, interaction.channel)
        return notices.notice(speaker, speaker.mrkdwn(refusal.key, **refusal.arguments))

    def _why(self, interaction: Interaction, refusal: Refusal) -> str:
        return self.bot.languages.speaker_for(interaction.user, interaction.channel).plain(
            refusal.key, **refusal.arguments
        )

    def _look_up(self, refusal: Refusal) -> None:
        if isinstance(refusal, NotKnownYet):
            now = self.bot.calendar()
            self.bot.submit(lambda: self.bot.people.look_up_person(refusal.user, refusal.channel, now))

    def _knock(self, body: Json) -> Interaction:
        return Interaction.read(body, self.bot.calendar())


def outdated(_knock: Interaction) -> None:
    """What nobody listens to: a button or form that is old or forged."""
    raise Refusal("common.outdated")


def _form_answer(answer: Json | None) -> Json:
    if answer is None:
        return {}
    if "errors" in answer:
        return {"response_action": "errors", "errors": answer["errors"]}
    return {"response_action": "update", "view": answer}


def _storable(value: Any) -> Any:
    """A pointer without the one sign that PostgreSQL takes in no text; none of ours has it."""
    return value.replace("\0", "") if isinstance(value, str) else value


def _pointers(view: Json) -> Json:
    try:
        found = json.loads((view.get("private_metadata") or "{}").replace("\\u0000", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _fields(view: Json) -> dict[str, Any]:
    """The values of a form by block id: a text, a choice, or a list of choices."""
    blocks = (view.get("state") or {}).get("values") or {}
    return {block: _value(element) for block, elements in blocks.items() for element in elements.values()}


def _value(element: Json) -> Any:
    for name in ("value", "selected_user", "selected_users", "selected_date", "selected_time", "selected_channel"):
        if element.get(name) is not None:
            return element[name]
    if element.get("selected_option"):
        return element["selected_option"]["value"]
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"]]
    return ""
