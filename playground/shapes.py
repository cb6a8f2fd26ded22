"""Interaction payloads, nested as Slack nests them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from playground.forms import VALUE_KEYS, Placed, values_of
from playground.interaction import Interaction
from playground.model import Channel, Json, Message, View
from playground.payloads import message_json, view_json

if TYPE_CHECKING:
    from playground.people import Person
    from playground.workspace import Workspace


def command(workspace: Workspace, interaction: Interaction, name: str, text: str) -> Json:
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
        "response_url": workspace.responses.new(workspace, "commands", interaction),
        "trigger_id": interaction.trigger_id,
    }


def _channel_name(channel: Channel) -> str:
    # Slack does not give the names of private places to commands.
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def _from_person(workspace: Workspace, person: Person, kind: str) -> Json:
    user = person.user
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


def block_actions(workspace: Workspace, interaction: Interaction, person: Person, action: Json) -> Json:
    """A press or choice in a message or a view."""
    payload = _from_person(workspace, person, "block_actions") | {"trigger_id": interaction.trigger_id}
    stamped = action | {"action_ts": workspace.clock.next()}
    if interaction.view is not None:
        view = view_json(workspace, interaction.view)
        where = {"container": {"type": "view", "view_id": interaction.view.id}, "view": view}
    else:
        where = _in_message(workspace, interaction, person)
    return payload | where | {"actions": [stamped]}


def _in_message(workspace: Workspace, interaction: Interaction, person: Person) -> Json:
    message, channel = interaction.message, interaction.channel
    assert message is not None and channel is not None
    is_ephemeral = message.ephemeral_for is not None
    where: Json = {
        "container": _message_container(message, is_ephemeral),
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": values_of(message, person)},
        "response_url": workspace.responses.new(workspace, "actions", interaction),
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


def action(at: Placed) -> Json:
    return {"type": at.kind, "action_id": at.action_id, "block_id": at.block_id}


def button_action(at: Placed) -> Json:
    kept = {key: at.element[key] for key in ("text", "value", "style", "url", "confirm") if key in at.element}
    return action(at) | kept


def value_action(at: Placed, values: Json) -> Json:
    key = VALUE_KEYS[at.kind]
    return action(at) | {key: values[at.block_id][at.action_id][key]}


def view_submission(workspace: Workspace, interaction: Interaction, person: Person, view: View) -> Json:
    payload = _from_person(workspace, person, "view_submission")
    return payload | {
        "trigger_id": interaction.trigger_id,
        "view": view_json(workspace, view),
        "response_urls": _response_urls(workspace, interaction, view),
    }


def _response_urls(workspace: Workspace, interaction: Interaction, view: View) -> list[Json]:
    """One for each channel menu that asked for it."""
    urls = []
    for block in view.blocks:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            chosen = view.values[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
            interaction.channel = workspace.channels.get(chosen)
            url = workspace.responses.new(workspace, "app", interaction)
            place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append(place | {"response_url": url})
    return urls


def view_closed(workspace: Workspace, person: Person, view: View, *, is_cleared: bool) -> Json:
    payload = _from_person(workspace, person, "view_closed")
    return payload | {"view": view_json(workspace, view), "is_cleared": is_cleared}


def shortcut(workspace: Workspace, interaction: Interaction, person: Person, callback_id: str) -> Json:
    """A global shortcut, or one from the menu of a message."""
    payload = _from_person(workspace, person, interaction.kind)
    if interaction.kind == "shortcut":
        del payload["api_app_id"]
    else:
        payload |= _about_message(workspace, interaction)
        del payload["user"]["username"], payload["api_app_id"]
    stamp = f"{workspace.clock.seconds()}.{secrets.randbelow(10**6):06d}"
    return payload | {"callback_id": callback_id, "trigger_id": interaction.trigger_id, "action_ts": stamp}


def _about_message(workspace: Workspace, interaction: Interaction) -> Json:
    message, channel = interaction.message, interaction.channel
    assert message is not None and channel is not None
    return {
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message_ts": message.ts,
        "message": message_json(workspace, message, metadata="type"),
        "response_url": workspace.responses.new(workspace, "app", interaction),
    }
