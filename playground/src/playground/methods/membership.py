"""conversations.*: inviting, joining, leaving and removing members."""

from __future__ import annotations

from playground import channels
from playground.args import ApiArguments
from playground.lookup import need_channel, need_own_channel, need_user
from playground.model import ApiError, Conversation, Json
from playground.payloads import channel_json
from playground.state import WorkspaceState
from playground.web_methods import web_method


@web_method("conversations.invite", scope="*:manage")
def conversations_invite(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Everybody named comes in, or nobody: one refusal refuses all, unless `force` is set."""
    channel = _open_named(need_own_channel(workspace, args.need("channel")))
    users = args.names("users")
    if not users:
        raise ApiError("no_user")
    errors = [found for user in users if (found := _refusal(workspace, channel, user))]
    refused = {error["user"] for error in errors}
    if errors and (not args.flag("force") or len(refused) == len(users)):
        raise ApiError(errors[0]["error"], errors=errors)
    for user in users:
        if user not in refused:
            channels.add_member(workspace, channel, user, inviter=workspace.bot.id)
    return {"channel": channel_json(workspace, channel)} | ({"errors": errors} if errors else {})


def _refusal(workspace: WorkspaceState, channel: Conversation, user: str) -> Json | None:
    try:
        channels.check_invitable(workspace, channel, workspace.bot.id, user)
    except ApiError as error:
        return {"ok": False, "error": error.code, "user": user}
    return None


def _open_named(channel: Conversation) -> Conversation:
    if channel.is_direct:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


@web_method("conversations.kick", scope="*:manage")
def conversations_kick(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = _open_named(need_own_channel(workspace, args.need("channel")))
    user = need_user(workspace, args.need("user"))
    if user.id == workspace.bot.id:
        raise ApiError("cant_kick_self")
    if user.id not in channel.members:
        raise ApiError("not_in_channel")
    channels.remove_member(workspace, channel, user.id, by=workspace.bot.id)
    return {"errors": {}}


@web_method("conversations.join", scope="channels:join")
def conversations_join(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = need_channel(workspace, args.need("channel"))
    if channel.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if workspace.bot.id in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": channel_json(workspace, channel)} | warning
    channels.add_member(workspace, channel, workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


@web_method("conversations.leave", scope="*:manage")
def conversations_leave(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = _open_named(need_channel(workspace, args.need("channel")))
    if workspace.bot.id not in channel.members:
        return {"not_in_channel": True}
    if channel.members == [workspace.bot.id]:
        raise ApiError("last_member")
    channels.remove_member(workspace, channel, workspace.bot.id)
    return {}
