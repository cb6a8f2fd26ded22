"""What the app says through a response_url, or in its answer to a command."""

from __future__ import annotations

from urllib.parse import urlparse

from playground import messages
from playground.blocks import check_message, with_ids
from playground.interaction import PendingInteraction
from playground.model import ApiError, ApiResponse, Json, Message
from playground.state import WorkspaceState


def use_response_url(workspace: WorkspaceState, address: str, body: Json) -> ApiResponse:
    """One POST to a response_url."""
    try:
        interaction = workspace.response_urls.use_path(urlparse(address).path)
        _apply_response(workspace, interaction, body)
    except ApiError as error:
        status = error.status if error.status != 200 else 400
        return ApiResponse(status, {}, {"ok": False, "error": error.code} | error.extra)
    return ApiResponse(200, {}, {"ok": True})


def _apply_response(workspace: WorkspaceState, interaction: PendingInteraction, body: Json) -> None:
    original = interaction.message
    if body.get("delete_original") and original is not None:
        messages.dismiss_ephemeral(workspace, original) if original.ephemeral_for else messages.delete_message(
            workspace, original
        )
    elif body.get("replace_original") and original is not None:
        _replace(workspace, original, body)
    else:
        show_response(workspace, interaction, body)


def _replace(workspace: WorkspaceState, original: Message, body: Json) -> None:
    check_message(body)
    text, blocks = body.get("text") or "", with_ids(body.get("blocks") or [])
    original.states.clear()
    if original.ephemeral_for:
        original.text, original.blocks = text, blocks
        workspace.affects([original.ephemeral_for])
    else:
        messages.change_message(workspace, original, workspace.bot.id, text=text, blocks=blocks)


def show_response(workspace: WorkspaceState, interaction: PendingInteraction, body: Json) -> Message:
    """The app's words where the interaction happened: to that person only, or to the channel."""
    check_message(body)
    channel = interaction.channel
    if channel is None:
        raise ApiError("channel_not_found")
    bot, ts = workspace.bot, workspace.clock.next_ts()
    message = Message(ts, channel.id, bot.id, body.get("text") or "", bot_id=bot.bot_id)
    message.blocks = with_ids(body.get("blocks") or [])
    message.thread_ts = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        return messages.add_message(workspace, message)
    message.ephemeral_for = interaction.user
    message.thread_ts = message.thread_ts or interaction.thread_ts
    return messages.add_ephemeral(workspace, message)
