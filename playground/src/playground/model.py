"""What a practice workspace is made of: people, channels, messages, views, files, and what travels to the app."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
Clock = Callable[[], datetime]
ChannelKind = Literal["channel", "group", "im", "mpim"]
EnvelopeType = Literal["events_api", "slash_commands", "interactive"]

SLACKBOT = "USLACKBOT"


class Forbidden(Exception):
    """Slack's client would not let this person do that; the text says why and what is possible, in plain words."""


class NotThere(Forbidden):
    """What was pressed or filled in is not there any more: the app put something else in its place."""


class ApiError(Exception):
    """The Web API refuses: `code` is Slack's own error name, `extra` what goes into the answer beside it."""

    def __init__(self, code: str, *, status: int = 200, headers: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}
        self.extra = extra


@dataclass(eq=False)
class WorkspaceUser:
    """One account: a person, or the app's bot user (then with `bot_id` and `app_id`)."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "Europe/Brussels"
    locale: str = "nl-BE"
    bot_id: str = ""
    app_id: str = ""
    is_guest: bool = False
    is_external: bool = False
    is_admin: bool = False
    is_deleted: bool = False
    updated: int = 0

    @property
    def is_bot(self) -> bool:
        return bool(self.bot_id)


@dataclass(eq=False)
class Conversation:
    """One conversation. `messages` is keyed by ts, oldest first; `ephemerals` have no history and are kept apart."""

    id: str
    kind: ChannelKind
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    topic: Json = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    purpose: Json = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    previous_names: list[str] = field(default_factory=list)
    former_ids: list[str] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_external: bool = False
    connected_teams: list[str] = field(default_factory=list)
    is_general: bool = False
    updated: int = 0

    @property
    def is_private(self) -> bool:
        return self.kind != "channel"

    @property
    def is_direct(self) -> bool:
        return self.kind in ("im", "mpim")


@dataclass(eq=False)
class Message:
    """One message, as it is now; edits change this object. `ephemeral_for` names the only person who sees it.

    `stored` is since when it is there, by the elapsed clock.
    """

    ts: str
    channel_id: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str = ""
    attachments: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: Json | None = None
    client_msg_id: str = ""
    parent_user_id: str = ""
    replies: list[str] = field(default_factory=list)
    ephemeral_for: str | None = None
    is_deleted: bool = False
    stored: datetime | None = None
    extra: Json = field(default_factory=dict)
    states: dict[str, Json] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_top_level(self) -> bool:
        return not self.is_reply or self.subtype == "thread_broadcast"


@dataclass(eq=False)
class View:
    """A modal or a Home, for one person. `values` is what is filled in, shaped as Slack's `state.values`.

    `window` is the window of the person in which a modal opened; "" where the person has none.
    """

    id: str
    user: str
    payload: Json
    hash: str = ""
    root_view_id: str = ""
    previous_view_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    is_open: bool = True
    window: str = ""

    @property
    def type(self) -> str:
        return str(self.payload["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.payload["blocks"])

    @property
    def title(self) -> str:
        return _text(self.payload.get("title"))

    @property
    def submit(self) -> str:
        return _text(self.payload.get("submit"))

    @property
    def close(self) -> str:
        return _text(self.payload.get("close"))

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id") or "")

    @property
    def external_id(self) -> str:
        return str(self.payload.get("external_id") or "")


Container = Message | View


def _text(text_object: Json | None) -> str:
    return str(text_object["text"]) if text_object else ""


@dataclass(eq=False)
class File:
    """A file: first only a promise with an upload address, then its bytes, then shared in channels."""

    id: str
    name: str
    title: str
    user: str
    size: int
    created: int
    secret: str
    content: bytes | None = None
    is_complete: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Envelope:
    """What reaches the app, in Socket Mode's words; over HTTP the same payload travels signed."""

    envelope_id: str
    type: EnvelopeType
    payload: Json
    accepts_response_payload: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""


AnswerWay = Literal["whole", "cut", "silent", "reset", "slow"]


@dataclass(frozen=True)
class ApiResponse:
    """The HTTP answer to one Web API call: `body` as JSON, or `raw` in its place.

    `way` is how it arrives: whole, cut off, never, not at all because the line broke, or `seconds` later.
    """

    status: int
    headers: dict[str, str]
    body: Json
    raw: bytes | None = None
    way: AnswerWay = "whole"
    seconds: float = 0

    @property
    def content(self) -> bytes:
        """What is sent."""
        return json.dumps(self.body).encode() if self.raw is None else self.raw

    @property
    def content_type(self) -> str:
        return "application/json; charset=utf-8" if self.raw is None else "text/html; charset=utf-8"


@dataclass(frozen=True)
class ApiCall:
    """One Web API call the app made, the error it got, if any, and the scope it needed, if any."""

    method: str
    args: Json
    error: str | None
    scope: str | None = None


@dataclass(frozen=True)
class DeliveryRecord:
    """One payload sent to the app: envelope type, then the event's or interaction's own type and subtype."""

    type: EnvelopeType
    kind: str
    subtype: str | None
    payload: Json
    retry_attempt: int = 0


@dataclass(frozen=True)
class SubmitResult:
    """What the person sees after sending a form: errors by label, and the form now on top (None: closed)."""

    errors: dict[str, str] | None
    view: View | None


@dataclass(frozen=True)
class Limits:
    """How often the app may call: posts a second in each channel, and calls a minute of each method by its tier."""

    posts_per_second: float | None
    calls_per_minute: dict[str, int] | None = None

    @classmethod
    def slack(cls) -> Limits:
        """One message a second a channel. Other tiers are left alone: their bursts are secret."""
        return cls(posts_per_second=1)

    @classmethod
    def none(cls) -> Limits:
        return cls(posts_per_second=None)


Sink = Callable[[Envelope], None]
ChangeListener = Callable[[set[str] | None], None]
