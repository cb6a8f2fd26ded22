"""A guide beside the workspace moves time and lets colleagues write: what the page asks of it and shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playground import forms
from playground.block_text import message_text
from playground.model import Conversation, Json, Message, View
from playground.people import Person
from playground.rendering import TextRenderer
from playground.workspace import PracticeWorkspace

FormValues = Mapping[str, str]


@dataclass(frozen=True)
class Suggestion:
    """Something a colleague could do now: `does` is one word for the page, `act` lets them do it."""

    who: Person
    does: str
    act: Callable[[], None]


@dataclass(frozen=True)
class Guide:
    """Given by whoever starts a workspace: it knows what is due, and what each colleague could do.

    `goes_to` moves the calendar's time forward, and returns once everything that this causes has been said.
    `suggestions` are of everybody but the person given, first where the person looks (the id of a channel). The first
    two look ahead, and change nothing. `example_for` is what could be filled into a form that is open for a person: the
    value of each block, by its id; nothing where the guide has no example. `language_of` is the language in which
    somebody visits, "" if the guide does not care; `speak` lets the workspace speak another with them, and gives the
    name of the channel that speaks it.
    """

    next_working_day: Callable[[], datetime]
    next_deadline: Callable[[], datetime | None]
    suggestions: Callable[[Person, str], Sequence[Suggestion]]
    goes_to: Callable[[datetime], None]
    example_for: Callable[[Person, View], FormValues] = lambda _, __: {}
    language_of: Callable[[Person], str] = lambda _: ""
    speak: Callable[[Person, str], str] = lambda _, __: ""

    def moment(self, wanted: str, now: datetime) -> datetime | None:
        """When "hour", "working_day" or "deadline" is; None if nothing is due any more. KeyError for another word."""
        moments: dict[str, Callable[[], datetime | None]] = {
            "hour": lambda: now + timedelta(hours=1),
            "working_day": self.next_working_day,
            "deadline": self.next_deadline,
        }
        return moments[wanted]()


@dataclass(frozen=True)
class _AppMessage:
    """A message of the app as it stood, for comparing: whether it had buttons, and what it said."""

    could_be_pressed: bool
    text: str


class AppObserver:
    """Notes what the app says from now on, as far as one person can see it."""

    def __init__(self, person: Person) -> None:
        self._person, self._workspace = person, person.workspace
        with self._workspace.changing():
            self._reader = TextRenderer(self._workspace, person.user)
            self._before = {
                key: _AppMessage(_has_buttons(one), message_text(self._reader, one)) for key, one in self._said()
            }

    def events_since(self) -> list[Json]:
        """What happened meanwhile, in order: what came, in threads too, what closed, and what changed in private."""
        with self._workspace.changing():
            events = [event for key, one in self._said() if (event := self._event(key, one))]
        return _joined(sorted(events, key=_order))

    def _said(self) -> Iterator[tuple[tuple[str, str], Message]]:
        for channel in self._person.channels():
            for message in channel.messages.values():
                if message.user == self._workspace.bot.id and not message.is_deleted:
                    yield (channel.id, message.ts), message

    def _event(self, key: tuple[str, str], message: Message) -> Json | None:
        before = self._before.get(key)
        if before is None:
            return self._told(message, "reply" if message.is_reply else "new", message.ts)
        if message.edited is None or message_text(self._reader, message) == before.text:
            return None
        if self._workspace.channels[message.channel_id].is_direct:
            return self._told(message, "changed", str(message.edited["ts"]))
        if before.could_be_pressed and not _has_buttons(message):
            return self._told(message, "closed", str(message.edited["ts"]))
        return None

    def _told(self, message: Message, kind: str, ts: str) -> Json:
        channel = self._workspace.channels[message.channel_id]
        root = channel.messages.get(message.thread_ts or message.ts, message)
        words = message_text(self._reader, message) if channel.is_direct else self._reader.mrkdwn(root.text)
        text = words.strip().partition("\n")[0]
        at = datetime.fromtimestamp(float(ts), UTC).isoformat()
        return {"kind": kind, "at": at, "channel": channel.id, "place": _place(channel), "root": root.ts, "text": text}


def _order(event: Json) -> tuple[str, bool, str]:
    """By the minute; in one minute, what closed comes before what took its place."""
    return str(event["at"])[:16], event["kind"] != "closed", str(event["at"])


def _has_buttons(message: Message) -> bool:
    return any(block["type"] == "actions" for block in message.blocks)


def _place(channel: Conversation) -> str:
    """The name of a channel; a direct conversation has none of its own."""
    return "" if channel.is_direct else channel.name


def _joined(events: list[Json]) -> list[Json]:
    """Replies that follow each other in one thread are described once, with their number."""
    told: list[Json] = []
    for event in events:
        same = told and event["kind"] == "reply" == told[-1]["kind"] and event["root"] == told[-1]["root"]
        if same:
            told[-1]["count"] += 1
        else:
            told.append(event | {"count": 1})
    return told


def could_do(workspace: PracticeWorkspace, guide: Guide, person: Person, place: str = "") -> Json:
    """What the page shows: the time, whether something is still due, and which colleague could do something now.

    `place` is the id of the channel that the person has in view. `example` is what could be filled into the form that
    is open: its id, and values as the page keeps them.
    """
    suggestions = guide.suggestions(person, place)
    return {
        "now": workspace.calendar().isoformat(),
        "deadline": guide.next_deadline() is not None,
        "colleagues": [{"id": one.who.id, "name": one.who.real_name, "does": one.does} for one in suggestions],
        "example": _example(guide, person),
        "language": guide.language_of(person),
    }


def _example(guide: Guide, person: Person) -> Json | None:
    """What could be filled into the open form, where the guide has something for it."""
    form = person.modal
    filled = guide.example_for(person, form) if form else {}
    if form is None or not filled:
        return None
    placed = {at.block_id: at.action_id for at in forms.placed(form.blocks) if at.block["type"] == "input"}
    return {"view": form.id, "values": {id: {placed[id]: value} for id, value in filled.items() if id in placed}}
