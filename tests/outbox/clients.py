"""Ways to Slack on which something happens: for stories about what goes wrong between the bot and Slack."""

import json
from collections.abc import Callable
from http.client import HTTPMessage
from threading import Event
from typing import Any
from urllib.parse import urlparse
from urllib.request import Request

from bot.slack.client import SlackClient
from playground import wire
from playground.inprocess import InProcessClient
from playground.model import Json
from tests.world import World

Happens = Callable[[str, Json], str | None]


class InterceptedClient(InProcessClient):
    """Before each call `happens(method, arguments)`; where that names an error, Slack refuses with it."""

    def __init__(self, world: World, happens: Happens) -> None:
        super().__init__(world.workspace, world.workspace.bot_token)
        self._happens = happens

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        body = req.data if isinstance(req.data, bytes) else b""
        said = wire.read_arguments(req.get_header("Content-type") or "", body)
        error = self._happens(urlparse(url).path.removeprefix("/api/"), said)
        if error is not None:
            return {"status": 200, "headers": HTTPMessage(), "body": json.dumps({"ok": False, "error": error})}
        return super()._perform_urllib_http_request_internal(url, req)


def send_through(world: World, happens: Happens) -> None:
    """What the bot has to say goes over such a way from now on."""
    world.bot.outbox_worker.calls.slack = SlackClient(InterceptedClient(world, happens))


def refuse_method(world: World, method: str, error: str) -> None:
    """Slack refuses every call of this method."""
    send_through(world, lambda called, _: error if called == method else None)


class HangingChannel:
    """Posts to this channel hang until let go."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.hangs, self.let_go = Event(), Event()

    def __call__(self, method: str, said: Json) -> str | None:
        if method == "chat.postMessage" and said["channel"] == self._channel:
            self.hangs.set()
            assert self.let_go.wait(60)
        return None
