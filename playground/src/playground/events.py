"""Events for the app: when it receives them, and their exact shape."""

from __future__ import annotations

from playground import delivery
from playground.model import Conversation, Json, Message, View, WorkspaceUser
from playground.payloads import message_json, thread_summary, user_json, view_json
from playground.scopes import EVENT_SCOPES
from playground.state import WorkspaceState

_MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def emit_event(workspace: WorkspaceState, subscription: str, event: Json, channel: Conversation | None = None) -> None:
    """Send `event` to the app if it subscribed and its scopes allow it."""
    scope = EVENT_SCOPES[subscription]
    if channel is not None and channel.is_private and scope == "channels:read":
        scope = "groups:read"
    if subscription in workspace.subscribed_events and (scope is None or scope in workspace.scopes):
        delivery.send_event(workspace, _callback(workspace, event, channel))


def _callback(workspace: WorkspaceState, event: Json, channel: Conversation | None) -> Json:
    place = channel.id if channel else workspace.bot.app_id
    return {
        "token": "verification-token",
        "team_id": workspace.team_id,
        "api_app_id": workspace.bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.ids.new_id("Ev"),
        "event_time": workspace.clock.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_external),
        "event_context": f"1-{event['type']}-{workspace.team_id}-{place}",
    }


def _hears(workspace: WorkspaceState, channel: Conversation) -> bool:
    return workspace.bot.id in channel.members


# Messages


def message_posted(workspace: WorkspaceState, channel: Conversation, message: Message) -> None:
    """`message`, and `app_mention` when the app is named in a channel."""
    if not _hears(workspace, channel):
        return
    body = _inner_message(workspace, message)
    if message.subtype == "thread_broadcast":
        body["root"] = _root(workspace, channel, message)
        # Slack's broadcast replies carry their whole root and neither of these.
        del body["team"], body["parent_user_id"]
    _emit_message(workspace, channel, body | {"event_ts": message.ts})
    is_by_person = not message.bot_id and message.subtype in (None, "file_share", "thread_broadcast")
    if is_by_person and f"<@{workspace.bot.id}>" in message.text and not channel.is_direct:
        _emit_mention(workspace, channel, body, message.ts)


def _inner_message(workspace: WorkspaceState, message: Message) -> Json:
    body = message_json(workspace, message, metadata="type")
    if message.subtype == "file_share":
        body.pop("team", None)
    for only_in_history in ("reactions", "reply_count", "reply_users_count", "latest_reply", "reply_users"):
        body.pop(only_in_history, None)
    return body


def _root(workspace: WorkspaceState, channel: Conversation, message: Message) -> Json:
    root = channel.messages[str(message.thread_ts)]
    return _inner_message(workspace, root) | thread_summary(workspace, root)


def _emit_mention(workspace: WorkspaceState, channel: Conversation, body: Json, ts: str) -> None:
    kept = ("client_msg_id", "text", "user", "ts", "team", "blocks", "thread_ts")
    mention = {"type": "app_mention", "team": workspace.users[str(body["user"])].team_id} | {
        key: body[key] for key in kept if key in body
    }
    emit_event(workspace, "app_mention", mention | {"channel": channel.id, "event_ts": ts}, channel)


def _emit_message(workspace: WorkspaceState, channel: Conversation, body: Json) -> None:
    event = body | {"channel": channel.id, "channel_type": channel.kind}
    emit_event(workspace, _MESSAGE_EVENTS[channel.kind], event, channel)


def message_changed(workspace: WorkspaceState, channel: Conversation, message: Message, previous: Json) -> None:
    """`message_changed` carries the message as it is now and as it was."""
    if _hears(workspace, channel):
        body = {"message": message_json(workspace, message, metadata="type"), "previous_message": previous}
        _emit_message(workspace, channel, _hidden(workspace, "message_changed", body))


def message_deleted(workspace: WorkspaceState, channel: Conversation, previous: Json) -> None:
    """`message_deleted` says what was deleted, and not by whom."""
    if _hears(workspace, channel):
        body = {"previous_message": previous, "deleted_ts": previous["ts"]}
        _emit_message(workspace, channel, _hidden(workspace, "message_deleted", body))


def _hidden(workspace: WorkspaceState, subtype: str, body: Json) -> Json:
    ts = workspace.clock.next_ts()
    return {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, "event_ts": ts} | body


def reaction_changed(
    workspace: WorkspaceState, channel: Conversation, message: Message, name: str, user_id: str, *, added: bool
) -> None:
    if not _hears(workspace, channel):
        return
    kind = "reaction_added" if added else "reaction_removed"
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event = {"type": kind, "user": user_id, "reaction": name, "item": item, "item_user": message.user}
    emit_event(workspace, kind, event | {"event_ts": workspace.clock.next_ts()}, channel)


