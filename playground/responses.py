"""response_urls: five answers within thirty minutes to one interaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from playground import messages
from playground.blocks import check_message, with_ids
from playground.interaction import Interaction
from playground.model import ApiResponse, Clock, Json, Message, SlackError

if TYPE_CHECKING:
    from playground.workspace import Workspace

LIFETIME = timedelta(minutes=30)
USES = 5


@dataclass
class ResponseUrl:
    interaction: Interaction
    made: datetime
    uses: int = 0


class ResponseUrls:
    """Gives out response_urls and counts their uses."""

    def __init__(self, elapsed: Clock) -> None:
        self._elapsed = elapsed
        self._urls: dict[str, ResponseUrl] = {}

    def new(self, workspace: Workspace, family: str, interaction: Interaction) -> str:
        """A fresh address; `family` is `commands`, `actions` or `app`, as in Slack's own."""
        path = f"/{family}/{workspace.team_id}/{len(self._urls) + 1}/{secrets.token_urlsafe(18)}"
        self._urls[path] = ResponseUrl(interaction, self._elapsed())
        return workspace.base_url + path

    def use(self, path: str) -> Interaction:
        """The interaction it belongs to; `expired_url`, `used_url` or `no_such_url` otherwise."""
        url = self._urls.get(path)
        if url is None:
            raise SlackError("invalid_url", status=404)
        if self._elapsed() - url.made > LIFETIME:
            raise SlackError("expired_url", status=404)
        if url.uses >= USES:
            raise SlackError("used_url", status=404)
        url.uses += 1
        return url.interaction


def respond(workspace: Workspace, address: str, body: Json) -> ApiResponse:
    """One POST to a response_url."""
    try:
        interaction = workspace.responses.use(urlparse(address).path)
        _apply(workspace, interaction, body)
    except SlackError as error:
        status = error.status if error.status != 200 else 400
        return ApiResponse(status, {}, {"ok": False, "error": error.code} | error.extra)
    return ApiResponse(200, {}, {"ok": True})


def _apply(workspace: Workspace, interaction: Interaction, body: Json) -> None:
    original = interaction.message
    if body.get("delete_original") and original is not None:
        messages.dismiss(workspace, original) if original.ephemeral_for else messages.delete(workspace, original)
    elif body.get("replace_original") and original is not None:
        _replace(workspace, original, body)
    else:
        show(workspace, interaction, body)


def _replace(workspace: Workspace, original: Message, body: Json) -> None:
    check_message(body)
    text, blocks = body.get("text") or "", with_ids(body.get("blocks") or [])
    original.states.clear()
    if original.ephemeral_for:
        original.text, original.blocks = text, blocks
        workspace.affects([original.ephemeral_for])
    else:
        messages.change(workspace, original, workspace.bot.id, text=text, blocks=blocks)


def show(workspace: Workspace, interaction: Interaction, body: Json) -> Message:
    """The app's words where the interaction happened: to that person only, or to the channel."""
    check_message(body)
    channel = interaction.channel
    if channel is None:
        raise SlackError("channel_not_found")
    bot, ts = workspace.bot, workspace.clock.next()
    message = Message(ts, channel.id, bot.id, body.get("text") or "", bot_id=bot.bot_id)
    message.blocks = with_ids(body.get("blocks") or [])
    message.thread_ts = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        return messages.add(workspace, message)
    message.ephemeral_for = interaction.user
    message.thread_ts = message.thread_ts or interaction.thread_ts
    return messages.add_ephemeral(workspace, message)
