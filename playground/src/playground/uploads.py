"""Files: an upload address, the bytes, and sharing in a channel."""

from __future__ import annotations

import secrets
from urllib.parse import urlparse

from playground.model import ApiError, ApiResponse, Conversation, File, WorkspaceUser
from playground.state import WorkspaceState


def promise_upload(workspace: WorkspaceState, user_id: str, name: str, size: int) -> File:
    """A file that has a name and an address to send its bytes to."""
    file_id, now = workspace.ids.new_id("F"), workspace.clock.seconds()
    file = File(file_id, name, name, user_id, size, now, secrets.token_urlsafe(18))
    workspace.files[file.id] = file
    return file


def upload_address(workspace: WorkspaceState, file: File) -> str:
    return f"{workspace.base_url}/upload/v1/{file.id}/{file.secret}"


def receive_upload(workspace: WorkspaceState, url: str, content: bytes) -> ApiResponse:
    """Take the bytes in; 404 for an address that was not given out, 400 when the length is not what was announced."""
    _, _, file_id, secret = (*urlparse(url).path.strip("/").split("/"), "", "", "", "")[:4]
    file = workspace.files.get(file_id)
    if file is None or file.secret != secret:
        return ApiResponse(404, {}, {"ok": False, "error": "file_not_found"})
    if len(content) != file.size:
        return ApiResponse(400, {}, {"ok": False, "error": "length_mismatch"})
    file.content = content
    return ApiResponse(200, {}, {"ok": True})


def complete_upload(workspace: WorkspaceState, file_id: str, title: str | None) -> File:
    """A file whose bytes arrived is ready to be shared, once."""
    file = workspace.files.get(file_id)
    if file is None or file.content is None or file.is_complete:
        raise ApiError("file_not_found")
    file.title, file.is_complete = title or file.name, True
    return file


def upload_by_person(
    workspace: WorkspaceState, author: WorkspaceUser, channel: Conversation, name: str, content: bytes
) -> File:
    """A person drops a file in a channel."""
    file = promise_upload(workspace, author.id, name, len(content))
    file.content, file.is_complete = content, True
    file.channels.append(channel.id)
    return file
