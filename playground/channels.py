"""Channels: making, joining, inviting, leaving, naming, archiving. Rules raise Slack's error names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playground import events, messages
from playground.model import Channel, Forbidden, SlackError, User

if TYPE_CHECKING:
    from playground.workspace import Workspace

_PLAIN_REASONS = {
    "name_taken": "there is already a channel with that name",
    "already_in_channel": "that person is already in the channel",
    "is_archived": "the channel is archived",
    "already_archived": "the channel is archived already",
    "cant_invite_self": "you cannot invite yourself",
    "invalid_name_specials": "names are lower case, without spaces or punctuation",
    "invalid_name_maxlength": "the name is too long",
    "invalid_name_required": "the channel needs a name",
    "not_in_channel": "that person is not in the channel",
}


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except SlackError as error:
        raise Forbidden(_PLAIN_REASONS.get(error.code, error.code)) from error


def require_member(user: User, channel: Channel) -> None:
    """Forbidden for whoever is not in the channel."""
    if user.is_deleted:
        raise Forbidden("your account is closed")
    if user.id not in channel.members:
        raise Forbidden(f"you are not in {channel.name or 'that conversation'}")


def require_writable(user: User, channel: Channel) -> None:
    require_member(user, channel)
    if channel.is_archived:
        raise Forbidden(f"{channel.name} is archived")


# Rules shared by people and the app


def check_name(workspace: Workspace, name: str) -> None:
    """Slack's rules for names: lower case letters, digits, hyphens and underscores, at most 80, unique."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if any(channel.name == name for channel in workspace.channels.values()):
        raise SlackError("name_taken")


def create(workspace: Workspace, creator: User, name: str, *, private: bool) -> Channel:
    check_name(workspace, name)
    now = workspace.clock.seconds()
    channel_id = workspace.ids.new("C0")
    channel = Channel(channel_id, "group" if private else "channel", name, creator.id, now, updated=now)
    workspace.channels[channel.id] = channel
    channel.members.append(creator.id)
    if not private:
        events.channel_life(workspace, channel, "created", creator.id)
    messages.announce(workspace, channel, creator.id, "channel_join", f"<@{creator.id}> has joined the channel")
    workspace.affects(None)
    return channel


def direct(workspace: Workspace, user_ids: list[str]) -> Channel:
    """The one conversation of exactly these accounts; two make an im, more an mpim."""
    wanted = list(dict.fromkeys(user_ids))
    for channel in workspace.channels.values():
        if channel.is_direct and set(channel.members) == set(wanted):
            return channel
    is_pair = len(wanted) <= 2
    prefix = "D0" if is_pair else "C0"
    name = "" if is_pair else "mpdm-" + "--".join(workspace.users[u].name.lower() for u in wanted) + "-1"
    now = workspace.clock.seconds()
    channel = Channel(workspace.ids.new(prefix), "im" if is_pair else "mpim", name, wanted[0], now, members=wanted)
    workspace.channels[channel.id] = channel
    workspace.affects(wanted)
    return channel


def add_member(workspace: Workspace, channel: Channel, user_id: str, *, inviter: str | None = None) -> None:
    """Somebody comes in; the channel says so and the app hears it."""
    channel.members.append(user_id)
    channel.is_external = channel.is_external or workspace.users[user_id].is_external
    extra = {"inviter": inviter} if inviter else {}
    messages.announce(workspace, channel, user_id, "channel_join", f"<@{user_id}> has joined the channel", **extra)
    events.membership(workspace, channel, user_id, joined=True, inviter=inviter)
    workspace.affects(None)


def check_invitable(workspace: Workspace, channel: Channel, inviter: str, user_id: str) -> None:
    user = workspace.users.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    if user_id == inviter:
        raise SlackError("cant_invite_self")
    if user_id in channel.members:
        raise SlackError("already_in_channel")
    if user.is_deleted:
        raise SlackError("cant_invite")


