"""What stood in Slack when version 0.1.0 stopped, in a practice workspace: people, messages, files, Homes and forms."""

import base64
import json
from datetime import datetime
from functools import cache
from typing import Any

from playground.ids import IdGenerator
from playground.model import Conversation, File, Message, View, WorkspaceUser
from playground.people import Person
from playground.workspace import PracticeWorkspace
from tests.upgrade.old_database import DATA

Json = dict[str, Any]
# What Slack knows of a view besides what the app gave it.
SLACKS_OWN = ("id", "user", "hash", "root_view_id", "previous_view_id", "state")


class _LaterIds(IdGenerator):
    """Ids that no thing of before has."""

    def next_number(self, series: str) -> int:
        return super().next_number(series) + 1_000


@cache
def _text() -> str:
    return (DATA / "slack.json").read_text()


def old_slack() -> Json:
    """All of `slack.json`, new each time: whoever asks may change it."""
    found: Json = json.loads(_text())
    return found


def restore(workspace: PracticeWorkspace, slack: Json) -> None:
    """Put everything but the open forms in a workspace whose clocks stand at `slack["now"]`.

    The app hears nothing of it: do it before the bot is connected.
    """
    assert workspace.calendar() == datetime.fromisoformat(slack["now"])
    workspace.team_id = slack["team"]["id"]
    workspace.users = {one["id"]: WorkspaceUser(**one) for one in slack["users"]}
    workspace.bot = workspace.users[slack["bot"]["user"]]
    workspace.people = [Person(workspace, user) for user in workspace.users.values() if not user.is_bot]
    workspace.files = {one["id"]: _file(one) for one in slack["files"]}
    workspace.channels = {one["id"]: _channel(one) for one in slack["channels"]}
    for one in slack["messages"]:
        _put_message(workspace, one)
    for one in slack["homes"]:
        view = _view(one)
        workspace.homes[view.user] = workspace.views[view.id] = view
    workspace.ids = _LaterIds()
    newest = max(float(one["ts"]) for one in slack["messages"])
    while float(workspace.clock.next_ts()) <= newest:
        pass


def reopen(workspace: PracticeWorkspace, slack: Json, kind: str) -> tuple[Person, View]:
    """Put the form or page of this kind in front of the person who had it open; that person, and the view on top."""
    form = next(one for one in slack["open_forms"] if one["kind"] == kind)
    stack = [_view(one) for one in form["views"]]
    for old in workspace.stacks.get(form["user"], []):
        old.is_open = False
    workspace.stacks[form["user"]] = stack
    workspace.views.update({view.id: view for view in stack})
    return workspace.person(form["user"]), stack[-1]


def _view(one: Json) -> View:
    payload = {key: value for key, value in one.items() if key not in SLACKS_OWN}
    ours = {key: one[key] for key in ("id", "user", "hash", "root_view_id", "previous_view_id")}
    return View(payload=payload, values=one["state"]["values"], **ours)


def _channel(one: Json) -> Conversation:
    return Conversation(**{key: value for key, value in one.items() if key != "is_private"})


def _file(one: Json) -> File:
    return File(**one | {"content": base64.b64decode(one["content"])}, secret="", is_complete=True)


def _put_message(workspace: PracticeWorkspace, one: Json) -> None:
    channel = workspace.channels[one["channel"]]
    files = [workspace.files[file] for file in one.get("files", [])]
    rest = {key: value for key, value in one.items() if key not in ("channel", "files")}
    message = Message(channel_id=channel.id, files=files, **rest)
    if message.ephemeral_for:
        channel.ephemerals.append(message)
    else:
        channel.messages[message.ts] = message
