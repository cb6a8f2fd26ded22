"""files.*: the upload in three steps."""

from __future__ import annotations

from playground import events, messages, uploads
from playground.args import ApiArguments
from playground.lookup import need_writable
from playground.model import ApiError, Conversation, File, Json, Message
from playground.payloads import file_json
from playground.rendering import escape
from playground.state import WorkspaceState
from playground.web_methods import web_method


@web_method("files.getUploadURLExternal", scope="files:write", tier="Tier4")
def files_get_upload_url_external(workspace: WorkspaceState, args: ApiArguments) -> Json:
    name, size = args.need("filename"), args.number("length", 0)
    if size < 1:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] `length` must be positive"]})
    file = uploads.promise_upload(workspace, workspace.bot.id, name, size)
    return {"upload_url": uploads.upload_address(workspace, file), "file_id": file.id}


@web_method("files.completeUploadExternal", scope="files:write", tier="Tier4")
def files_complete_upload_external(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Finish files whose bytes arrived, and share them in one channel or thread, if one is named."""
    wanted = args.json("files") or []
    if not wanted:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: files"]})
    target = args.text("channel_id") or ",".join(args.names("channels"))
    channel = need_writable(workspace, target) if target else None
    files = [uploads.complete_upload(workspace, str(one["id"]), one.get("title")) for one in wanted]
    if channel is not None:
        _share(workspace, channel, files, args)
    return {"files": [file_json(workspace, file) for file in files]}


def _share(workspace: WorkspaceState, channel: Conversation, files: list[File], args: ApiArguments) -> None:
    bot = workspace.bot
    message = Message(workspace.clock.next_ts(), channel.id, bot.id, escape(args.text("initial_comment")))
    message.files, message.subtype, message.bot_id = files, "file_share", bot.bot_id
    if args.has("thread_ts"):
        if args.text("thread_ts") not in channel.messages:
            raise ApiError("thread_not_found")
        message.thread_ts = args.text("thread_ts")
    messages.add_message(workspace, message)
    for file in files:
        file.channels.append(channel.id)
        events.file_shared(workspace, channel, file.id, bot.id)


@web_method("files.info", scope="files:read", tier="Tier4")
def files_info(workspace: WorkspaceState, args: ApiArguments) -> Json:
    file = workspace.files.get(args.need("file"))
    if file is None:
        raise ApiError("file_not_found")
    return {"file": file_json(workspace, file)}
