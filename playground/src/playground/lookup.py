"""Finding what the app asks for, as far as the app may know of it."""

from __future__ import annotations

from playground.channels import direct_conversation
from playground.model import ApiError, Conversation, Message, WorkspaceUser
from playground.state import WorkspaceState


def find_visible(workspace: WorkspaceState, channel_id: str) -> Conversation | None:
    """A channel the app can know of: public ones and its own; others do not exist for it."""
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and workspace.bot.id not in channel.members):
        return None
    return channel


def need_channel(workspace: WorkspaceState, channel_id: str) -> Conversation:
    channel = find_visible(workspace, channel_id)
    if channel is None:
        raise ApiError("channel_not_found")
    return channel


def need_own_channel(workspace: WorkspaceState, channel_id: str) -> Conversation:
    """A channel the app is in."""
    channel = need_channel(workspace, channel_id)
    if workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def need_writable(workspace: WorkspaceState, channel_id: str) -> Conversation:
    """A channel the app can post in."""
    channel = need_own_channel(workspace, channel_id)
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def need_user(workspace: WorkspaceState, user_id: str) -> WorkspaceUser:
    user = workspace.users.get(user_id)
    if user is None:
        raise ApiError("user_not_found")
    return user


def need_message(channel: Conversation, ts: str) -> Message:
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    return message


def open_direct(workspace: WorkspaceState, *user_ids: str) -> Conversation:
    """The app's one conversation with exactly these people."""
    for user in [need_user(workspace, user_id) for user_id in user_ids]:
        if user.is_deleted:
            raise ApiError("user_disabled")
        if user.is_bot:
            raise ApiError("cannot_dm_bot")
    return direct_conversation(workspace, [workspace.bot.id, *user_ids])
