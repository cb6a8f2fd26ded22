"""What somebody asked, read from what Slack sends of a press, a command, a form or a shortcut.

All but the person came back through a client: it may be old or forged, and nothing in here trusts its shape.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.core.parts import Json
from bot.core.text import mend_text

# What is in no pointer of ours: a larger number, and values deeper inside each other.
_MOST_NUMBER: Final = 2**31
_MOST_DEPTH: Final = 4
_VALUES: Final = ("value", "selected_user", "selected_users", "selected_date", "selected_time", "selected_channel")


@dataclass(frozen=True)
class Interaction:
    """What somebody asked. Everything but `user` is a pointer, and is checked where it is used.

    `kind` (action, command, shortcut or form) and `name` (its id, or the command) say with what they asked.
    `thread` is the `ts` above the message in which they pressed, if that is a reply. `response_url` takes a private
    answer at the place where they asked; empty where Slack gave none.
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
    thread: str = ""
    response_url: str = field(default="", repr=False)

    @property
    def about(self) -> str:
        """What a button points at; empty for one that points at nothing."""
        return "" if self.value == "-" else self.value

    @property
    def callback(self) -> str:
        """The callback id of the open form or page."""
        return text_of(self.view.get("callback_id"))

    @property
    def is_in_form(self) -> bool:
        """Whether they pressed in a form or page, and not on Home or in a message."""
        return bool(self.view) and self.view.get("type") != "home"

    @classmethod
    def read(cls, body: Json, now: datetime) -> "Interaction":
        """From the payload of a command, a button, a form or a shortcut."""
        view, message = dict_of(body.get("view")), dict_of(body.get("message"))
        action = _first(body.get("actions"))
        kind, name = _asked_with(body, action, view)
        pressed = _value(action)
        return cls(
            user=text_of(body.get("user_id")) or text_of(dict_of(body.get("user")).get("id")),
            channel=text_of(body.get("channel_id")) or text_of(dict_of(body.get("channel")).get("id")),
            trigger=text_of(body.get("trigger_id")),
            text=text_of(body.get("text")).strip(),
            value=pressed if isinstance(pressed, str) else "",
            pointers=read_pointers(view.get("private_metadata")),
            fields=_fields(view),
            view=view,
            message=message if isinstance(message.get("ts"), str) else {},
            now=now,
            kind=kind,
            name=name,
            thread=text_of(dict_of(body.get("container")).get("thread_ts")),
            response_url=text_of(body.get("response_url")),
        )


def read_pointers(text: object) -> Json:
    """What a form, a page or a button of ours knows, written as JSON; nothing for what we never write."""
    try:
        found = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and _is_ours(found, _MOST_DEPTH) else {}


def mend(text: str) -> str:
    """A text that both databases take, and that can be sent: PostgreSQL takes NUL in none."""
    return mend_text(text.replace("\0", ""))


def text_of(found: object) -> str:
    """A text that can be kept; empty for anything else."""
    return mend(found) if isinstance(found, str) else ""


def dict_of(found: object) -> Json:
    """An object; an empty one for anything else."""
    return found if isinstance(found, dict) else {}


def _first(found: object) -> Json:
    return dict_of(found[0]) if isinstance(found, list) and found else {}


def _asked_with(body: Json, action: Json, view: Json) -> tuple[str, str]:
    if action:
        return "action", text_of(action.get("action_id"))
    if "command" in body:
        return "command", text_of(body["command"])
    if body.get("type") in {"shortcut", "message_action"}:
        return "shortcut", text_of(body.get("callback_id"))
    return ("form", text_of(view.get("callback_id"))) if view else ("", "")


def _fields(view: Json) -> dict[str, Any]:
    """What is filled in, by the id of the block."""
    filled = dict_of(dict_of(view.get("state")).get("values"))
    return {
        mend(block): _value(element) for block, elements in filled.items() for element in dict_of(elements).values()
    }


def _value(found: object) -> str | list[str]:
    """What was typed or chosen: a text, or the texts of all that was chosen."""
    element = dict_of(found)
    for name in _VALUES:
        if element.get(name) is not None:
            return _plain(element[name])
    if element.get("selected_option"):
        return _plain(dict_of(element["selected_option"]).get("value"))
    if "selected_options" in element:
        options = element["selected_options"]
        return [_text_in(one) for one in options] if isinstance(options, list) else []
    return ""


def _text_in(option: object) -> str:
    return text_of(dict_of(option).get("value"))


def _plain(found: object) -> str | list[str]:
    return [text_of(one) for one in found] if isinstance(found, list) else text_of(found)


def _is_ours(found: object, depth: int) -> bool:
    """Whether we could have written this: texts that can be kept and small numbers, not far inside each other."""
    if isinstance(found, str):
        return mend(found) == found
    if isinstance(found, int | None):
        return found is None or abs(found) < _MOST_NUMBER
    if isinstance(found, Mapping):
        found = [*found, *found.values()]
    return isinstance(found, list) and depth > 0 and all(_is_ours(one, depth - 1) for one in found)
