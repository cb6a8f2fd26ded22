"""Messages: posting, editing, deleting, reacting, by people and by the app."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import partial

from playground import events, uploads
from playground.model import SLACKBOT, Conversation, Forbidden, Json, Message, WorkspaceUser
from playground.payloads import message_json
from playground.permissions import require_writable
from playground.state import WorkspaceState
from playground.typing_text import typed


def add_message(workspace: WorkspaceState, message: Message) -> Message:
    """Store a message, hang it in its thread, and let the app and the people know."""
    if workspace.faults.puts_off(partial(_add_late, workspace, message)):
        return message
    channel = workspace.channels[message.channel_id]
    message.stored = workspace.elapsed()
    channel.messages[message.ts] = message
    if message.is_reply:
        parent = channel.messages[str(message.thread_ts)]
        parent.thread_ts = parent.ts
        parent.replies.append(message.ts)
        message.parent_user_id = parent.user
    channel.last_read[message.user] = message.ts
    events.message_posted(workspace, channel, message)
    workspace.affects(_audience(channel))
    return message


def _add_late(workspace: WorkspaceState, message: Message) -> None:
    """As `add_message`, in its place among what was said meanwhile; nowhere, if its place is gone."""
    channel = workspace.channels.get(message.channel_id)
    if channel is None or (message.is_reply and message.thread_ts not in channel.messages):
        return
    later = [one for ts, one in channel.messages.items() if ts > message.ts]
    for one in later:
        del channel.messages[one.ts]
    add_message(workspace, message)
    channel.messages.update((one.ts, one) for one in later)
    if message.is_reply:
        channel.messages[str(message.thread_ts)].replies.sort()


def _audience(channel: Conversation) -> list[str] | None:
    return list(channel.members) if channel.is_private else None


def announce(
    workspace: WorkspaceState, channel: Conversation, user_id: str, subtype: str, text: str, **extra: str
) -> Message:
    """One of Slack's own lines in a channel: somebody joined, the topic changed."""
    ts = workspace.clock.next_ts()
    return add_message(workspace, Message(ts, channel.id, user_id, text, subtype=subtype, extra=dict(extra)))


def add_ephemeral(workspace: WorkspaceState, message: Message) -> Message:
    """A message only `ephemeral_for` sees, without history and without an event."""
    workspace.channels[message.channel_id].ephemerals.append(message)
    workspace.affects([str(message.ephemeral_for)])
    return message


def tell_privately(workspace: WorkspaceState, user_id: str, channel: Conversation, text: str) -> None:
    """Slackbot says something only this person sees."""
    message = Message(workspace.clock.next_ts(), channel.id, SLACKBOT, text, ephemeral_for=user_id)
    add_ephemeral(workspace, message)


# By people


def say_message(
    workspace: WorkspaceState,
    author: WorkspaceUser,
    channel: Conversation,
    text: str,
    *,
    thread: str | Message | None,
    files: Iterable[tuple[str, bytes]],
    broadcast: bool,
) -> Message:
    """See `Person.says`."""
    require_writable(author, channel)
    uploaded = [uploads.upload_by_person(workspace, author, channel, name, content) for name, content in files]
    if not text.strip() and not uploaded:
        raise Forbidden("there is nothing to send")
    message = _composed(workspace, author, channel, text)
    message.files = uploaded
    message.thread_ts = _thread_of(channel, thread)
    if uploaded:
        message.subtype = "file_share"
    elif broadcast and message.thread_ts:
        message.subtype = "thread_broadcast"
    add_message(workspace, message)
    for file in uploaded:
        events.file_shared(workspace, channel, file.id, author.id)
    return message


def _composed(workspace: WorkspaceState, author: WorkspaceUser, channel: Conversation, text: str) -> Message:
    written = typed(workspace, text)
    return Message(
        workspace.clock.next_ts(),
        channel.id,
        author.id,
        written.text,
        blocks=written.blocks(workspace.ids.new_id("b")) if text else [],
        client_msg_id=str(uuid.uuid4()),
    )


def _thread_of(channel: Conversation, thread: str | Message | None) -> str | None:
    if thread is None:
        return None
    parent = thread if isinstance(thread, Message) else channel.messages.get(thread)
    if parent is None or parent.ephemeral_for or parent.is_deleted:
        raise Forbidden("there is no such message to reply to")
    return parent.thread_ts if parent.is_reply else parent.ts


def edit_message(workspace: WorkspaceState, author: WorkspaceUser, message: Message, text: str) -> None:
    """See `Person.edits`."""
    channel = workspace.channels[message.channel_id]
    require_writable(author, channel)
    _require_present(channel, message)
    if message.user != author.id or message.ephemeral_for or message.subtype == "tombstone":
        raise Forbidden("you can only edit your own messages")
    if not text.strip() and not message.files:
        raise Forbidden("an empty message can only be deleted")
    written = typed(workspace, text)
    change_message(workspace, message, author.id, text=written.text, blocks=written.blocks(workspace.ids.new_id("b")))


