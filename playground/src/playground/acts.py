"""The actions of the page: each is one method of `Person`, after ids became the things they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.model import Conversation, Forbidden, Json, Message, NotThere, View, WorkspaceUser
from playground.people import Person
from playground.workspace import PracticeWorkspace

GONE = "That is not there any more, or not for you to see."


class MalformedAction(Exception):
    """The page asked for something that makes no sense; the text says what."""


def do_action(workspace: PracticeWorkspace, person: Person, action: Json) -> Json:
    """Let `person` do `action["do"]`; the other keys are its particulars. Gives what the page wants to know of it.

    Raises `Forbidden` where Slack's client would not let them, `MalformedAction` for what no page would send.
    """
    act = ACTS.get(str(action.get("do")))
    if act is None:
        raise MalformedAction(f"There is nothing called {action.get('do')!r} to do here.")
    return act(_PageAction(workspace, person, action)) or {}


class _PageAction:
    """One request: the person, and the things that its ids mean, as far as this person can reach them."""

    def __init__(self, workspace: PracticeWorkspace, person: Person, action: Json) -> None:
        self.workspace, self.person, self.action = workspace, person, action

    def text(self, key: str) -> str:
        value = self.action.get(key)
        if not isinstance(value, str):
            raise MalformedAction(f"{key} should be text.")
        return value

    @property
    def channel(self) -> Conversation:
        channel = self.workspace.channels.get(self.text("channel"))
        if channel is None or (channel.is_private and self.person.id not in channel.members):
            raise Forbidden(GONE)
        return channel

    @property
    def message(self) -> Message:
        channel, ts = self.channel, self.text("ts")
        found = channel.messages.get(ts) or next((one for one in channel.ephemerals if one.ts == ts), None)
        if found is None or found.ephemeral_for not in (None, self.person.id):
            raise NotThere(GONE)
        return found

    @property
    def view(self) -> View:
        candidates = (self.person.modal, self.person.home)
        found = next((one for one in candidates if one is not None and one.id == self.action.get("view")), None)
        if found is None:
            raise NotThere(GONE)
        return found

    @property
    def container(self) -> Message | View:
        """The message or view that holds a button, with what was filled in there since the last time."""
        container = self.view if self.action.get("view") else self.message
        self.fill(container)
        return container

    @property
    def element(self) -> tuple[str, str]:
        """Exactly which button or menu: a card may hold the same action_id in several blocks."""
        return self.text("block_id"), self.text("action_id")

    def fill(self, container: Message | View) -> None:
        values = {
            (block_id, action_id): given for block_id, one in self.values().items() for action_id, given in one.items()
        }
        if values:
            self.person.fills(container, values)

    def values(self) -> dict[str, dict[str, Any]]:
        values = self.action.get("values") or {}
        if not isinstance(values, dict) or not all(isinstance(one, dict) for one in values.values()):
            raise MalformedAction("values should be {block_id: {action_id: value}}.")
        return values

    @property
    def other(self) -> Person | WorkspaceUser:
        """The person or app that is invited or written to."""
        user = self.workspace.users.get(self.text("who"))
        if user is None:
            raise Forbidden(GONE)
        return user


def _says(hand: _PageAction) -> Json:
    message = hand.person.says(hand.channel, hand.text("text"), thread=hand.action.get("thread"))
    return {"ts": message.ts}


def _presses(hand: _PageAction) -> Json:
    container = hand.container
    hand.person.presses(container, hand.element, value=hand.action.get("value"))
    return _complaints(container)


def _chooses(hand: _PageAction) -> Json:
    container = hand.container
    hand.person.chooses(container, hand.element, hand.action.get("value"))
    return _complaints(container)


def _submits(hand: _PageAction) -> Json:
    view = hand.view
    hand.fill(view)
    hand.person.submits(view)
    return _complaints(view)


def _complaints(container: Message | View) -> Json:
    """The errors beside the fields, by block_id; under "" the error below the form."""
    if isinstance(container, View) and container.is_open and container.errors:
        return {"errors": container.errors}
    return {}


def _shortcut(hand: _PageAction) -> None:
    message = hand.message if hand.action.get("ts") else None
    hand.person.shortcut(hand.text("callback_id"), message)


def _creates_channel(hand: _PageAction) -> Json:
    channel = hand.person.creates_channel(hand.text("name"), private=bool(hand.action.get("private")))
    return {"channel": channel.id}


def _opens_home(hand: _PageAction) -> None:
    hand.person.opens_home()


ACTS: dict[str, Callable[[_PageAction], Json | None]] = {
    "says": _says,
    "edits": lambda hand: hand.person.edits(hand.message, hand.text("text")),
    "deletes": lambda hand: hand.person.deletes(hand.message),
    "dismisses": lambda hand: hand.person.deletes(hand.message),
    "reacts": lambda hand: hand.person.reacts(hand.message, hand.text("name")),
    "commands": lambda hand: hand.person.commands(hand.channel, hand.text("command"), hand.text("text")),
    "presses": _presses,
    "chooses": _chooses,
    "submits": _submits,
    "closes": lambda hand: hand.person.closes(hand.view),
    "opens_home": _opens_home,
    "shortcut": _shortcut,
    "creates_channel": _creates_channel,
    "joins": lambda hand: hand.person.joins(hand.channel),
    "leaves": lambda hand: hand.person.leaves(hand.channel),
    "invites": lambda hand: hand.person.invites(hand.channel, hand.other),
    "opens_dm": lambda hand: {"channel": hand.person.opens_dm(hand.other).id},
    "reads": lambda hand: hand.person.reads(hand.channel),
}
