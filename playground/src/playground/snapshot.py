"""What one person can see of the workspace, as JSON for the page: never more than that person's client would get."""

from __future__ import annotations

from playground.fault_snapshot import faults_json
from playground.model import Conversation, File, Json, Message, View, WorkspaceUser
from playground.people import Person
from playground.rendering import unescape
from playground.typed_again import as_typed
from playground.workspace import PracticeWorkspace

# Notices of coming and going have a shape of their own on the page.
COMING_AND_GOING = {"channel_join": "joined", "group_join": "joined", "channel_leave": "left", "group_leave": "left"}
VIEW_KEYS = ("title", "submit", "close", "blocks", "callback_id")


def snapshot(workspace: PracticeWorkspace, person: Person) -> Json:
    """Everything `person` sees now: people, places with their messages, the form on top, Home, commands."""
    with workspace.changing():
        return {
            "now": workspace.calendar().isoformat(),
            "team": {"id": workspace.team_id, "name": workspace.team_name},
            "me": user_json(person.user) | {"tz": person.user.tz},
            "app": {"user": workspace.bot.id, "name": workspace.bot.real_name},
            "people": [user_json(user) for user in workspace.users.values() if not user.is_deleted],
            "commands": [command_json(name, text) for name, text in workspace.commands.items()],
            "shortcuts": [shortcut_json(workspace, key) for key in workspace.shortcuts],
            "channels": [channel_json(person, channel) for channel in places(workspace, person)],
            "modal": view_json(person.modal),
            "home": view_json(person.home),
            "faults": faults_json(workspace, person),
        }


def places(workspace: PracticeWorkspace, person: Person) -> list[Conversation]:
    """The person's own conversations, then the public channels that can still be joined."""
    own = person.channels()
    if person.user.is_guest or person.user.is_external:
        return own
    others = [one for one in workspace.channels.values() if one.kind == "channel" and one not in own]
    return own + others


def user_json(user: WorkspaceUser) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "is_bot": user.is_bot,
        "guest": user.is_guest or user.is_external,
    }


def command_json(name: str, description: str) -> Json:
    return {"command": name, "description": description, "usage_hint": ""}


def shortcut_json(workspace: PracticeWorkspace, callback_id: str) -> Json:
    name = workspace.shortcut_names.get(callback_id) or callback_id.replace("_", " ")
    return {"callback_id": callback_id, "type": workspace.shortcuts[callback_id], "name": name}


def channel_json(person: Person, channel: Conversation) -> Json:
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": channel.name,
        "topic": unescape(channel.topic["value"]),
        "purpose": unescape(channel.purpose["value"]),
        "archived": channel.is_archived,
        "members": list(channel.members),
        "member": person.id in channel.members,
        "peers": [one for one in channel.members if one != person.id] if channel.is_direct else [],
        "unread": person.unread(channel),
        "messages": [root_json(person, one) for one in person.messages(channel)],
    }


def root_json(person: Person, message: Message) -> Json:
    """A message in the channel itself, with its thread."""
    replies = [message_json(person, one) for one in person.thread(message) if one is not message]
    return message_json(person, message) | {"replies": replies}


def message_json(person: Person, message: Message) -> Json:
    return {
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "source": as_typed(person.workspace, message.text) if message.user == person.id else None,
        "edited": message.edited is not None,
        "deleted": message.is_deleted or message.subtype == "tombstone",
        "ephemeral": message.ephemeral_for is not None,
        "joined": COMING_AND_GOING.get(message.subtype or ""),
        "reactions": [{"name": name, "users": users} for name, users in message.reactions.items()],
        "files": [file_json(file) for file in message.files],
    }


def file_json(file: File) -> Json:
    return {"id": file.id, "name": file.name, "title": file.title, "size": file.size, "url": f"page/files/{file.id}"}


def view_json(view: View | None) -> Json | None:
    """A form or Home, without what its bot keeps in it for itself."""
    if view is None:
        return None
    return {"id": view.id, "hash": view.hash} | {key: view.payload.get(key) for key in VIEW_KEYS}