def _require_present(channel: Conversation, message: Message) -> None:
    if channel.messages.get(message.ts) is not message:
        raise Forbidden("that message is not there any more")


def change_message(workspace: WorkspaceState, message: Message, by: str, **fields: object) -> None:
    """Set a message's fields, mark it edited, and let the app and the people know."""
    if workspace.faults.puts_off(partial(_change_late, workspace, message, by, fields)):
        return
    channel = workspace.channels[message.channel_id]
    previous = message_json(workspace, message, metadata="type")
    for name, value in fields.items():
        setattr(message, name, value)
    message.edited = {"user": by, "ts": f"{workspace.clock.seconds()}.000000"}
    events.message_changed(workspace, channel, message, previous)
    workspace.affects(_audience(channel))


def _change_late(workspace: WorkspaceState, message: Message, by: str, fields: dict[str, object]) -> None:
    channel = workspace.channels.get(message.channel_id)
    if channel is not None and message.ts in channel.messages:
        change_message(workspace, message, by, **fields)


def preview_link(workspace: WorkspaceState, message: Message, title: str) -> None:
    """The preview of a link is added: a change of the message, with the same words and without an edit."""
    channel = workspace.channels[message.channel_id]
    _require_present(channel, message)
    previous = message_json(workspace, message, metadata="type")
    message.attachments = [{"id": 1, "title": title, "fallback": title}]
    events.message_changed(workspace, channel, message, previous)
    workspace.affects(_audience(channel))


def delete_by_person(workspace: WorkspaceState, author: WorkspaceUser, message: Message) -> None:
    """See `Person.deletes`."""
    channel = workspace.channels[message.channel_id]
    if message.ephemeral_for == author.id:
        dismiss_ephemeral(workspace, message)
        return
    _require_present(channel, message)
    if message.user != author.id and not author.is_admin:
        raise Forbidden("you can only delete your own messages")
    delete_message(workspace, message)


def dismiss_ephemeral(workspace: WorkspaceState, message: Message) -> None:
    """Take an ephemeral message away."""
    ephemerals = workspace.channels[message.channel_id].ephemerals
    if message in ephemerals:
        ephemerals.remove(message)
    message.is_deleted = True
    workspace.affects([str(message.ephemeral_for)])


def delete_message(workspace: WorkspaceState, message: Message) -> None:
    """Delete; the first message of a thread with replies leaves a tombstone until the last reply is gone."""
    if workspace.faults.puts_off(partial(_delete_late, workspace, message)):
        return
    channel = workspace.channels[message.channel_id]
    previous = message_json(workspace, message, metadata="type")
    if message.replies:
        _entomb(message)
        events.message_changed(workspace, channel, message, previous)
    else:
        _remove(workspace, channel, message, previous)
    workspace.affects(_audience(channel))


def _delete_late(workspace: WorkspaceState, message: Message) -> None:
    channel = workspace.channels.get(message.channel_id)
    if channel is not None and message.ts in channel.messages:
        delete_message(workspace, message)


def _entomb(message: Message) -> None:
    message.subtype, message.user, message.text = "tombstone", SLACKBOT, "This message was deleted."
    message.blocks, message.attachments, message.files = [], [], []
    message.reactions, message.metadata, message.edited = {}, None, None
    message.bot_id = message.client_msg_id = ""


def _remove(workspace: WorkspaceState, channel: Conversation, message: Message, previous: Json) -> None:
    del channel.messages[message.ts]
    message.is_deleted = True
    events.message_deleted(workspace, channel, previous)
    parent = channel.messages.get(str(message.thread_ts)) if message.is_reply else None
    if parent is None:
        return
    parent.replies.remove(message.ts)
    if parent.subtype == "tombstone" and not parent.replies:
        _remove(workspace, channel, parent, message_json(workspace, parent))


def toggle_reaction(workspace: WorkspaceState, author: WorkspaceUser, message: Message, name: str) -> None:
    """See `Person.reacts`."""
    channel = workspace.channels[message.channel_id]
    require_writable(author, channel)
    _require_present(channel, message)
    is_there = author.id in message.reactions.get(name, [])
    set_reaction(workspace, message, name, author.id, present=not is_there)


def set_reaction(workspace: WorkspaceState, message: Message, name: str, user_id: str, *, present: bool) -> None:
    channel = workspace.channels[message.channel_id]
    people = message.reactions.setdefault(name, [])
    if present:
        people.append(user_id)
    else:
        people.remove(user_id)
    if not people:
        del message.reactions[name]
    events.reaction_changed(workspace, channel, message, name, user_id, added=present)
    workspace.affects(_audience(channel))
