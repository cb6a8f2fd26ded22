"""`python -m playground --port N`: an empty workspace with a small cast, for any app."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

from playground.manifest import app_name_of
from playground.model import Json
from playground.server import serve
from playground.workspace import PracticeWorkspace

CAST = ("Anna", "Bram", "Céline", "Dirk", "Elif")
CHANNEL = "general"
_LOOK_UP_SECONDS = 0.5


def now() -> datetime:
    return datetime.now(UTC)


def sample_workspace(app_manifest: Json | None = None) -> PracticeWorkspace:
    """A workspace with a small cast in one public channel; the app of the manifest is not invited yet."""
    if app_manifest is None:
        workspace = PracticeWorkspace(now, now)
    else:
        workspace = PracticeWorkspace(now, now, app_name=app_name_of(app_manifest))
        workspace.installs(app_manifest)
    people = [workspace.add_person(name) for name in CAST]
    channel = workspace.create_channel(CHANNEL, by=people[0])
    for person in people[1:]:
        person.joins(channel)
    return workspace


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted. Exit status 1 when the port is taken or the manifest unreadable."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="A practice Slack workspace.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3001)
    parser.add_argument("--request-url", help="deliver over signed HTTP to this address instead of Socket Mode")
    parser.add_argument(
        "--manifest", type=Path, help="the app's manifest, as JSON: its name, commands, shortcuts, scopes"
    )
    options = parser.parse_args(argv)
    try:
        workspace = sample_workspace(_read_manifest(options.manifest))
    except (OSError, ValueError, KeyError, TypeError) as error:
        _say(f"The manifest {options.manifest} cannot be used ({error}).")
        return 1
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


def _read_manifest(path: Path | None) -> Json | None:
    if path is None:
        return None
    manifest: Json = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _wait_for_goodbye() -> None:
    """Wait for SIGINT or SIGTERM."""
    # An event takes a lock, which the thread that is interrupted may hold: it would wait for itself, for ever.
    asked: SimpleQueue[int] = SimpleQueue()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, _: asked.put(number))
    # A signal that comes just before a wait without end is only handled after it: so look up now and then.
    while asked.empty():
        time.sleep(_LOOK_UP_SECONDS)


def _introduce(workspace: PracticeWorkspace, url: str) -> None:
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
