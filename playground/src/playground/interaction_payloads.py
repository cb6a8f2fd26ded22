"""Interaction payloads, nested as Slack nests them."""

from __future__ import annotations

import secrets

from playground.forms import VALUE_KEYS, PlacedElement, values_of
from playground.interaction import PendingInteraction
from playground.model import Conversation, Json, Message, View
from playground.payloads import message_json, view_json
from playground.state import ClientSession, WorkspaceState


def slash_command_payload(workspace: WorkspaceState, interaction: PendingInteraction, name: str, text: str) -> Json:
    """A slash command, as Slack sends it (as a form over HTTP, as JSON over a socket)."""
    channel, user = interaction.channel, workspace.users[interaction.user]
    assert channel is not None
    return {
        "token": "verification-token",
        "team_id": workspace.team_id,
        "team_domain": workspace.team_domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name.lower(),
        "command": name,
        "text": text,
        "api_app_id": workspace.bot.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(workspace, "commands", interaction),
        "trigger_id": interaction.trigger_id,
    }


def _response_url(workspace: WorkspaceState, family: str, interaction: PendingInteraction) -> str:
    return workspace.base_url + workspace.response_urls.new_path(family, workspace.team_id, interaction)


def _channel_name(channel: Conversation) -> str:
    # Slack does not give the names of private places to commands.
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def _from_client(client: ClientSession, kind: str) -> Json:
    workspace, user = client.workspace, client.user
    team = workspace.team_domain if user.team_id == workspace.team_id else user.team_id.lower()
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name.lower(), "name": user.name.lower(), "team_id": user.team_id},
        "api_app_id": workspace.bot.app_id,
        "token": "verification-token",
        "team": {"id": user.team_id, "domain": team},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def block_actions_payload(
    workspace: WorkspaceState, interaction: PendingInteraction, client: ClientSession, action: Json
) -> Json:
    """A press or choice in a message or a view."""
    payload = _from_client(client, "block_actions") | {"trigger_id": interaction.trigger_id}
    stamped = action | {"action_ts": workspace.clock.next_ts()}
    if interaction.view is not None:
        view = view_json(workspace, interaction.view)
        where = {"container": {"type": "view", "view_id": interaction.view.id}, "view": view}
    else:
        where = _in_message(workspace, interaction, client)
    return payload | where | {"actions": [stamped]}


def _in_message(workspace: WorkspaceState, interaction: PendingInteraction, client: ClientSession) -> Json:
    message, channel = interaction.message, interaction.channel
    assert message is not None and channel is not None
    is_ephemeral = message.ephemeral_for is not None
    where: Json = {
        "container": _message_container(message, is_ephemeral),
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": values_of(message, client)},
        "response_url": _response_url(workspace, "actions", interaction),
    }
    if not is_ephemeral:
        where["message"] = message_json(workspace, message, metadata="type")
    return where


def _message_container(message: Message, is_ephemeral: bool) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": is_ephemeral,
    }
    return container | ({"thread_ts": message.thread_ts} if message.is_reply else {})


def element_action(at: PlacedElement) -> Json:
    return {"type": at.kind, "action_id": at.action_id, "block_id": at.block_id}


def button_action(at: PlacedElement) -> Json:
    kept = {key: at.element[key] for key in ("text", "value", "style", "url", "confirm") if key in at.element}
    return element_action(at) | kept


def value_action(at: PlacedElement, values: Json) -> Json:
    key = VALUE_KEYS[at.kind]
    return element_action(at) | {key: values[at.block_id][at.action_id][key]}


def view_submission_payload(
    workspace: WorkspaceState, interaction: PendingInteraction, client: ClientSession, view: View
) -> Json:
    payload = _from_client(client, "view_submission")
    return payload | {
        "trigger_id": interaction.trigger_id,
        "view": view_json(workspace, view),
        "response_urls": _response_urls(workspace, interaction, view),
    }


def _response_urls(workspace: WorkspaceState, interaction: PendingInteraction, view: View) -> list[Json]:
    """One for each channel menu that asked for it."""
    urls = []
    for block in view.blocks:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            chosen = view.values[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
            interaction.channel = workspace.channels.get(chosen)
            url = _response_url(workspace, "app", interaction)
            place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append(place | {"response_url": url})
    return urls


def view_closed_payload(workspace: WorkspaceState, client: ClientSession, view: View, *, is_cleared: bool) -> Json:
    payload = _from_client(client, "view_closed")
    return payload | {"view": view_json(workspace, view), "is_cleared": is_cleared}


def shortcut_payload(
    workspace: WorkspaceState, interaction: PendingInteraction, client: ClientSession, callback_id: str
) -> Json:
    """A global shortcut, or one from the menu of a message."""
    payload = _from_client(client, interaction.kind)
    if interaction.kind == "shortcut":
        del payload["api_app_id"]
    else:
        payload |= _about_message(workspace, interaction)
        del payload["user"]["username"], payload["api_app_id"]
    stamp = f"{workspace.clock.seconds()}.{secrets.randbelow(10**6):06d}"
    return payload | {"callback_id": callback_id, "trigger_id": interaction.trigger_id, "action_ts": stamp}


def _about_message(workspace: WorkspaceState, interaction: PendingInteraction) -> Json:
    message, channel = interaction.message, interaction.channel
    assert message is not None and channel is not None
    return {
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message_ts": message.ts,
        "message": message_json(workspace, message, metadata="type"),
        "response_url": _response_url(workspace, "app", interaction),
    }
