"""One act of a person towards the app, waiting for the app's answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

from playground.model import Conversation, Message, View

InteractionKind = Literal["command", "block_actions", "view_submission", "view_closed", "shortcut", "message_action"]


@dataclass(eq=False)
class PendingInteraction:
    """`problem` is what the person reads when the app did not answer; `errors` what it says about a form's fields."""

    kind: InteractionKind
    user: str
    trigger_id: str = ""
    channel: Conversation | None = None
    thread_ts: str | None = None
    command: str = ""
    view: View | None = None
    message: Message | None = None
    problem: str | None = None
    errors: dict[str, str] | None = None
    answered: threading.Event = field(default_factory=threading.Event)
