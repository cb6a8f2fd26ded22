"""Blocks and views in as few words as a test needs."""

from __future__ import annotations

from typing import Any

from playground.model import Conversation, Json, Message
from playground.people import Person
from playground.workspace import PracticeWorkspace

DIVIDER: Json = {"type": "divider"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text)} | more


def option(text: str, value: str | None = None, **more: Any) -> Json:
    return {"text": plain(text), "value": text if value is None else value} | more


def options(count: int) -> list[Json]:
    return [option(f"Option {number}") for number in range(count)]


def button(text: str = "Join", action_id: str = "join", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id} | more


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements)} | more


def text_input(action_id: str = "words", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id} | more


def select(action_id: str = "pick", **more: Any) -> Json:
    return {"type": "static_select", "action_id": action_id, "options": options(3)} | more


def field(label: str = "Title", element: Json | None = None, **more: Any) -> Json:
    return {"type": "input", "label": plain(label), "element": element or text_input()} | more


def modal(*blocks: Json, title: str = "A form", **more: Any) -> Json:
    given = list(blocks) or [field()]
    return {"type": "modal", "title": plain(title), "submit": plain("Send"), "blocks": given} | more


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()]} | more


def confirm(**more: Any) -> Json:
    words = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return words | more


def call(workspace: PracticeWorkspace, method: str, **args: Any) -> Json:
    answer = workspace.api(method, args, workspace.bot_token).body
    assert answer["ok"], answer
    return answer


def card(workspace: PracticeWorkspace, circle: Conversation, *blocks: Json, **args: Any) -> Message:
    ts = call(workspace, "chat.postMessage", channel=circle.id, text="card", blocks=list(blocks), **args)["ts"]
    return circle.messages[ts]


def opens(workspace: PracticeWorkspace, person: Person, view: Json) -> None:
    """The app opens a form for a person who has just done something."""
    call(workspace, "views.open", trigger_id=workspace.triggers.new_trigger_id(person.id), view=view)
