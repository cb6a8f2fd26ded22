"""chat.*: posting, updating, deleting, ephemerals, permalinks."""

from __future__ import annotations

import json
import re

from playground import messages
from playground.args import ApiArguments
from playground.blocks import check_message, with_ids
from playground.lookup import need_channel, need_message, need_own_channel, need_user, need_writable, open_direct
from playground.model import ApiError, Conversation, Json, Message
from playground.payloads import message_json, permalink
from playground.state import WorkspaceState
from playground.web_methods import web_method

LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
# Slack does not publish its limit; this one is far above one opaque id.
MOST_METADATA_BYTES = 8_000


@web_method("chat.postMessage", scope="chat:write", tier="SpecialTier_chat_postMessage")
def chat_post_message(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Post in a channel the app is in, or to a person by user id."""
    channel = _destination(workspace, args.need("channel"))
    message = _composed(workspace, channel, args)
    _place_in_thread(channel, message, args)
    workspace.limiter.count_post(channel.id)
    messages.add_message(workspace, message)
    return {"channel": channel.id, "ts": message.ts, "message": _as_answer(workspace, message)}


def _destination(workspace: WorkspaceState, target: str) -> Conversation:
    if target.startswith(("U", "W")):
        return open_direct(workspace, target)
    return need_writable(workspace, target)


def _composed(workspace: WorkspaceState, channel: Conversation, args: ApiArguments) -> Message:
    body = _body(args)
    metadata = _metadata(args)
    return Message(
        workspace.clock.next_ts(),
        channel.id,
        workspace.bot.id,
        body["text"][:LONGEST_TEXT],
        blocks=with_ids(body["blocks"]),
        bot_id=workspace.bot.bot_id,
        attachments=body["attachments"],
        metadata=metadata or None,
    )


def _body(args: ApiArguments) -> Json:
    """Text, blocks and attachments, checked."""
    if args.has("markdown_text"):
        return _markdown_body(args)
    body = {
        "text": args.text("text"),
        "blocks": args.json("blocks", "invalid_blocks_format") or [],
        "attachments": args.json("attachments", "invalid_attachments") or [],
    }
    check_message(body)
    return body


def _markdown_body(args: ApiArguments) -> Json:
    if args.has("text") or args.has("blocks"):
        raise ApiError("markdown_text_conflict")
    if len(args.text("markdown_text")) > 12_000:
        raise ApiError("msg_too_long")
    return {"text": args.text("markdown_text"), "blocks": [], "attachments": []}


def _metadata(args: ApiArguments) -> Json | None:
    """`{event_type, event_payload}`; None when it was not given, empty when it is to be removed."""
    given = args.json("metadata", "invalid_metadata_format")
    if given is None:
        return {} if args.given.get("metadata") == {} else None
    is_shaped = isinstance(given, dict) and isinstance(given.get("event_payload"), dict)
    if not is_shaped or not re.fullmatch(r".{1,50}", str(given.get("event_type", "")), re.DOTALL):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(given).encode()) > MOST_METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def _place_in_thread(channel: Conversation, message: Message, args: ApiArguments) -> None:
    if not args.has("thread_ts"):
        return
    parent = channel.messages.get(args.text("thread_ts"))
    if parent is None:
        raise ApiError("thread_not_found")
    if parent.is_reply:
        raise ApiError("cannot_reply_to_message")
    message.thread_ts = parent.ts
    if args.flag("reply_broadcast"):
        message.subtype = "thread_broadcast"


def _as_answer(workspace: WorkspaceState, message: Message) -> Json:
    return message_json(workspace, message)


@web_method("chat.update", scope="chat:write")
def chat_update(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Change one of the app's own messages; text without blocks takes the blocks away."""
    channel = need_own_channel(workspace, args.need("channel"))
    if channel.is_archived:
        raise ApiError("is_inactive")
    message = need_message(channel, args.need("ts"))
    if message.user != workspace.bot.id or message.subtype not in (None, "thread_broadcast"):
        raise ApiError("cant_update_message")
    body = _body(args)
    if len(body["text"]) > LONGEST_UPDATE:
        raise ApiError("msg_too_long")
    metadata = _metadata(args)
    kept = message.metadata if metadata is None else metadata or None
    message.states.clear()
    fields = {"text": body["text"], "blocks": with_ids(body["blocks"]), "attachments": body["attachments"]}
    messages.change_message(workspace, message, workspace.bot.id, **fields, metadata=kept)
    answer = _as_answer(workspace, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": answer}


@web_method("chat.delete", scope="chat:write")
def chat_delete(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Delete one of the app's own messages."""
    channel = need_own_channel(workspace, args.need("channel"))
    message = need_message(channel, args.need("ts"))
    if message.user != workspace.bot.id:
        raise ApiError("cant_delete_message")
    messages.delete_message(workspace, message)
    return {"channel": channel.id, "ts": message.ts}


@web_method("chat.postEphemeral", scope="chat:write", tier="Tier4")
def chat_post_ephemeral(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Say something one person in the channel sees."""
    channel = need_writable(workspace, args.need("channel"))
    user = need_user(workspace, args.need("user"))
    if user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = _composed(workspace, channel, args)
    _place_in_thread(channel, message, args)
    message.ephemeral_for, message.subtype = user.id, None
    messages.add_ephemeral(workspace, message)
    return {"message_ts": message.ts}


@web_method("chat.getPermalink", tier="SpecialTier_chat_getPermalink")
def chat_get_permalink(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = need_channel(workspace, args.need("channel"))
    message = need_message(channel, args.need("message_ts"))
    return {"channel": channel.id, "permalink": permalink(workspace, channel.id, message)}
