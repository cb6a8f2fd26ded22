"""Channels: making, joining, inviting, leaving, naming, archiving. Rules raise Slack's error names."""

from __future__ import annotations

import re

from playground import events, messages
from playground.model import ApiError, Conversation, Forbidden, WorkspaceUser
from playground.permissions import refused_in_plain_words, require_writable
from playground.state import WorkspaceState

# Rules shared by people and the app


def check_channel_name(workspace: WorkspaceState, name: str) -> None:
    """Slack's rules for names: lower case letters, digits, hyphens and underscores, at most 80, unique."""
    if not name:
        raise ApiError("invalid_name_required")
    if len(name) > 80:
        raise ApiError("invalid_name_maxlength")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise ApiError("invalid_name_specials")
    if any(channel.name == name for channel in workspace.channels.values()):
        raise ApiError("name_taken")


def create_channel(workspace: WorkspaceState, creator: WorkspaceUser, name: str, *, private: bool) -> Conversation:
    check_channel_name(workspace, name)
    now = workspace.clock.seconds()
    channel_id = workspace.ids.new_id("C0")
    channel = Conversation(channel_id, "group" if private else "channel", name, creator.id, now, updated=now)
    workspace.channels[channel.id] = channel
    channel.members.append(creator.id)
    if not private:
        events.channel_changed(workspace, channel, "created", creator.id)
    messages.announce(workspace, channel, creator.id, "channel_join", f"<@{creator.id}> has joined the channel")
    workspace.affects(None)
    return channel


def direct_conversation(workspace: WorkspaceState, user_ids: list[str]) -> Conversation:
    """The one conversation of exactly these accounts; two make an im, more an mpim."""
    wanted = list(dict.fromkeys(user_ids))
    for channel in workspace.channels.values():
        if channel.is_direct and set(channel.members) == set(wanted):
            return channel
    is_pair = len(wanted) <= 2
    prefix = "D0" if is_pair else "C0"
    name = "" if is_pair else "mpdm-" + "--".join(workspace.users[u].name.lower() for u in wanted) + "-1"
    now = workspace.clock.seconds()
    channel = Conversation(
        workspace.ids.new_id(prefix), "im" if is_pair else "mpim", name, wanted[0], now, members=wanted
    )
    workspace.channels[channel.id] = channel
    workspace.affects(wanted)
    return channel


def add_member(workspace: WorkspaceState, channel: Conversation, user_id: str, *, inviter: str | None = None) -> None:
    """Somebody comes in; the channel says so and the app hears it."""
    channel.members.append(user_id)
    channel.is_external = channel.is_external or workspace.users[user_id].is_external
    extra = {"inviter": inviter} if inviter else {}
    messages.announce(workspace, channel, user_id, "channel_join", f"<@{user_id}> has joined the channel", **extra)
    events.membership_changed(workspace, channel, user_id, joined=True, inviter=inviter)
    workspace.affects(None)


def check_invitable(workspace: WorkspaceState, channel: Conversation, inviter: str, user_id: str) -> None:
    user = workspace.users.get(user_id)
    if user is None:
        raise ApiError("user_not_found")
    if user_id == inviter:
        raise ApiError("cant_invite_self")
    if user_id in channel.members:
        raise ApiError("already_in_channel")
    if user.is_deleted:
        raise ApiError("cant_invite")


def remove_member(workspace: WorkspaceState, channel: Conversation, user_id: str, *, by: str | None = None) -> None:
    """Somebody goes or is taken out; when it is the app, it hears `channel_left` or `group_left`."""
    if user_id not in channel.members:
        raise Forbidden("that person is not in the channel")
    is_app = user_id == workspace.bot.id
    if not is_app:
        events.membership_changed(workspace, channel, user_id, joined=False)
    channel.members.remove(user_id)
    messages.announce(workspace, channel, user_id, "channel_leave", f"<@{user_id}> has left the channel")
    if is_app:
        events.channel_changed(workspace, channel, "left", by or user_id)
    workspace.affects(None)


def rename_channel(workspace: WorkspaceState, channel: Conversation, name: str, by: str) -> None:
    check_channel_name(workspace, name)
    old, channel.name = channel.name, name
    channel.previous_names.insert(0, old)
    channel.updated = workspace.clock.seconds()
    text = f'has renamed the channel from "{old}" to "{name}"'
    messages.announce(workspace, channel, by, "channel_name", text, old_name=old, name=name)
    events.channel_changed(workspace, channel, "rename", by)
    workspace.affects(None)


def set_topic(workspace: WorkspaceState, channel: Conversation, topic: str, by: str) -> None:
    channel.topic = {"value": topic, "creator": by, "last_set": workspace.clock.seconds()}
    messages.announce(workspace, channel, by, "channel_topic", f"set the channel topic: {topic}", topic=topic)


def set_purpose(workspace: WorkspaceState, channel: Conversation, purpose: str, by: str) -> None:
    channel.purpose = {"value": purpose, "creator": by, "last_set": workspace.clock.seconds()}
    text = f"set the channel description: {purpose}"
    messages.announce(workspace, channel, by, "channel_purpose", text, purpose=purpose)


def archive_channel(workspace: WorkspaceState, channel: Conversation, by: str) -> None:
    if channel.is_archived:
        raise ApiError("already_archived")
    messages.announce(workspace, channel, by, "channel_archive", f"<@{by}> archived the channel")
    channel.is_archived = True
    events.channel_changed(workspace, channel, "archive", by)
    workspace.affects(None)


def unarchive_channel(workspace: WorkspaceState, channel: Conversation, by: str) -> None:
    channel.is_archived = False
    messages.announce(workspace, channel, by, "channel_unarchive", f"<@{by}> un-archived the channel")
    events.channel_changed(workspace, channel, "unarchive", by)
    workspace.affects(None)


def delete_channel(workspace: WorkspaceState, channel: Conversation, by: str) -> None:
    """A channel disappears for good, with all that was said in it."""
    events.channel_changed(workspace, channel, "deleted", by)
    del workspace.channels[channel.id]
    workspace.affects(None)


# By people


def create_by_person(workspace: WorkspaceState, user: WorkspaceUser, name: str, *, private: bool) -> Conversation:
    if user.is_guest or user.is_external:
        raise Forbidden("guests cannot make channels")
    with refused_in_plain_words():
        return create_channel(workspace, user, name, private=private)


def join_by_person(workspace: WorkspaceState, user: WorkspaceUser, channel: Conversation) -> None:
    if channel.is_private or user.is_guest or user.is_external:
        raise Forbidden("you can only come in when somebody invites you")
    if channel.is_archived or user.id in channel.members:
        raise Forbidden("the channel is archived" if channel.is_archived else "you are in the channel already")
    add_member(workspace, channel, user.id)


def invite_by_person(workspace: WorkspaceState, user: WorkspaceUser, channel: Conversation, who: WorkspaceUser) -> None:
    require_writable(user, channel)
    if channel.is_direct:
        raise Forbidden("nobody can be added to a direct conversation; start a new one")
    with refused_in_plain_words():
        check_invitable(workspace, channel, user.id, who.id)
    add_member(workspace, channel, who.id, inviter=user.id)


def rename_by_person(workspace: WorkspaceState, user: WorkspaceUser, channel: Conversation, name: str) -> None:
    require_writable(user, channel)
    with refused_in_plain_words():
        rename_channel(workspace, channel, name, user.id)
