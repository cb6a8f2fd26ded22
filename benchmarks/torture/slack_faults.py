"""What Slack does wrong: for a while, with some chance, to some of its methods."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from http.client import HTTPMessage
from io import BytesIO
from random import Random
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlparse
from urllib.request import Request

from benchmarks.torture.cuts import Cuts
from playground.inprocess import InProcessClient
from playground.model import Conversation, Json, Message
from playground.workspace import PracticeWorkspace


class Fault(Enum):
    """What is wrong with an answer. Of the first ten, `…_DONE` means that Slack did what was asked."""

    NO_ANSWER = "the connection breaks before Slack reads the call"
    NO_ANSWER_DONE = "the connection breaks before the answer"
    BROKEN = "500"
    BROKEN_DONE = "500, though it is done"
    PAGE = "200 with a page of HTML"
    PAGE_DONE = "200 with a page of HTML, though it is done"
    AMBIGUOUS = "internal_error"
    AMBIGUOUS_DONE = "internal_error, though it is done"
    LATER = "429"
    REFUSED = "an error of Slack's that is usual for the method"
    MISSING_SCOPE = "missing_scope"
    DEAD_TOKEN = "invalid_auth"
    SWALLOWED = "ok, and the message is never stored"
    STORED_LATE = "no answer, and the message is stored after a while"
    HISTORY_BEHIND = "what was said in the last while is not in the history yet"


_DONE = {Fault.NO_ANSWER_DONE, Fault.BROKEN_DONE, Fault.PAGE_DONE, Fault.AMBIGUOUS_DONE}
_POST = "chat.postMessage"
_READING = ("conversations.history", "conversations.replies")
# For each method an error with which Slack may refuse it, and which a person or time may mend.
_USUAL_REFUSALS = {
    _POST: "restricted_action",
    "chat.update": "edit_window_closed",
    "chat.delete": "cant_delete_message",
    "conversations.create": "restricted_action",
    "conversations.replies": "thread_not_found",
    "conversations.history": "channel_not_found",
    "views.open": "expired_trigger_id",
    "views.update": "not_found",
    "users.info": "user_not_found",
}
_METHODS = (*_USUAL_REFUSALS, "conversations.open", "conversations.members", "views.publish", "users.conversations")
# What 429 asks for; the last three are no numbers of seconds that one can wait.
_RETRY_AFTER = ("1", "7", "30", "0", "soon", "")
# How long a message may be stored after its call, and how far the history may be behind.
_LONGEST_DELAY = 150
_PAGE = "<html><body>Bad gateway, w0rds of somebody</body></html>"


@dataclass(frozen=True)
class FaultPeriod:
    """This `fault` meets calls of `methods` until this moment, each with this chance."""

    fault: Fault
    methods: frozenset[str]
    chance: float
    until: datetime


@dataclass
class SlackFaults:
    """The faults of one workspace. `swallowed` are the (channel, metadata id) of messages that were never stored."""

    workspace: PracticeWorkspace
    chance: Random
    periods: list[FaultPeriod] = field(default_factory=list)
    swallowed: set[tuple[str, str]] = field(default_factory=set)
    met: list[str] = field(default_factory=list)
    _late: list[tuple[datetime, Message]] = field(default_factory=list)

    def begin_period(self, now: datetime) -> FaultPeriod:
        """From now on something is wrong, for a while."""
        fault = self.chance.choice(list(Fault))
        methods = _methods_of(fault, self.chance)
        lasts = timedelta(seconds=self.chance.choice((5, 30, 90, 600)))
        period = FaultPeriod(fault, methods, self.chance.choice((0.2, 0.5, 1.0)), now + lasts)
        self.periods.append(period)
        return period

    def end_all(self) -> None:
        """Nothing is wrong any more, but that what is late comes when it comes."""
        self.periods.clear()

    def next_fault(self, method: str) -> Fault | None:
        """The fault that meets this call, if any."""
        now = self.workspace.elapsed()
        self.periods = [one for one in self.periods if one.until > now]
        for period in self.periods:
            if method in period.methods and self.chance.random() < period.chance:
                self.met.append(f"{method}: {period.fault.name}")
                return period.fault
        return None

    def store_late(self, answer: Json, *, never: bool) -> None:
        """The message that was just posted is not in Slack yet, or will never be."""
        with self.workspace.changing():
            channel = self.workspace.channels[answer["channel"]]
            message = channel.messages.pop(answer["ts"])
            if message.is_reply:
                channel.messages[str(message.thread_ts)].replies.remove(message.ts)
        if never:
            self.swallowed.add((channel.id, marker_of(message)))
        else:
            delay = timedelta(seconds=self.chance.randint(1, _LONGEST_DELAY))
            self._late.append((self.workspace.elapsed() + delay, message))

    def store_what_is_late(self) -> None:
        """Put into Slack what is stored by now."""
        due = [message for at, message in self._late if at <= self.workspace.elapsed()]
        self._late = [(at, message) for at, message in self._late if message not in due]
        with self.workspace.changing():
            for message in due:
                _store(self.workspace.channels[message.channel_id], message)


def marker_of(message: Message) -> str:
    """The id in the metadata of a message; empty if it has none."""
    return str(((message.metadata or {}).get("event_payload") or {}).get("id", ""))


def _store(channel: Conversation, message: Message) -> None:
    channel.messages = dict(sorted({**channel.messages, message.ts: message}.items()))
    if message.is_reply and (root := channel.messages.get(str(message.thread_ts))):
        root.thread_ts, root.replies = root.ts, sorted([*root.replies, message.ts])


def _methods_of(fault: Fault, chance: Random) -> frozenset[str]:
    if fault in (Fault.SWALLOWED, Fault.STORED_LATE):
        return frozenset((_POST,))
    if fault is Fault.HISTORY_BEHIND:
        return frozenset(_READING)
    if fault is Fault.DEAD_TOKEN:
        return frozenset(_METHODS)
    if fault in (Fault.REFUSED, Fault.MISSING_SCOPE):
        return frozenset((chance.choice(list(_USUAL_REFUSALS)),))
    return frozenset(_METHODS) if chance.random() < 0.3 else frozenset((_POST, chance.choice(_METHODS)))


class FaultyClient(InProcessClient):
    """The client of one copy: its calls pass `cuts`, meet `faults`, and `before_call` happens before each."""

    def __init__(self, faults: SlackFaults, cuts: Cuts, token: str, before_call: Callable[[str], None]) -> None:
        super().__init__(faults.workspace, token)
        self._faults, self._cuts, self._before_call = faults, cuts, before_call

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        method = urlparse(url).path.removeprefix("/api/")
        self._cuts.passes(f"before {method}")
        self._before_call(method)
        answer = self._answer(self._faults.next_fault(method), method, url, req)
        self._cuts.passes(f"after {method}")
        return answer

    def _answer(self, fault: Fault | None, method: str, url: str, req: Request) -> dict[str, Any]:
        if fault in _DONE or fault in (None, Fault.SWALLOWED, Fault.STORED_LATE, Fault.HISTORY_BEHIND):
            answer = super()._perform_urllib_http_request_internal(url, req)
            said: Json = json.loads(answer["body"])
            if fault is None or not said["ok"]:
                return answer
            if fault in (Fault.SWALLOWED, Fault.STORED_LATE):
                self._faults.store_late(said, never=fault is Fault.SWALLOWED)
            if fault is Fault.SWALLOWED:
                return answer
            if fault is Fault.HISTORY_BEHIND:
                return answer | {"body": json.dumps(self._behind(said))}
        return self._broken(fault, method, url)

    def _behind(self, said: Json) -> Json:
        since = self._faults.workspace.elapsed().timestamp() - self._faults.chance.randint(1, _LONGEST_DELAY)
        return said | {"messages": [one for one in said["messages"] if float(one["ts"]) < since]}

    def _broken(self, fault: Fault | None, method: str, url: str) -> dict[str, Any]:
        match fault:
            case Fault.BROKEN | Fault.BROKEN_DONE:
                raise HTTPError(url, 500, "broken", HTTPMessage(), BytesIO(_PAGE.encode()))
            case Fault.PAGE | Fault.PAGE_DONE:
                return {"status": 200, "headers": HTTPMessage(), "body": _PAGE}
            case Fault.LATER:
                raise HTTPError(url, 429, "later", _retry_after(self._faults.chance), BytesIO(_refusal("ratelimited")))
            case Fault.AMBIGUOUS | Fault.AMBIGUOUS_DONE:
                return _refused("internal_error")
            case Fault.REFUSED:
                return _refused(_USUAL_REFUSALS[method])
            case Fault.MISSING_SCOPE:
                return _refused("missing_scope", needed="chat:write", provided="commands")
            case Fault.DEAD_TOKEN:
                return _refused("invalid_auth")
        raise ConnectionResetError("the connection broke")


def _retry_after(chance: Random) -> HTTPMessage:
    headers = HTTPMessage()
    if asked := chance.choice(_RETRY_AFTER):
        headers["Retry-After"] = asked
    return headers


def _refusal(error: str, **extra: str) -> bytes:
    return json.dumps({"ok": False, "error": error, **extra}).encode()


def _refused(error: str, **extra: str) -> dict[str, Any]:
    return {"status": 200, "headers": HTTPMessage(), "body": _refusal(error, **extra).decode()}
