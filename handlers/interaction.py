"""What somebody asked, read from what Slack sends of a press, a command, a form or a shortcut; whose requests count.

All but the person came back through a client: it may be old or forged, and nothing in here trusts its shape.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.bot import Bot
from bot.core.parts import Json
from bot.core.text import mend_text
from bot.slack.types import Identity

# What is in no pointer of ours: a larger number, and values deeper inside each other.
_MOST_NUMBER: Final = 2**31
_MOST_DEPTH: Final = 4
_ODD: Final = re.compile("[\0\ud800-\udfff]")
# Where somebody was when a form or page opened: a channel and, in a thread, the `ts` above it.
_OPENED_AT: Final = "at"
_LONGEST_METADATA: Final = 3000
_VALUES: Final = ("value", "selected_user", "selected_users", "selected_date", "selected_time", "selected_channel")


@dataclass(frozen=True)
class Interaction:
    """What somebody asked. Everything but `user` is a pointer, and is checked where it is used.

    `kind` (action, command, shortcut or form) and `name` (its id, or the command) say with what they asked.
    `callback` is the callback id of the open form or page. `thread` is the `ts` above the message in which they
    pressed, if that is a reply. In a form or page, `channel` and `thread` are where they were when it opened; empty if
    that was their Home. `response_url` takes a private answer at the place where they asked; empty where Slack
    gave none.
    """

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
    kind: str = ""
    name: str = ""
    callback: str = ""
    thread: str = ""
    response_url: str = field(default="", repr=False)

    @property
    def about(self) -> str:
        """What a button points at; empty for one that points at nothing."""
        return "" if self.value == "-" else self.value

    @property
    def is_in_form(self) -> bool:
        """Whether they pressed in a form or page, and not on Home or in a message."""
        return bool(self.view) and self.view.get("type") != "home"

    @classmethod
    def read(cls, body: Json, now: datetime) -> "Interaction":
        """From the payload of a command, a button, a form or a shortcut."""
        view, message = dict_of(body.get("view")), dict_of(body.get("message"))
        actions = body.get("actions")
        action = dict_of(actions[0]) if isinstance(actions, list) and actions else {}
        kind, name = _asked_with(body, action, view)
        filled = dict_of(dict_of(view.get("state")).get("values")).items()
        pressed, pointers = _value(action), read_pointers(view.get("private_metadata"))
        opened_at = pointers.pop(_OPENED_AT, None)
        channel, thread = opened_at if isinstance(opened_at, list) and len(opened_at) == 2 else ("", "")
        return cls(
            user=text_of(body.get("user_id")) or text_of(dict_of(body.get("user")).get("id")),
            channel=text_of(body.get("channel_id"))
            or text_of(dict_of(body.get("channel")).get("id"))
            or text_of(channel),
            trigger=text_of(body.get("trigger_id")),
            text=text_of(body.get("text")).strip(),
            value=pressed if isinstance(pressed, str) else "",
            pointers=pointers,
            fields={text_of(id): _value(one) for id, block in filled for one in dict_of(block).values()},
            view=view,
            message=message if isinstance(message.get("ts"), str) else {},
            now=now,
            kind=kind,
            name=name,
            callback=text_of(view.get("callback_id")),
            thread=text_of(dict_of(body.get("container")).get("thread_ts") or thread),
            response_url=text_of(body.get("response_url")),
        )

    def placed(self, view: Json) -> Json:
        """This form or page, which knows where the person is: what they read after sending it comes there."""
        if not self.channel:
            return view
        known = {**json.loads(view["private_metadata"]), _OPENED_AT: [self.channel, self.thread]}
        metadata = json.dumps(known, separators=(",", ":"), sort_keys=True)
        return {**view, "private_metadata": metadata} if len(metadata) <= _LONGEST_METADATA else view


def read_pointers(text: object) -> Json:
    """What a form, a page or a button of ours knows, written as JSON; nothing for what we never write."""
    try:
        found = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and _is_ours(found, _MOST_DEPTH) else {}


def text_of(found: object) -> str:
    """A text that both databases take and that can be sent; empty for anything else. PostgreSQL takes NUL in none."""
    if not isinstance(found, str):
        return ""
    return mend_text(found.replace("\0", "")) if _ODD.search(found) else found


def dict_of(found: object) -> Json:
    """An object; an empty one for anything else."""
    return found if isinstance(found, dict) else {}


def _asked_with(body: Json, action: Json, view: Json) -> tuple[str, str]:
    if action:
        return "action", text_of(action.get("action_id"))
    if "command" in body:
        return "command", text_of(body["command"])
    if body.get("type") in {"shortcut", "message_action"}:
        return "shortcut", text_of(body.get("callback_id"))
    return ("form", text_of(view.get("callback_id"))) if view else ("", "")


def _value(found: object) -> str | list[str]:
    """What was typed or chosen: a text, or the texts of all that was chosen."""
    element = dict_of(found)
    for name in _VALUES:
        if element.get(name) is not None:
            found = element[name]
            return [text_of(one) for one in found] if isinstance(found, list) else text_of(found)
    if element.get("selected_option"):
        return _text_in(element["selected_option"])
    if "selected_options" in element:
        options = element["selected_options"]
        return [_text_in(one) for one in options] if isinstance(options, list) else []
    return ""


def _text_in(option: object) -> str:
    return text_of(dict_of(option).get("value"))


def _is_ours(found: object, depth: int) -> bool:
    """Whether we could have written this: texts that can be kept and small numbers, not far inside each other."""
    if isinstance(found, str):
        return text_of(found) == found
    if isinstance(found, int | None):
        return found is None or abs(found) < _MOST_NUMBER
    if isinstance(found, Mapping):
        found = [*found, *found.values()]
    return isinstance(found, list) and depth > 0 and all(_is_ours(one, depth - 1) for one in found)


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


def only_our_workspace(bot: Bot, on_nameless: Callable[[], None]) -> Callable[..., BoltResponse | None]:
    """For Bolt: refuses payloads of others, be it where they were sent or the person who pressed.

    An event without a type is acknowledged, after `on_nameless`: no listener can be for it, and Slack would repeat it.
    """

    def refuse_others(body: Json, next: Any) -> BoltResponse | None:
        if body.get("type") == "event_callback" and not isinstance(dict_of(body.get("event")).get("type"), str):
            on_nameless()
            return BoltResponse(status=200, body="")
        ours = bot.people.identity or bot.people.own_identity()
        named = (body.get("team_id"), dict_of(body.get("team")).get("id"), dict_of(body.get("user")).get("team_id"))
        others = ours is not None and {text_of(team) for team in named if team} - {ours.team}
        if ours and others and not _is_of_our_organisation(body, ours):
            bot.metrics.refused_teams.inc()
            return BoltResponse(status=200, body="")
        next()
        return None

    return refuse_others


def _is_of_our_organisation(body: Json, ours: Identity) -> bool:
    """Whether a payload is of our organisation in an Enterprise Grid.

    In a Grid, somebody's home may be another workspace than ours: their presses name that one. What makes them ours is
    the organisation (`ours.enterprise`). The `authorizations` of an event say only that we may hear of it, which we may
    of strangers in a shared channel too; what a person may do is decided by our own facts about them all the same.
    """
    return ours.enterprise != "" and _organisation(body) == ours.enterprise


def _organisation(body: Json) -> str:
    """The organisation that a payload names: in a press, a form or a shortcut, in a command, or in an event."""
    team, enterprise = dict_of(body.get("team")), dict_of(body.get("enterprise"))
    named = {
        text_of(one) for one in (enterprise.get("id"), team.get("enterprise_id"), body.get("enterprise_id")) if one
    }
    return named.pop() if len(named) == 1 else ""
