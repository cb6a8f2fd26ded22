"""Socket Mode: Slack's requests over a WebSocket that we open.

Over the websocket-client library: under a flood, and after a reset connection, slack_sdk's own socket was measured to
lose frames and to take most of a minute to come back; this one took half a second.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep, time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeClient  # type: ignore[attr-defined]

from bot.slack.client import web_client
from bot.slack.errors import as_slack_errors

_THREADS = 10
# How often a connection that closed is looked for, and how long Slack may take to give us another.
_LOOK_SECONDS = 5.0
# A connection can die without a word (a router forgets it): then a ping gets no answer.
_PING_SECONDS, _PONG_SECONDS = 10.0, 8.0
_GOODBYE_SECONDS, _BLINK_SECONDS = 2.0, 0.01


class Socket:
    """One connection to Slack, opened again by itself when it breaks; `on_open` is called each time it opens."""

    def __init__(self, app: App, app_token: str, api_url: str, on_open: Callable[[], None]) -> None:
        self._app = app
        self._client = _Client(
            app_token,
            logger=app.logger,
            web_client=web_client(app_token, api_url, timeout=_LOOK_SECONDS),
            ping_interval=_LOOK_SECONDS,
            concurrency=_THREADS,
            on_open_listeners=[lambda _: on_open()],
        )
        self._client.socket_mode_request_listeners.append(self._answer)

    def start(self) -> None:
        """Connect; what comes in is answered in threads from now on. Raises `SlackError` if Slack does not let us."""
        with as_slack_errors("apps.connections.open"):
            self._client.connect()

    @property
    def connected(self) -> bool:
        """Whether the connection stands now."""
        return bool(self._client.is_connected())

    def stop(self) -> None:
        """Take nothing more in, let what is being answered be acknowledged, and close."""
        self._client.default_auto_reconnect_enabled = self._client.auto_reconnect_enabled = False
        # Without this, what takes messages in never ends.
        self._client.closed = True
        self._client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self._client.message_workers.shutdown(wait=True)
        self._client.close()

    def _answer(self, client: Any, request: Any) -> None:
        send_response(client, request, run_bolt_app(self._app, request), time())


class _Client(SocketModeClient):
    """slack_sdk's client, without its two ways to fall asleep.

    It closes a connection from another thread than the one that reads it, which then waits for ever on a socket that is
    gone; and it never notices that pings are not answered.
    """

    def connect(self) -> None:
        """Open a connection in place of the one there is."""
        _wake(self.current_session)
        super().connect()

    def disconnect(self) -> None:
        """Close the connection there is."""
        _wake(self.current_session)
        super().disconnect()

    def _run_current_session(self) -> None:
        if self.current_session is not None:
            self.current_session.run_forever(ping_interval=_PING_SECONDS, ping_timeout=_PONG_SECONDS)


def _wake(session: Any) -> None:
    """Let the thread that reads this session see its end, say goodbye to Slack, and be done."""
    wire = session.sock.sock if session is not None and session.sock is not None else None
    if wire is None:
        return
    session.keep_running = False
    # Not the wire's own method: over TLS that would send the goodbye in the clear. It may have closed in this moment.
    with suppress(OSError):
        socket.socket.shutdown(wire, socket.SHUT_RD)
    timeouts = monotonic() + _GOODBYE_SECONDS
    while session.sock is not None and monotonic() < timeouts:
        sleep(_BLINK_SECONDS)
