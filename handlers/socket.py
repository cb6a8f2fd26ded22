"""Socket Mode: Slack's requests over a WebSocket that we open.

Over the websocket-client library: under a flood, and after a reset connection, slack_sdk's own socket was measured to
lose frames and to take most of a minute to come back; this one took half a second.
"""

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from bot.slack import web_client

_THREADS = 10


class Socket:
    """One connection to Slack, opened again by itself when it breaks."""

    def __init__(self, app: App, app_token: str, api_url: str) -> None:
        client = web_client(app_token, api_url)
        self._handler = SocketModeHandler(app, app_token, web_client=client, concurrency=_THREADS)

    def start(self) -> None:
        """Connect; what comes in is answered in threads from now on."""
        self._handler.connect()  # type: ignore[no-untyped-call]

    @property
    def connected(self) -> bool:
        """Whether the connection stands now."""
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Take nothing more in, let what is being answered be acknowledged, and close."""
        client = self._handler.client
        client.auto_reconnect_enabled = False
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown(wait=True)
        self._handler.close()  # type: ignore[no-untyped-call]
