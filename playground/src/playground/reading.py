"""What a person sees: the sidebar, channels, threads, unread marks, and all of it as text."""

from __future__ import annotations

from collections.abc import Iterator

from playground.block_text import message_text, view_text
from playground.modals import top_modal
from playground.model import Container, Conversation, Forbidden, Message, View, WorkspaceUser
from playground.rendering import TextRenderer
from playground.state import ClientSession, WorkspaceState

_WORTH_READING = (None, "file_share", "thread_broadcast", "bot_message")


def sidebar_channels(workspace: WorkspaceState, user: WorkspaceUser) -> list[Conversation]:
    """Channels first, by name; then direct conversations, oldest first. Archived ones are out of sight."""
    mine = [c for c in workspace.channels.values() if user.id in c.members and not c.is_archived]
    named = sorted((c for c in mine if not c.is_direct), key=lambda c: c.name)
    return named + [c for c in mine if c.is_direct]


def _require_visible(user: WorkspaceUser, channel: Conversation) -> None:
    is_open_to_user = channel.kind == "channel" and not (user.is_guest or user.is_external)
    if user.id not in channel.members and not is_open_to_user:
        raise Forbidden("that channel is private and you are not in it")


def top_level_messages(workspace: WorkspaceState, user: WorkspaceUser, channel: Conversation) -> list[Message]:
    """See `Person.messages`."""
    _require_visible(user, channel)
    public = [message for message in channel.messages.values() if message.is_top_level]
    private = [m for m in channel.ephemerals if m.ephemeral_for == user.id and not m.thread_ts]
    return sorted([*public, *private], key=_age)


def thread_messages(workspace: WorkspaceState, user: WorkspaceUser, message: Message) -> list[Message]:
    """See `Person.thread`."""
    channel = workspace.channels[message.channel_id]
    _require_visible(user, channel)
    root = message.thread_ts or message.ts
    public = [m for m in channel.messages.values() if root in (m.ts, m.thread_ts)]
    private = [m for m in channel.ephemerals if m.ephemeral_for == user.id and m.thread_ts == root]
    return sorted([*public, *private], key=_age)


def _age(message: Message) -> tuple[int, int]:
    seconds, _, micros = message.ts.partition(".")
    return int(seconds), int(micros)


def unread_count(workspace: WorkspaceState, user: WorkspaceUser, channel: Conversation) -> int:
    """See `Person.unread`."""
    read_until = channel.last_read.get(user.id, "")
    new = [m for m in channel.messages.values() if m.ts > read_until and m.user != user.id]
    # "Anna has joined the channel" does not make a channel bold.
    return sum(1 for m in new if m.is_top_level and m.subtype in _WORTH_READING)


def mark_read(workspace: WorkspaceState, user: WorkspaceUser, channel: Conversation) -> None:
    _require_visible(user, channel)
    newest = max(channel.messages, default="")
    if channel.last_read.get(user.id) != newest:
        channel.last_read[user.id] = newest
        workspace.affects([user.id])


def visible_text(client: ClientSession, place: Conversation | Container) -> str:
    """See `Person.visible_text`."""
    reader = TextRenderer(client.workspace, client.user)
    if isinstance(place, View):
        return view_text(reader, place)
    if isinstance(place, Message):
        return message_text(reader, place)
    return "\n".join(
        line for message in top_level_messages(client.workspace, client.user, place) for line in _said(client, message)
    )


def _said(client: ClientSession, message: Message) -> Iterator[str]:
    reader = TextRenderer(client.workspace, client.user)
    stands_alone = message.is_reply or message.ephemeral_for
    for said in [message] if stands_alone else thread_messages(client.workspace, client.user, message):
        yield f"{client.workspace.name_of(said.user)}: {message_text(reader, said)}"


def everything_visible(client: ClientSession) -> Iterator[str]:
    """All this person can read now: the form on top, Home, then every conversation."""
    for view in (top_modal(client.workspace, client.id), client.workspace.homes.get(client.id)):
        if view is not None:
            yield visible_text(client, view)
    for channel in sidebar_channels(client.workspace, client.user):
        yield visible_text(client, channel)
