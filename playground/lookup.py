"""Finding what the app asks for, as far as the app may know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.model import Channel, Message, SlackError, User

if TYPE_CHECKING:
    from playground.workspace import Workspace


def find_visible(workspace: Workspace, channel_id: str) -> Channel | None:
    """A channel the app can know of: public ones and its own; others do not exist for it."""
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and workspace.bot.id not in channel.members):
        return None
    return channel


def need_channel(workspace: Workspace, channel_id: str) -> Channel:
    channel = find_visible(workspace, channel_id)
    if channel is None:
        raise SlackError("channel_not_found")
    return channel


def need_own_channel(workspace: Workspace, channel_id: str) -> Channel:
    """A channel the app is in."""
    channel = need_channel(workspace, channel_id)
    if workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def need_writable(workspace: Workspace, channel_id: str) -> Channel:
    """A channel the app can post in."""
    channel = need_own_channel(workspace, channel_id)
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def need_user(workspace: Workspace, user_id: str) -> User:
    user = workspace.users.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    return user


def need_message(channel: Channel, ts: str) -> Message:
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    return message


def open_direct(workspace: Workspace, *user_ids: str) -> Channel:
    """The app's one conversation with exactly these people."""
    for user in [need_user(workspace, user_id) for user_id in user_ids]:
        if user.is_deleted:
            raise SlackError("user_disabled")
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
    return workspace.direct_channel([workspace.bot.id, *user_ids])
