"""Socket Mode: Slack's requests over a WebSocket that we open.

We use the websocket-client library. Under a flood and after a reset connection, slack_sdk's own socket lost frames and
needed most of a minute to connect again (measured); this one needed half a second.

One thread asks Slack for an address, holds the connection until it ends, waits if this happens often, and asks again:
so each connection costs one call. Slack may say in a word why it ends a connection, or why it gives no address.
"""

import json
import logging
import socket
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from queue import Empty
from threading import Event, Thread
from time import monotonic, sleep, time
from typing import Any

import websocket
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeClient  # type: ignore[attr-defined]

from bot.slack.client import SILENT, SlackClient
from bot.slack.connection_errors import CONNECTION_ERRORS, ODD_ANSWER, name_connection_error
from bot.slack.errors import SlackLater, SlackRefused, SlackUncertain
from bot.slack.pauses import PAUSES, Pauses
from handlers.failures import answer_or_acknowledge, log_failure

_log = logging.getLogger(__name__)
_THREADS = 10
# How long Slack may take to open a connection, or to go on in the middle of a message.
_STALL_SECONDS = 8.0
# A connection can end without a message (a router forgets it): then a ping gets no answer.
_PING_SECONDS, _PONG_SECONDS = 10.0, 8.0
_CLOSE_SECONDS, _CLOSE_CHECK_SECONDS = 2.0, 0.01
# Slack ends a connection some seconds after it said so. Until then, what it asked can be answered there.
_FINISH_SECONDS = 2.5
# Why Slack ends a connection, where another one would not help.
_TROUBLES = {"too_many_websockets", "link_disabled"}