def remove(workspace: Workspace, channel: Channel, user_id: str, *, by: str | None = None) -> None:
    """Somebody goes or is taken out; when it is the app, it hears `channel_left` or `group_left`."""
    if user_id not in channel.members:
        raise Forbidden("that person is not in the channel")
    is_app = user_id == workspace.bot.id
    if not is_app:
        events.membership(workspace, channel, user_id, joined=False)
    channel.members.remove(user_id)
    messages.announce(workspace, channel, user_id, "channel_leave", f"<@{user_id}> has left the channel")
    if is_app:
        events.channel_life(workspace, channel, "left", by or user_id)
    workspace.affects(None)


def rename(workspace: Workspace, channel: Channel, name: str, by: str) -> None:
    check_name(workspace, name)
    old, channel.name = channel.name, name
    channel.previous_names.insert(0, old)
    channel.updated = workspace.clock.seconds()
    text = f'has renamed the channel from "{old}" to "{name}"'
    messages.announce(workspace, channel, by, "channel_name", text, old_name=old, name=name)
    events.channel_life(workspace, channel, "rename", by)
    workspace.affects(None)


def set_topic(workspace: Workspace, channel: Channel, topic: str, by: str) -> None:
    channel.topic = {"value": topic, "creator": by, "last_set": workspace.clock.seconds()}
    messages.announce(workspace, channel, by, "channel_topic", f"set the channel topic: {topic}", topic=topic)


def set_purpose(workspace: Workspace, channel: Channel, purpose: str, by: str) -> None:
    channel.purpose = {"value": purpose, "creator": by, "last_set": workspace.clock.seconds()}
    text = f"set the channel description: {purpose}"
    messages.announce(workspace, channel, by, "channel_purpose", text, purpose=purpose)


def archive(workspace: Workspace, channel: Channel, by: str) -> None:
    if channel.is_archived:
        raise SlackError("already_archived")
    messages.announce(workspace, channel, by, "channel_archive", f"<@{by}> archived the channel")
    channel.is_archived = True
    events.channel_life(workspace, channel, "archive", by)
    workspace.affects(None)


def unarchive(workspace: Workspace, channel: Channel, by: str) -> None:
    channel.is_archived = False
    messages.announce(workspace, channel, by, "channel_unarchive", f"<@{by}> un-archived the channel")
    events.channel_life(workspace, channel, "unarchive", by)
    workspace.affects(None)


def delete(workspace: Workspace, channel: Channel, by: str) -> None:
    """A channel disappears for good, with all that was said in it."""
    events.channel_life(workspace, channel, "deleted", by)
    del workspace.channels[channel.id]
    workspace.affects(None)


# By people


def create_by_person(workspace: Workspace, user: User, name: str, *, private: bool) -> Channel:
    if user.is_guest or user.is_external:
        raise Forbidden("guests cannot make channels")
    with _in_plain_words():
        return create(workspace, user, name, private=private)


def join_by_person(workspace: Workspace, user: User, channel: Channel) -> None:
    if channel.is_private or user.is_guest or user.is_external:
        raise Forbidden("you can only come in when somebody invites you")
    if channel.is_archived or user.id in channel.members:
        raise Forbidden("the channel is archived" if channel.is_archived else "you are in the channel already")
    add_member(workspace, channel, user.id)


def invite_by_person(workspace: Workspace, user: User, channel: Channel, who: User) -> None:
    require_writable(user, channel)
    if channel.is_direct:
        raise Forbidden("nobody can be added to a direct conversation; start a new one")
    with _in_plain_words():
        check_invitable(workspace, channel, user.id, who.id)
    add_member(workspace, channel, who.id, inviter=user.id)


def rename_by_person(workspace: Workspace, user: User, channel: Channel, name: str) -> None:
    require_writable(user, channel)
    with _in_plain_words():
        rename(workspace, channel, name, user.id)
