"""The web server of the process: Slack's requests in HTTP mode, and in both modes health and metrics."""

import json
import logging
import sys
from collections.abc import Callable, Iterable
from threading import BoundedSemaphore, Thread
from typing import Any

from cheroot.wsgi import Server
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.bot import Bot
from bot.settings.log import code_place
from bot.slack.manifest import EVENTS_PATH
from handlers.failures import answer_or_acknowledge

Health = Callable[[], dict[str, str]]
Metrics = Callable[[], bytes]
Answer = tuple[str, str, bytes]
_log = logging.getLogger(__name__)
# So many of Slack's requests are handled at once. The other threads answer about health meanwhile, or let Slack wait.
_SLACK_THREADS, _THREADS = 10, 32


class PortTaken(Exception):
    """The web server cannot listen there; the message is one plain line with the remedy."""


class _Server(Server):
    """Logs failures without what people wrote: cheroot's own log would quote the exception."""

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log the kind of failure, and its place in the code."""
        _log.log(level, "a web request failed: %s", code_place(sys.exc_info()[1]))


class WebServer:
    """Listens on `host` and `port`. `health` returns why we are not ready, `metrics` the page for Prometheus."""

    def __init__(self, host: str, port: int, bot: Bot, health: Health, metrics: Metrics, app: App | None) -> None:
        self._bot, self._health, self._metrics = bot, health, metrics
        self._slots = BoundedSemaphore(_SLACK_THREADS)
        self._slack = SlackRequestHandler(app, path=EVENTS_PATH) if app else None
        self._server = _Server((host, port), self._answer, numthreads=_THREADS)
        self._thread = Thread(target=self._server.serve, name="web")
        try:
            self._server.prepare()
        except OSError as problem:
            raise PortTaken(
                f"Port {port} on {host} cannot be used ({_reason(problem)}): "
                "set PORT to a free one, and HOST to a name of this machine"
            ) from None

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer the present requests, and accept no more."""
        self._server.stop()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def port(self) -> int:
        """The port that it listens on: the given one, or for 0 the free one that was found."""
        return int(self._server.bind_addr[1])

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self._slack and environ["PATH_INFO"] == EVENTS_PATH:
            with self._slots:
                return self._from_slack(self._slack, environ, start_response)
        return _send(start_response, self._status_page(environ["PATH_INFO"]))

    def _from_slack(self, bolt: SlackRequestHandler, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _is_number(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "0")):
            return _send(start_response, ("401 Unauthorized", "text/plain", b""))
        if self._bot.people.own_identity() is None:
            # Bolt would acknowledge a request that it cannot authorize, and Slack would not repeat it.
            return _send(start_response, ("503 Service Unavailable", "text/plain", b""))
        unreadable = ("200 OK", "text/plain", b"")
        with self._bot.metrics.ack_seconds.time():
            return answer_or_acknowledge(
                lambda: bolt(environ, start_response), lambda: _send(start_response, unreadable)
            )

    def _status_page(self, path: str) -> Answer:
        if path == "/health/live":
            return _as_json("200 OK", {"status": "alive"})
        if path == "/health/ready":
            problems = self._health()
            status = "503 Service Unavailable" if problems else "200 OK"
            return _as_json(status, {"status": "not ready" if problems else "ready", **problems})
        if path == "/metrics":
            return "200 OK", "text/plain; version=0.0.4; charset=utf-8", self._metrics()
        return "404 Not Found", "text/plain; charset=utf-8", b"Not found"


def _reason(problem: OSError) -> str:
    """The operating system's message, without cheroot's text around it."""
    return str(problem).rpartition("] ")[2].rstrip(")")


def _is_number(text: str) -> bool:
    """Bolt's own check raises for anything else, which would answer 500 instead of 401."""
    return text.isascii() and text.isdigit()


def _as_json(status: str, content: dict[str, str]) -> Answer:
    return status, "application/json", json.dumps(content).encode()


def _send(start_response: Any, answer: Answer) -> Iterable[bytes]:
    status, kind, body = answer
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
