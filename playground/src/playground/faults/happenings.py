"""What happens to places, people and sockets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from playground import accounts, channels, messages, places
from playground.faults.kinds import Fault
from playground.model import Conversation
from playground.state import WorkspaceState

OTHER_TEAM = "T0ELSEWHERE"


def happen(workspace: WorkspaceState, kind: Fault, channel: str, value: str) -> bool:
    """Let it happen; `channel` is an id or a name. False where it is so already, or nowhere."""
    if kind in _TO_SOCKETS:
        for listener in list(workspace.link_listeners):
            listener(_TO_SOCKETS[kind])
        return True
    with workspace.changing():
        if kind in _TO_PEOPLE:
            return _account_is(workspace, value, is_deleted=_TO_PEOPLE[kind])
        found = _find(workspace, channel)
        return found is not None and _TO_PLACES[kind](workspace, found, value)


_TO_SOCKETS = {Fault.SOCKET_REFRESH: "refresh_requested", Fault.SOCKET_CLOSED: "closed"}
_TO_PEOPLE = {Fault.DEACTIVATED: True, Fault.REACTIVATED: False}


def _find(workspace: WorkspaceState, channel: str) -> Conversation | None:
    """The channel with this name or id, also an id that it had before."""
    with suppress(KeyError):
        return accounts.find_channel(workspace, channel)
    return next((one for one in workspace.channels.values() if channel in one.former_ids), None)


def _account_is(workspace: WorkspaceState, name: str, *, is_deleted: bool) -> bool:
    try:
        user = accounts.find_account(workspace, name)
    except KeyError:
        return False
    if user.is_deleted is is_deleted:
        return False
    accounts.change_account(workspace, user, is_deleted=is_deleted)
    return True


def _somebody(workspace: WorkspaceState, channel: Conversation) -> str:
    """Whoever does it: a person of the channel, or else of the workspace."""
    people = [user.id for user in workspace.users.values() if not user.is_bot]
    return next((one for one in channel.members if one in people), people[0] if people else workspace.bot.id)


def _archived(workspace: WorkspaceState, channel: Conversation, _: str) -> bool:
    if channel.is_archived or channel.is_direct:
        return False
    channels.archive_channel(workspace, channel, _somebody(workspace, channel))
    return True


def _unarchived(workspace: WorkspaceState, channel: Conversation, _: str) -> bool:
    if not channel.is_archived:
        return False
    channels.unarchive_channel(workspace, channel, _somebody(workspace, channel))
    return True


def _removed(workspace: WorkspaceState, channel: Conversation, _: str, *, is_said: bool) -> bool:
    if workspace.bot.id not in channel.members or channel.is_direct:
        return False
    if is_said:
        channels.remove_member(workspace, channel, workspace.bot.id, by=_somebody(workspace, channel))
    else:
        channel.members.remove(workspace.bot.id)
        workspace.affects(None)
    return True


def _asked_back(workspace: WorkspaceState, channel: Conversation, _: str) -> bool:
    if workspace.bot.id in channel.members or channel.is_archived:
        return False
    channels.add_member(workspace, channel, workspace.bot.id, inviter=_somebody(workspace, channel))
    return True


def _deleted(workspace: WorkspaceState, channel: Conversation, _: str) -> bool:
    channels.delete_channel(workspace, channel, _somebody(workspace, channel))
    return True


def _made_private(workspace: WorkspaceState, channel: Conversation, _: str) -> bool:
    if channel.is_private:
        return False
    places.make_private(workspace, channel, _somebody(workspace, channel))
    return True


def _id_changed(workspace: WorkspaceState, channel: Conversation, _: str) -> bool:
    places.change_channel_id(workspace, channel)
    return True


def _shared(workspace: WorkspaceState, channel: Conversation, team: str) -> bool:
    return places.share_channel(workspace, channel, team or OTHER_TEAM)


def _unshared(workspace: WorkspaceState, channel: Conversation, team: str) -> bool:
    return places.unshare_channel(workspace, channel, team or OTHER_TEAM)


def _preview(workspace: WorkspaceState, channel: Conversation, ts: str) -> bool:
    message = channel.messages.get(ts)
    if message is None:
        return False
    messages.preview_link(workspace, message, "A page on the web")
    return True


_TO_PLACES: dict[Fault, Callable[[WorkspaceState, Conversation, str], bool]] = {
    Fault.ARCHIVED: _archived,
    Fault.UNARCHIVED: _unarchived,
    Fault.BOT_REMOVED: partial(_removed, is_said=True),
    Fault.BOT_REMOVED_UNSAID: partial(_removed, is_said=False),
    Fault.BOT_ASKED_BACK: _asked_back,
    Fault.ID_CHANGED: _id_changed,
    Fault.DELETED: _deleted,
    Fault.MADE_PRIVATE: _made_private,
    Fault.SHARED: _shared,
    Fault.UNSHARED: _unshared,
    Fault.LINK_PREVIEW: _preview,
}
