"""What may befall a whole channel: shared with another organisation, made private, given another id."""

from __future__ import annotations

from playground import events, messages
from playground.model import Conversation
from playground.state import WorkspaceState


def share_channel(workspace: WorkspaceState, channel: Conversation, team_id: str) -> bool:
    """People of another organisation can read along from now on; False if that one could already."""
    if team_id in channel.connected_teams:
        return False
    channel.connected_teams.append(team_id)
    channel.is_external = True
    events.channel_shared(workspace, channel, team_id)
    workspace.affects(None)
    return True


def unshare_channel(workspace: WorkspaceState, channel: Conversation, team_id: str) -> bool:
    """That organisation cannot read it any more; False if it could not."""
    if team_id not in channel.connected_teams:
        return False
    channel.connected_teams.remove(team_id)
    strangers = any(workspace.users[member].is_external for member in channel.members)
    channel.is_external = bool(channel.connected_teams) or strangers
    events.channel_unshared(workspace, channel, team_id)
    workspace.affects(None)
    return True


def make_private(workspace: WorkspaceState, channel: Conversation, by: str) -> None:
    """A public channel becomes private, under the same id."""
    channel.kind = "group"
    text = "made this channel *private*. Now, it can only be viewed or joined by invitation."
    messages.announce(workspace, channel, by, "channel_convert_to_private", text)
    workspace.affects(None)


def change_channel_id(workspace: WorkspaceState, channel: Conversation) -> str:
    """The same channel under another id, as when workspaces are joined; gives the new id."""
    old_id, channel.id = channel.id, workspace.ids.new_id("C0")
    channel.former_ids.append(old_id)
    workspace.channels = {one.id: one for one in workspace.channels.values()}
    for message in (*channel.messages.values(), *channel.ephemerals):
        message.channel_id = channel.id
    for file in workspace.files.values():
        file.channels = [channel.id if one == old_id else one for one in file.channels]
    events.channel_id_changed(workspace, channel, old_id)
    workspace.affects(None)
    return channel.id
