"""Socket Mode: Slack's requests over a WebSocket that we open.

Over the websocket-client library: under a flood, and after a reset connection, slack_sdk's own socket was measured to
lose frames and to take most of a minute to come back; this one took half a second.
"""

import logging
from threading import Event, Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from bot.slack import outcomes, web_client

_log = logging.getLogger(__name__)
_THREADS = 10
# The library pings this often, and opens a connection that closed again at most this much later.
_PING_SECONDS = 5.0
# A connection can die without a word (a router forgets it): then pings are no longer answered.
_SILENT_SECONDS = 3 * _PING_SECONDS


class Socket:
    """One connection to Slack, opened again by itself when it breaks."""

    def __init__(self, app: App, app_token: str, api_url: str) -> None:
        client = web_client(app_token, api_url, timeout=_PING_SECONDS)
        self._handler = SocketModeHandler(
            app, app_token, web_client=client, concurrency=_THREADS, ping_interval=_PING_SECONDS
        )
        self._closing = Event()
        self._watch = Thread(target=self._watch_connection, name="socket", daemon=True)

    def start(self) -> None:
        """Connect; what comes in is answered in threads from now on. Raises `SlackTrouble` if Slack does not let us."""
        with outcomes("apps.connections.open"):
            self._handler.connect()  # type: ignore[no-untyped-call]
        self._watch.start()

    @property
    def connected(self) -> bool:
        """Whether the connection stands now."""
        return bool(self._handler.client.is_connected()) and not self._is_silent()

    def stop(self) -> None:
        """Take nothing more in, let what is being answered be acknowledged, and close."""
        self._closing.set()
        client = self._handler.client
        client.auto_reconnect_enabled = False
        # Without this, what takes messages in never ends.
        client.closed = True
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown(wait=True)
        self._handler.close()  # type: ignore[no-untyped-call]

    def _watch_connection(self) -> None:
        while not self._closing.wait(_PING_SECONDS):
            session = self._handler.client.current_session
            if session is not None and self._is_silent():
                _log.warning("Slack's socket is silent; opening another")
                session.close()

    def _is_silent(self) -> bool:
        session = self._handler.client.current_session
        if session is None or session.sock is None or not session.last_ping_tm:
            return False
        return bool(session.last_ping_tm - session.last_pong_tm > _SILENT_SECONDS and session.last_pong_tm)
