"""What an app may do that was installed without a manifest, and the scope that each event needs."""

from __future__ import annotations

DEFAULT_SCOPES = (
    "chat:write",
    "commands",
    "channels:history",
    "channels:read",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:write",
    "users:read",
    "reactions:read",
    "files:write",
    "app_mentions:read",
    "usergroups:read",
)

# Event subscriptions and the scope each one needs (None: no scope).
EVENT_SCOPES: dict[str, str | None] = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "app_home_opened": None,
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "channel_created": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_rename": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "app_uninstalled": None,
    "tokens_revoked": None,
    "user_change": "users:read",
    "team_join": "users:read",
    "file_shared": "files:read",
}
