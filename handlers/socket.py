"""Socket Mode: Slack's requests over a WebSocket that we open.

We use the websocket-client library. Under a flood and after a reset connection, slack_sdk's own socket lost frames and
needed most of a minute to connect again (measured); this one needed half a second.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep, time
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeClient  # type: ignore[attr-defined]

from bot.slack.client import web_client
from bot.slack.meanings import as_slack_errors
from handlers.failures import answer_or_acknowledge

_THREADS = 10
# How often we look whether the connection closed, and how long Slack may take to give us another.
_CHECK_SECONDS = 5.0
# A connection can end without a message (a router forgets it): then a ping gets no answer.
_PING_SECONDS, _PONG_SECONDS = 10.0, 8.0
_CLOSE_SECONDS, _CLOSE_CHECK_SECONDS = 2.0, 0.01


class Socket:
    """One connection to Slack, which opens itself again when it breaks; `on_open` is called each time it opens."""

    def __init__(self, app: App, app_token: str, api_url: str, on_open: Callable[[], None]) -> None:
        self._app = app
        self._client = _WakefulClient(
            app_token,
            logger=app.logger,
            web_client=web_client(app_token, api_url, timeout=_CHECK_SECONDS),
            ping_interval=_CHECK_SECONDS,
            concurrency=_THREADS,
            on_open_listeners=[lambda _: on_open()],
        )
        self._client.socket_mode_request_listeners.append(self._answer)

    def start(self) -> None:
        """Connect, and answer requests in threads from now on. Raises `SlackError` if Slack does not let us connect."""
        with as_slack_errors("apps.connections.open"):
            self._client.connect()

    @property
    def connected(self) -> bool:
        """True while the connection is open."""
        return bool(self._client.is_connected())

    def stop(self) -> None:
        """Take no more requests, finish the present ones, and close."""
        self._client.default_auto_reconnect_enabled = self._client.auto_reconnect_enabled = False
        # Without this, the thread that receives messages never ends.
        self._client.closed = True
        self._client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self._client.message_workers.shutdown(wait=True)
        self._client.close()

    def _answer(self, client: Any, request: Any) -> None:
        began = time()
        answer = answer_or_acknowledge(lambda: run_bolt_app(self._app, request), lambda: BoltResponse(status=200))
        send_response(client, request, answer, began)


class _WakefulClient(SocketModeClient):
    """slack_sdk's client, without two of its mistakes.

    It closes a connection in another thread than the one that reads, which then waits for ever on a closed socket; and
    it never notices that a ping gets no answer.
    """

    def connect(self) -> None:
        """Open a new connection in place of the present one."""
        _end_session(self.current_session)
        super().connect()

    def disconnect(self) -> None:
        """Close the present connection."""
        _end_session(self.current_session)
        super().disconnect()

    def _run_current_session(self) -> None:
        if self.current_session is not None:
            self.current_session.run_forever(ping_interval=_PING_SECONDS, ping_timeout=_PONG_SECONDS)


def _end_session(session: Any) -> None:
    """Let the thread that reads this session notice the end, close the connection to Slack, and finish."""
    connection = session.sock.sock if session is not None and session.sock is not None else None
    if connection is None:
        return
    session.keep_running = False
    # Not the connection's own method: over TLS that would send the closing frame unencrypted. It may have just closed.
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RD)
    deadline = monotonic() + _CLOSE_SECONDS
    while session.sock is not None and monotonic() < deadline:
        sleep(_CLOSE_CHECK_SECONDS)