# Channels and people


def membership_changed(
    workspace: WorkspaceState, channel: Conversation, user_id: str, *, joined: bool, inviter: str | None = None
) -> None:
    """`member_joined_channel` or `member_left_channel`, for channels the app is in."""
    if not _hears(workspace, channel) or channel.is_direct:
        return
    kind = "member_joined_channel" if joined else "member_left_channel"
    event: Json = {
        "type": kind,
        "user": user_id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": workspace.users[user_id].team_id,
    }
    event |= {"inviter": inviter} if inviter else {}
    emit_event(workspace, kind, event | {"event_ts": workspace.clock.next_ts()}, channel)


def channel_changed(workspace: WorkspaceState, channel: Conversation, what: str, by: str) -> None:
    """`channel_archive`, `…_unarchive`, `…_rename`, `…_created`, `…_deleted`, `…_left`, and their `group_` twins."""
    if channel.is_private and not _hears(workspace, channel) and what != "left":
        return
    prefix = "group" if channel.is_private else "channel"
    body = _channel_body(channel, what, by)
    emit_event(
        workspace,
        f"{prefix}_{what}",
        {"type": f"{prefix}_{what}"} | body | {"event_ts": workspace.clock.next_ts()},
        channel,
    )


def _channel_body(channel: Conversation, what: str, by: str) -> Json:
    short = {"id": channel.id, "name": channel.name, "name_normalized": channel.name, "created": channel.created}
    if what == "rename":
        return {"channel": short | {"is_channel": not channel.is_private, "is_mpim": False}}
    if what == "created":
        return {"channel": short | {"is_channel": True, "creator": channel.creator, "is_shared": False}}
    names_actor = what in ("left", "deleted") or (what == "unarchive" and channel.is_private)
    return {"channel": channel.id} | ({"actor_id": by} if names_actor else {"user": by})


def channel_shared(workspace: WorkspaceState, channel: Conversation, team_id: str) -> None:
    event = {"type": "channel_shared", "connected_team_id": team_id, "channel": channel.id}
    emit_event(workspace, "channel_shared", event | {"event_ts": workspace.clock.next_ts()}, channel)


def channel_unshared(workspace: WorkspaceState, channel: Conversation, team_id: str) -> None:
    event: Json = {"type": "channel_unshared", "previously_connected_team_id": team_id, "channel": channel.id}
    event |= {"is_ext_shared": channel.is_external, "event_ts": workspace.clock.next_ts()}
    emit_event(workspace, "channel_unshared", event, channel)


def channel_id_changed(workspace: WorkspaceState, channel: Conversation, old_id: str) -> None:
    if _hears(workspace, channel):
        event = {"type": "channel_id_changed", "old_channel_id": old_id, "new_channel_id": channel.id}
        emit_event(workspace, "channel_id_changed", event | {"event_ts": workspace.clock.next_ts()}, channel)


def team_join(workspace: WorkspaceState, user: WorkspaceUser) -> None:
    emit_event(workspace, "team_join", _about_user(workspace, "team_join", user))


def user_change(workspace: WorkspaceState, user: WorkspaceUser) -> None:
    event = _about_user(workspace, "user_change", user)
    emit_event(workspace, "user_change", event | {"cache_ts": workspace.clock.seconds()})


def _about_user(workspace: WorkspaceState, kind: str, user: WorkspaceUser) -> Json:
    return {"type": kind, "user": user_json(workspace, user, with_locale=True)}


def app_home_opened(workspace: WorkspaceState, user_id: str, channel: Conversation, view: View | None) -> None:
    """`app_home_opened`; it carries the view only where one was published."""
    event: Json = {"type": "app_home_opened", "user": user_id, "channel": channel.id, "tab": "home"}
    event |= {"view": view_json(workspace, view)} if view else {}
    emit_event(workspace, "app_home_opened", event | {"event_ts": workspace.clock.next_ts()})


def file_shared(workspace: WorkspaceState, channel: Conversation, file_id: str, user_id: str) -> None:
    if _hears(workspace, channel):
        body = {"file_id": file_id, "user_id": user_id, "file": {"id": file_id}, "channel_id": channel.id}
        emit_event(
            workspace, "file_shared", {"type": "file_shared"} | body | {"event_ts": workspace.clock.next_ts()}, channel
        )


# The app itself


def app_uninstalled(workspace: WorkspaceState) -> None:
    """`tokens_revoked` and `app_uninstalled`, in the order in which Slack sends them."""
    emit_event(
        workspace, "tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.bot.id]}}
    )
    emit_event(workspace, "app_uninstalled", {"type": "app_uninstalled"})
