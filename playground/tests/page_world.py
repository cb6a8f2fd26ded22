"""A workspace with a small cast and a little app in it, for the tests of the page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from playground.model import Envelope, Json, Limits, Message
from playground.page import page_routes
from playground.people import Person
from playground.workspace import PracticeWorkspace

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that stands still until somebody moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def question(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "answer"} | element,
        **more,
    }


THEMES = [option("Motivation", "motivation"), option("Boundaries", "boundaries")]

CARD: list[Json] = [
    {"type": "header", "block_id": "head", "text": plain("Menu of the week :seedling:")},
    {"type": "section", "block_id": "ask", "text": marked("*What shall we eat?*\n• at noon\n• at night")},
    {"type": "section", "block_id": "facts", "fields": [marked("*Until*\nFriday"), marked("*Takes*\n10 minutes")]},
    {"type": "divider", "block_id": "line"},
    {
        "type": "context",
        "block_id": "small",
        "elements": [marked("Kept for the record, <!date^1795600000^{date_num}|later>")],
    },
    {
        "type": "section",
        "block_id": "pick",
        "text": marked("Table of today"),
        "accessory": {
            "type": "static_select",
            "action_id": "theme",
            "placeholder": plain("Pick a theme"),
            "options": THEMES,
        },
    },
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            button("Answer", "answer", style="primary"),
            button(
                "Stop",
                "stop",
                style="danger",
                confirm={
                    "title": plain("Stop?"),
                    "text": marked("For *everyone*."),
                    "confirm": plain("Yes, stop"),
                    "deny": plain("No"),
                },
            ),
            {"type": "overflow", "action_id": "rest", "options": [option("How does this work?", "how")]},
        ],
    },
]

FORM: Json = {
    "type": "modal",
    "callback_id": "meeting",
    "title": plain("Plan a meeting"),
    "submit": plain("Plan it"),
    "close": plain("Not now"),
    "blocks": [
        question("title", "Title", {"type": "plain_text_input", "max_length": 40}, hint=plain("Without names")),
        question("story", "Situation", {"type": "plain_text_input", "multiline": True}, optional=True),
        question("theme", "Theme", {"type": "static_select", "options": THEMES}, optional=True),
        question(
            "friends", "Invite", {"type": "multi_users_select", "placeholder": plain("Choose people")}, optional=True
        ),
        question(
            "pace",
            "Pace",
            {"type": "radio_buttons", "options": [option("Calm", "calm"), option("Live", "live")]},
            optional=True,
        ),
        question(
            "agreed", "Agreements", {"type": "checkboxes", "options": [option("Stays here", "stays")]}, optional=True
        ),
        question("day", "Day", {"type": "datepicker"}, optional=True),
        question("hour", "Hour", {"type": "timepicker"}, optional=True),
        {"type": "actions", "block_id": "parts", "elements": [button("More room", "more_room")]},
    ],
}

SECOND: Json = {
    "type": "modal",
    "callback_id": "second",
    "title": plain("One more thing"),
    "close": plain("Back"),
    "blocks": [{"type": "section", "block_id": "words", "text": marked("Shall we begin?")}],
}


@dataclass
class LittleApp:
    """Hears everything, answers what the tests need, and remembers what was sent to it."""

    workspace: PracticeWorkspace
    heard: list[Envelope] = field(default_factory=list)
    silent: bool = False

    def __call__(self, envelope: Envelope) -> None:
        self.heard.append(envelope)
        if self.silent and envelope.type != "events_api":
            self.workspace.fails(envelope.envelope_id, "timeout")
            return
        payload = envelope.payload
        answers = self._answers.get(payload.get("command") or payload["type"])
        self.workspace.acknowledge(envelope.envelope_id, answers(payload) if answers else None)

    @property
    def _answers(self) -> dict[str, Callable[[Json], Json | None]]:
        return {"/testbot": self._asks, "block_actions": self._acts, "view_submission": self._takes}

    def calls(self, method: str, **args: Any) -> Json:
        body = self.workspace.api(method, args, self.workspace.bot_token).body
        assert body["ok"], body
        return body

    def posts(self, channel: str, text: str, **more: Any) -> str:
        return str(self.calls("chat.postMessage", channel=channel, text=text, **more)["ts"])

    def whispers(self, channel: str, person: Person, text: str) -> None:
        self.calls("chat.postEphemeral", channel=channel, user=person.id, text=text)

    def _asks(self, payload: Json) -> None:
        self.calls("views.open", trigger_id=payload["trigger_id"], view=FORM)

    def _acts(self, payload: Json) -> None:
        action = payload["actions"][0]["action_id"]
        if action == "answer":
            self._asks(payload)
        elif action == "more_room":
            extra = question("extra", "And also", {"type": "plain_text_input"}, optional=True)
            blocks = [*FORM["blocks"][:-1], extra, FORM["blocks"][-1]]
            self.calls("views.update", view_id=payload["view"]["id"], view=FORM | {"blocks": blocks})

    def _takes(self, payload: Json) -> Json | None:
        title = payload["view"]["state"]["values"]["title"]["answer"]["value"]
        if title == "double":
            return {"response_action": "errors", "errors": {"title": "There is a meeting with that title."}}
        if title == "push":
            return {"response_action": "push", "view": SECOND}
        return None

    @property
    def sent(self) -> Json:
        """What the last form said, by question."""
        values = self.heard_of("view_submission").payload["view"]["state"]["values"]
        return {block_id: one["answer"] for block_id, one in values.items() if "answer" in one}

    def heard_of(self, kind: str) -> Envelope:
        return next(one for one in reversed(self.heard) if one.payload.get("type") == kind)


class PageWorld:
    """Anna, Bram and Céline in #lunch-club with the app; Dirk is in the workspace but not in the channel."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.workspace = PracticeWorkspace(self.clock, self.clock, limits=Limits.none())
        self.workspace.commands = {"/testbot": "Plan a meeting", "/report": "What was planned"}
        self.anna, self.bram, self.celine, self.dirk = (
            self.workspace.add_person(name) for name in ("Anna", "Bram", "Céline", "Dirk")
        )
        self.channel = self.workspace.create_channel("lunch-club", by=self.anna)
        self.app = LittleApp(self.workspace)
        self.workspace.connect(self.app)
        for person in (self.bram, self.celine):
            self.anna.invites(self.channel, person)
        self.anna.invites(self.channel, self.workspace.bot)

    def card(self) -> Message:
        """The app's card in the channel."""
        return self.channel.messages[self.app.posts(self.channel.id, "Menu of the week", blocks=CARD)]


@contextmanager
def served(workspace: PracticeWorkspace, port: int = 0, more: Sequence[BaseRoute] = ()) -> Iterator[str]:
    """The page alone, or with more routes, on a free port unless one is named, until the block ends."""
    router = socket.create_server(("127.0.0.1", port))
    app = Starlette(routes=[*more, *page_routes(workspace)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [router]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{router.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        router.close()
