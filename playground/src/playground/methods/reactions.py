"""reactions.* and pins.add."""

from __future__ import annotations

import re

from playground import messages
from playground.args import ApiArguments
from playground.lookup import need_message, need_own_channel
from playground.model import ApiError, Json, Message
from playground.payloads import message_json
from playground.state import WorkspaceState
from playground.web_methods import web_method


def _item(workspace: WorkspaceState, args: ApiArguments) -> Message:
    if not args.has("channel") or not args.has("timestamp"):
        raise ApiError("no_item_specified")
    channel = need_own_channel(workspace, args.text("channel"))
    if not re.fullmatch(r"\d+\.\d{6}", args.text("timestamp")):
        raise ApiError("bad_timestamp")
    return need_message(channel, args.text("timestamp"))


def _name(args: ApiArguments) -> str:
    name = args.text("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+", name):
        raise ApiError("invalid_name")
    return name


@web_method("reactions.add", scope="reactions:write")
def reactions_add(workspace: WorkspaceState, args: ApiArguments) -> Json:
    name, message = _name(args), _item(workspace, args)
    if workspace.bot.id in message.reactions.get(name, []):
        raise ApiError("already_reacted")
    messages.set_reaction(workspace, message, name, workspace.bot.id, present=True)
    return {}


@web_method("reactions.remove", scope="reactions:write", tier="Tier2")
def reactions_remove(workspace: WorkspaceState, args: ApiArguments) -> Json:
    name, message = _name(args), _item(workspace, args)
    if workspace.bot.id not in message.reactions.get(name, []):
        raise ApiError("no_reaction")
    messages.set_reaction(workspace, message, name, workspace.bot.id, present=False)
    return {}


@web_method("reactions.get", scope="reactions:read")
def reactions_get(workspace: WorkspaceState, args: ApiArguments) -> Json:
    message = _item(workspace, args)
    body = message_json(workspace, message, metadata="type")
    return {"type": "message", "channel": message.channel_id, "message": body}


@web_method("pins.add", scope="pins:write", tier="Tier2")
def pins_add(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = need_own_channel(workspace, args.need("channel"))
    message = need_message(channel, args.need("timestamp"))
    if message.ts in channel.pins:
        raise ApiError("already_pinned")
    channel.pins.append(message.ts)
    workspace.affects(None)
    return {}
