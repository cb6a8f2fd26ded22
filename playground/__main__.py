"""`python -m playground --port N`: an empty workspace with a small cast, for any app that speaks Slack's protocol."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from datetime import UTC, datetime
from queue import SimpleQueue

from playground.server import serve
from playground.workspace import Workspace

CAST = ("Anna", "Bram", "Céline", "Dirk", "Elif")
CIRCLE = "coaching-en-co"
_LOOK_UP_SECONDS = 0.5


def now() -> datetime:
    return datetime.now(UTC)


def furnished() -> Workspace:
    """A workspace with the cast in one public channel; the app is not invited yet."""
    workspace = Workspace(now, now)
    people = [workspace.add_person(name) for name in CAST]
    circle = workspace.create_channel(CIRCLE, by=people[0])
    for person in people[1:]:
        person.joins(circle)
    return workspace


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted. Exit status 1 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="A practice Slack workspace.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3001)
    parser.add_argument("--request-url", help="deliver over signed HTTP to this address instead of Socket Mode")
    options = parser.parse_args(argv)
    workspace = furnished()
    workspace.request_url = options.request_url
    try:
        server = serve(workspace, options.host, options.port)
    except OSError as error:
        reason = error.strerror or str(error)
        _say(f"Port {options.port} on {options.host} cannot be used ({reason}); choose another with --port.")
        return 1
    _introduce(workspace, server.url)
    _wait_for_goodbye()
    server.stop()
    return 0


def _wait_for_goodbye() -> None:
    """Wait for SIGINT or SIGTERM."""
    # An event takes a lock, which the thread that is interrupted may hold: it would wait for itself, for ever.
    asked: SimpleQueue[int] = SimpleQueue()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, _: asked.put(number))
    # A signal that comes just before a wait without end is only handled after it: so look up now and then.
    while asked.empty():
        time.sleep(_LOOK_UP_SECONDS)


def _introduce(workspace: Workspace, url: str) -> None:
    _say(f"The practice workspace is at {url}/?as=anna")
    _say(f"  SLACK_API_URL={url}/api/")
    _say(f"  SLACK_BOT_TOKEN={workspace.bot_token}")
    _say(f"  SLACK_APP_TOKEN={workspace.app_token}")
    _say(f"  SLACK_SIGNING_SECRET={workspace.signing_secret}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
