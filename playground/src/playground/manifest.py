"""Installing an app by its manifest (docs.slack.dev/reference/app-manifest)."""

from __future__ import annotations

from playground.model import Json
from playground.state import WorkspaceState


def app_name_of(app_manifest: Json) -> str:
    """The name that people see; KeyError when the manifest gives none."""
    return str(app_manifest["display_information"]["name"])


def install_app(workspace: WorkspaceState, app_manifest: Json) -> None:
    """Take over what a manifest asks for: bot scopes, bot events, slash commands and shortcuts."""
    features, settings = app_manifest.get("features", {}), app_manifest.get("settings", {})
    shortcuts = features.get("shortcuts", [])
    workspace.scopes = set(app_manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    workspace.subscribed_events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
    workspace.commands = {one["command"]: one["description"] for one in features.get("slash_commands", [])}
    workspace.shortcuts = {one["callback_id"]: one["type"] for one in shortcuts}
    workspace.shortcut_names = {one["callback_id"]: one["name"] for one in shortcuts}
