"""How every interaction is answered: what was asked, the service that does it, and what goes back.

Two ways. What *acts* runs its service and commits, then acknowledges, with no network in between; a refusal is shown
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

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.bot import Bot
from bot.core import names, notices
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.slack.errors import SlackError, SlackRefused

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
        view, pressed = body.get("view") or {}, _value((body.get("actions") or [{}])[0])
        filled = (view.get("state") or {}).get("values") or {}
        return cls(
            user=body.get("user_id") or body["user"]["id"],
            channel=body.get("channel_id") or (body.get("channel") or {}).get("id") or "",
            trigger=body.get("trigger_id", ""),
            text=(body.get("text") or "").strip(),
            # PostgreSQL takes this one character in no text, and none of our values has it.
            value=pressed.replace("\0", "") if isinstance(pressed, str) else "",
            pointers=_pointers(view),
            fields={block: _value(element) for block, elements in filled.items() for element in elements.values()},
            view=view,
            message=body.get("message") or {},
            now=now,
        )


Action = Callable[[Interaction], Json | None]
Opener = Callable[[Interaction], Json]


class Router:
    """Connects Bolt's listeners with services."""

    def __init__(self, app: App, bot: Bot) -> None:
        self.app, self.bot = app, bot
        self._forms: dict[str, Action] = {}
        self._refreshing: set[str] = set()
        # One listener for all forms: Bolt asks each of its listeners in turn, and forms come at every deadline.
        app.view(ANYTHING)(ack=self._submitted, lazy=[self._after_form])

    def on_command(self, names: Iterable[str], help: str, show: Opener) -> None:
        """A slash command opens what `show` gives; with "help" behind it, it is answered with the text `help`."""

        def helps(interaction: Interaction) -> Json | None:
            if interaction.text.lower() not in HELP:
                return None
            return self.bot.home.answer_help(interaction.user, interaction.channel, help, interaction.now)

        for name in names:
            self.app.command(name)(ack=self._answering(helps), lazy=[self._opening(show)])

    def on_open(self, action: str, show: Opener) -> None:
        """A button that opens a form or page."""
        self.app.action(action)(ack=lambda ack: ack(), lazy=[self._opening(show)])

    def on_shortcut(self, callback: str, show: Opener) -> None:
        """A shortcut that opens a form or page."""
        self.app.shortcut(callback)(ack=lambda ack: ack(), lazy=[self._opening(show)])

    def on_action(self, action: str, act: Action) -> None:
        """A button or choice that does something. A page that comes back replaces the open one, or opens."""
        self.app.action(action)(ack=self.run_action(act), lazy=[self.show_result])

    def on_form(self, callback: str, act: Action, *, refreshes_home: bool = True) -> None:
        """A form that is sent. `act` returns None (it closes), a page to show instead, or {"errors": …}.

        Afterwards the sender's Home shows what is so now, unless `act` sees to that itself.
        """
        self._forms[callback] = act
        if refreshes_home:
            self._refreshing.add(callback)

    def _submitted(self, ack: Any, body: Json) -> Any:
        """A form was sent; a refusal leaves it open, with what was written in it."""
        interaction = Interaction.read(body, self.bot.calendar())
        try:
            answer = self._forms.get(interaction.view["callback_id"], outdated)(interaction)
        except Refusal as refusal:
            self._look_up(refusal)
            return ack(**self._refused_form(interaction, refusal))
        if answer is None:
            return ack()
        if "errors" in answer:
            return ack(response_action="errors", errors=answer["errors"])
        return ack(response_action="update", view=answer)

    def _after_form(self, body: Json) -> None:
        if body["view"]["callback_id"] in self._refreshing:
            self.refresh_home(body)

    def _answering(self, answer_to: Action) -> Callable[..., None]:
        def answered(ack: Any, body: Json, context: Any) -> None:
            interaction = Interaction.read(body, self.bot.calendar())
            try:
                answer = answer_to(interaction)
            except Refusal as refusal:
                self._look_up(refusal)
                answer = {"text": self._why(interaction, refusal), "response_type": "ephemeral"}
            context[_ANSWER] = answer
            ack(**answer) if answer else ack()

        return answered

    def _opening(self, show: Opener) -> Callable[..., None]:
        def opened(body: Json, context: Any) -> None:
            if context.get(_ANSWER):
                return
            interaction = Interaction.read(body, self.bot.calendar())
            try:
                view = show(interaction)
            except Refusal as refusal:
                self._look_up(refusal)
                view = self._notice(interaction, refusal)
            self._present(interaction, view)

        return opened

    def run_action(self, act: Action) -> Callable[..., None]:
        """A listener that runs `act` and acknowledges; what it answers is kept for `show_result`."""

        def acted(ack: Any, body: Json, context: Any) -> None:
            interaction = Interaction.read(body, self.bot.calendar())
            try:
                context[_ANSWER] = act(interaction)
            except Refusal as refusal:
                self._look_up(refusal)
                context[_ANSWER] = self._notice(interaction, refusal)
            ack()

        return acted

    def show_result(self, body: Json, context: Any) -> None:
        """A lazy listener that shows what `run_action` kept, and a Home that follows what was done."""
        if answer := context.get(_ANSWER):
            self._present(Interaction.read(body, self.bot.calendar()), answer)
        self.refresh_home(body)

    def refresh_home(self, body: Json) -> None:
        """A lazy listener after which this person finds on their Home what is so now."""
        interaction = Interaction.read(body, self.bot.calendar())
        self.bot.home.refresh_home(interaction.user, interaction.now)

    def _present(self, interaction: Interaction, view: Json) -> None:
        """Show a page: over the open one if it is a notice, in its place if it is its next state, else opened."""
        try:
            if not interaction.view or interaction.view.get("type") == "home":
                self.bot.interactive_slack.open_form(interaction.trigger, view)
            elif names.window_of(view["callback_id"]) == names.window_of(str(interaction.view.get("callback_id"))):
                self.bot.interactive_slack.update_form(interaction.view["id"], view, seen=interaction.view.get("hash"))
            else:
                self._push(interaction, view)
        except SlackError as error:
            # Nothing is lost: whoever pressed sees nothing happen and presses again.
            _log.warning("a page could not be opened: %s", error)

    def _push(self, interaction: Interaction, view: Json) -> None:
        """Open a page on top of the open one; where Slack puts no fourth on top of three, in place of the last."""
        try:
            self.bot.interactive_slack.push_form(interaction.trigger, view)
        except SlackRefused as refusal:
            if refusal.error != "push_limit_reached":
                raise
            self.bot.interactive_slack.update_form(interaction.view["id"], view)

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
        speaker = self.bot.languages.speaker_for(interaction.user, interaction.channel)
        return speaker.plain(refusal.key, **refusal.arguments)

    def _look_up(self, refusal: Refusal) -> None:
        if isinstance(refusal, NotKnownYet):
            now = self.bot.calendar()
            self.bot.submit(lambda: self.bot.people.look_up_person(refusal.user, refusal.channel, now))