class Socket:
    """The connection to Slack, which opens itself again when it breaks; `on_open` is called each time Slack lets us in.

    `slack` has our app-level token. `pauses` is how long to wait between two calls for an address.
    """

    def __init__(self, app: App, slack: SlackClient, on_open: Callable[[], None], pauses: Pauses = PAUSES) -> None:
        self._app, self._slack, self._on_open, self._pauses = app, slack, on_open, pauses
        self._reason: str | None = None
        self._stopping = Event()
        self._thread: Thread | None = None
        self._connection = _Connection(self._stopping, on_let_in=self._let_in, on_trouble=self._note)
        self._connection.socket_mode_request_listeners.append(self._answer)

    @property
    def connected(self) -> bool:
        """True while the connection is open."""
        return self._connection.is_open

    @property
    def reason(self) -> str | None:
        """Why there is no connection, in a word of Slack or of ours, such as "invalid_auth"; None if there is one."""
        return None if self.connected else self._reason

    def start(self) -> None:
        """Ask Slack for an address, and stay connected from now on. Raises `SlackError` if Slack gives none."""
        address = self._slack.socket_address()
        self._thread = Thread(target=self._stay_connected, args=(address,), name="socket", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, finish the present ones, and close."""
        self._stopping.set()
        self._connection.close()
        if self._thread is not None:
            self._thread.join(_CLOSE_SECONDS)

    def _stay_connected(self, address: str | None) -> None:
        calls, least_pause = 1, 0.0
        while True:
            began = monotonic()
            if address:
                self._connection.hold(address)
            if monotonic() - began >= self._pauses.lasting:
                calls = 0
            if self._stopping.wait(max(self._pauses.after_calls(calls), least_pause)):
                return
            address, least_pause = self._ask_address()
            calls += 1

    def _ask_address(self) -> tuple[str | None, float]:
        """The address of a connection, if Slack gives one, and how many seconds Slack wants us to wait."""
        try:
            return self._slack.socket_address(), 0.0
        except SlackRefused as refusal:
            self._note(refusal.error)
        except SlackLater as later:
            self._note("rate_limited")
            return None, later.seconds
        except SlackUncertain as uncertain:
            self._note(uncertain.why if uncertain.why in CONNECTION_ERRORS else ODD_ANSWER)
        return None, 0.0

    def _let_in(self) -> None:
        self._note(None)
        self._on_open()

    def _note(self, reason: str | None) -> None:
        """Keep why there is no connection, and log it if it is another reason than before."""
        if self._stopping.is_set():
            return
        before, self._reason = self._reason, reason
        if reason and reason != before:
            _log.warning("no connection to Slack (%s), trying again", reason)
        elif before and not reason:
            _log.info("connected to Slack again")

    def _answer(self, client: Any, request: Any) -> None:
        began = time()
        try:
            answer = answer_or_acknowledge(lambda: run_bolt_app(self._app, request), lambda: BoltResponse(status=200))
            send_response(client, request, answer, began)
        except (websocket.WebSocketException, OSError):
            _log.warning("the connection ended before Slack had our answer; an event will come again")
        except Exception as error:  # noqa: BLE001
            # Any exception: slack_sdk would log it with all that it quotes.
            log_failure(error)


class _Connection(SocketModeClient):
    """slack_sdk's client, which handles messages in threads. It opens nothing by itself: `hold` does.

    `on_let_in()` is called, in a thread, when Slack said its first word; `on_trouble(reason)` when there is no
    connection, or none any more, though there should be.
    """

    def __init__(self, stopping: Event, on_let_in: Callable[[], None], on_trouble: Callable[[str], None]) -> None:
        # It logs each error of each attempt, with what the other side said; we log it once, in a word.
        logging.getLogger("websocket").setLevel(logging.CRITICAL)
        # Only one for all connections of a process can be set.
        websocket.setdefaulttimeout(_STALL_SECONDS)
        super().__init__(
            "",
            logger=SILENT,
            auto_reconnect_enabled=False,
            concurrency=_THREADS,
            on_open_listeners=[self._opened],
            on_error_listeners=[self._failed],
        )
        # Its watcher opens connections too.
        self.current_app_monitor_started = True
        self._stopping, self._on_let_in, self._on_trouble = stopping, on_let_in, on_trouble
        self._is_let_in = self._is_leaving = self.is_open = False
        self._unanswered: set[Future[None]] = set()

    def hold(self, address: str) -> None:
        """Connect to this address; returns when the connection has ended."""
        self.wss_uri, self._is_let_in, self._is_leaving = address, False, False
        self.connect()
        session: Any = self.current_session
        session.run_forever(ping_interval=_PING_SECONDS, ping_timeout=_PONG_SECONDS)
        if self.is_open and not self._is_leaving and not session.has_errored:
            self._on_trouble("connection_lost")
        self.is_open = False

    def enqueue_message(self, message: str) -> None:
        """Keep a message for `process_message`, with the connection that it came over."""
        if '"disconnect"' in message and (parsed := json.loads(message)).get("type") == "disconnect":
            self._is_leaving = True
            if parsed.get("reason") in _TROUBLES:
                self._on_trouble(parsed["reason"])
        elif not self._is_let_in:
            self._is_let_in = True
            self.message_workers.submit(self._on_let_in)
        self.message_queue.put((self.current_session, message))

    def process_message(self) -> None:
        """Handle the next message in a thread. Slack's last one ends the connection, once the others are answered."""
        with suppress(Empty):
            session, raw = self.message_queue.get(timeout=1)
            if self.closed:
                return
            message = json.loads(raw) if raw.startswith("{") else {}
            if message.get("type") == "disconnect":
                wait(self._unanswered, _FINISH_SECONDS)
                _end_session(session)
                return
            self._unanswered = {one for one in self._unanswered if not one.done()}
            self._unanswered.add(self.message_workers.submit(self.run_message_listeners, message, raw))

    def disconnect(self) -> None:
        """Close the present connection."""
        _end_session(self.current_session)

    def close(self) -> None:
        """Handle no more messages, answer those that came, and close."""
        # Without this, the thread that receives messages never ends. It waits for one.
        self.closed = True
        self.message_queue.put((None, ""))
        self.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self.message_workers.shutdown(wait=True)
        super().close()

    def _run_current_session(self) -> None:
        """Nothing: a thread of slack_sdk's calls this again and again."""

    def _opened(self, session: Any) -> None:
        self.is_open = True
        if self._stopping.is_set():
            session.keep_running = False

    def _failed(self, _session: Any, error: Exception) -> None:
        if not self._is_leaving:
            self._on_trouble(_name(error))


def _name(error: Exception) -> str:
    match error:
        case websocket.WebSocketTimeoutException():
            return "timed_out"
        case websocket.WebSocketConnectionClosedException():
            return "connection_lost"
    return name_connection_error(error)


def _end_session(session: Any) -> None:
    """Let the thread that reads this session notice the end, close the connection to Slack, and finish.

    websocket-client's own `close` would leave that thread waiting on a closed socket for ever.
    """
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
