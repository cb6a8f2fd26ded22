"""files.*: the upload in three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import events, messages, uploads
from playground.args import Args
from playground.lookup import need_writable
from playground.methods.registry import method
from playground.model import Channel, File, Json, Message, SlackError
from playground.payloads import file_json
from playground.rendering import escape

if TYPE_CHECKING:
    from playground.workspace import Workspace


@method("files.getUploadURLExternal", scope="files:write", tier="Tier4")
def get_upload_url(workspace: Workspace, args: Args) -> Json:
    name, size = args.need("filename"), args.number("length", 0)
    if size < 1:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] `length` must be positive"]})
    file = uploads.promise(workspace, workspace.bot.id, name, size)
    return {"upload_url": uploads.address(workspace, file), "file_id": file.id}


@method("files.completeUploadExternal", scope="files:write", tier="Tier4")
def complete_upload(workspace: Workspace, args: Args) -> Json:
    """Finish files whose bytes arrived, and share them in one channel or thread, if one is named."""
    wanted = args.json("files") or []
    if not wanted:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: files"]})
    target = args.text("channel_id") or ",".join(args.names("channels"))
    channel = need_writable(workspace, target) if target else None
    files = [uploads.complete(workspace, str(one["id"]), one.get("title")) for one in wanted]
    if channel is not None:
        _share(workspace, channel, files, args)
    return {"files": [file_json(workspace, file) for file in files]}


def _share(workspace: Workspace, channel: Channel, files: list[File], args: Args) -> None:
    bot = workspace.bot
    message = Message(workspace.clock.next(), channel.id, bot.id, escape(args.text("initial_comment")))
    message.files, message.subtype, message.bot_id = files, "file_share", bot.bot_id
    if args.has("thread_ts"):
        if args.text("thread_ts") not in channel.messages:
            raise SlackError("thread_not_found")
        message.thread_ts = args.text("thread_ts")
    messages.add(workspace, message)
    for file in files:
        file.channels.append(channel.id)
        events.file_shared(workspace, channel, file.id, bot.id)


@method("files.info", scope="files:read", tier="Tier4")
def info(workspace: Workspace, args: Args) -> Json:
    file = workspace.files.get(args.need("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": file_json(workspace, file)}
