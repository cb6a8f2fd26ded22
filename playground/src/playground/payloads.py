"""The JSON of people, channels, messages, files and views, nested as Slack nests it."""

from __future__ import annotations

from playground.model import SLACKBOT, Conversation, File, Json, Message, View, WorkspaceUser
from playground.state import WorkspaceState
from playground.zones import zone_called


def user_json(workspace: WorkspaceState, user: WorkspaceUser, *, with_locale: bool = False) -> Json:
    """A user object, as in `users.info` and `user_change`; strangers of another workspace have no locale."""
    local = workspace.calendar().astimezone(zone_called(user.tz))
    offset = local.utcoffset()
    result: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name.lower(),
        "deleted": user.is_deleted,
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(user),
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.is_external:
        result["is_stranger"] = True
    elif with_locale:
        result["locale"] = user.locale
    return result


def _profile(user: WorkspaceUser) -> Json:
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": user.team_id,
    }
    if user.is_bot:
        profile |= {"api_app_id": user.app_id, "bot_id": user.bot_id, "always_active": False}
    return profile


def channel_json(workspace: WorkspaceState, channel: Conversation) -> Json:
    """A conversation object, as the app sees it."""
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
        "updated": channel.updated,
    }
    if channel.kind == "im":
        others = [member for member in channel.members if member != workspace.bot.id]
        return common | {"user": others[0], "is_user_deleted": workspace.users[others[0]].is_deleted, "priority": 0}
    return common | _named_channel(workspace, channel)


def _named_channel(workspace: WorkspaceState, channel: Conversation) -> Json:
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.is_private,
        "is_general": channel.is_general,
        "unlinked": 0,
        "is_shared": channel.is_external,
        "is_ext_shared": channel.is_external,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "creator": channel.creator,
        "shared_team_ids": sorted(
            {workspace.users[one].team_id for one in channel.members} | set(channel.connected_teams)
        ),
        "pending_connected_team_ids": [],
        "is_member": workspace.bot.id in channel.members,
        "topic": dict(channel.topic),
        "purpose": dict(channel.purpose),
        "previous_names": list(channel.previous_names),
    }


def message_json(workspace: WorkspaceState, message: Message, *, metadata: str = "all") -> Json:
    """A message as in history. `metadata`: "all", "type" (only its event_type) or "none"."""
    result: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    result |= {} if message.user == SLACKBOT else {"team": workspace.users[message.user].team_id}
    optional = {
        "subtype": message.subtype,
        "client_msg_id": message.client_msg_id,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "parent_user_id": message.parent_user_id,
        "edited": message.edited,
    }
    result |= {key: value for key, value in optional.items() if value} | message.extra
    result |= _bot_fields(workspace, message) | _thread_fields(workspace, message)
    if message.files:
        result |= {"files": [file_json(workspace, file) for file in message.files], "upload": False}
    if message.reactions:
        result["reactions"] = [{"name": n, "users": list(u), "count": len(u)} for n, u in message.reactions.items()]
    return result | _metadata_fields(message, metadata)


def _metadata_fields(message: Message, metadata: str) -> Json:
    if not message.metadata or metadata == "none":
        return {}
    shown = message.metadata if metadata == "all" else {"event_type": message.metadata["event_type"]}
    return {"metadata": shown}


def _bot_fields(workspace: WorkspaceState, message: Message) -> Json:
    if not message.bot_id:
        return {}
    return {"bot_id": message.bot_id, "app_id": workspace.bot.app_id, "bot_profile": bot_profile(workspace)}


def bot_profile(workspace: WorkspaceState) -> Json:
    bot = workspace.bot
    return {
        "id": bot.bot_id,
        "deleted": False,
        "name": bot.name,
        "updated": bot.updated,
        "app_id": bot.app_id,
        "icons": {f"image_{size}": f"{workspace.base_url}/icon_{size}.png" for size in (36, 48, 72)},
        "team_id": workspace.team_id,
    }


def _thread_fields(workspace: WorkspaceState, message: Message) -> Json:
    if message.subtype == "tombstone":
        return {"hidden": True, "parent_user_id": SLACKBOT} | thread_summary(workspace, message)
    return thread_summary(workspace, message) if message.replies else {}


def thread_summary(workspace: WorkspaceState, message: Message) -> Json:
    """What a thread's first message says about its replies."""
    channel = workspace.channels[message.channel_id]
    writers = list(dict.fromkeys(channel.messages[ts].user for ts in message.replies))
    return {
        "reply_count": len(message.replies),
        "reply_users_count": len(writers),
        "latest_reply": message.replies[-1] if message.replies else "0000000000.000000",
        "reply_users": writers,
        "is_locked": False,
        "subscribed": False,
    }


def file_json(workspace: WorkspaceState, file: File) -> Json:
    kind = file.name.rpartition(".")[2].lower()
    address = f"{workspace.base_url}/files-pri/{workspace.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": _MIME_TYPES.get(kind, "application/octet-stream"),
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "permalink": f"{workspace.base_url}/files/{file.user}/{file.id}/{file.name}",
        "has_rich_preview": False,
    }


_MIME_TYPES = {
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}


def view_json(workspace: WorkspaceState, view: View) -> Json:
    """A view object, as in `views.open` and `view_submission`."""
    given = view.payload
    result: Json = {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": given["type"],
        "blocks": given["blocks"],
        "private_metadata": given.get("private_metadata", ""),
        "callback_id": given.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": workspace.bot.app_id,
        "external_id": given.get("external_id", ""),
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot.bot_id,
    }
    return result


def permalink(workspace: WorkspaceState, channel_id: str, message: Message) -> str:
    link = f"{workspace.base_url}/archives/{channel_id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel_id}" if message.is_reply else link