def outdated(_interaction: Interaction) -> None:
    """What nobody listens to: a button or form that is old or forged."""
    raise Refusal("common.outdated")


def _pointers(view: Json) -> Json:
    try:
        found = json.loads((view.get("private_metadata") or "{}").replace("\\u0000", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _value(element: Json) -> Any:
    for name in ("value", "selected_user", "selected_users", "selected_date", "selected_time", "selected_channel"):
        if element.get(name) is not None:
            return element[name]
    if element.get("selected_option"):
        return element["selected_option"]["value"]
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"]]
    return ""


def authorizing(bot: Bot) -> Callable[..., Any]:
    """For Bolt: who we are, as it was kept, so that no request asks Slack first."""

    def authorize() -> AuthorizeResult | None:
        ours = bot.people.identity or bot.people.own_identity()
        if ours is None:
            return None
        token = bot.settings.slack_bot_token or ""
        return AuthorizeResult(
            enterprise_id=None, team_id=ours.team, bot_user_id=ours.bot_user, bot_id=ours.bot_id, bot_token=token
        )

    return authorize


def only_our_team(bot: Bot) -> Callable[..., BoltResponse | None]:
    """For Bolt: refuses payloads of any team but ours, be it the installing one or that of the person who pressed."""

    def refuse_others(body: Json, next: Any) -> BoltResponse | None:
        ours = bot.people.identity or bot.people.own_identity()
        teams = (body.get("team_id"), (body.get("team") or {}).get("id"), (body.get("user") or {}).get("team_id"))
        if ours and {team for team in teams if team} - {ours.team}:
            bot.metrics.refused_teams.inc()
            return BoltResponse(status=200, body="")
        next()
        return None

    return refuse_others
