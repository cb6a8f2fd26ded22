"""Records what the bot used of Slack in the test suite, to compare it with the tables and the documentation.

Tests run in several processes. Each saves its record in `build/relied_on`, and `tests/slack/test_slack_usage.py`
compares all of them, in a run of its own after the others (`make test`).
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playground.workspace import PracticeWorkspace

FOLDER = Path(__file__).parents[1] / "build" / "relied_on"
_PLACES = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


@dataclass
class SlackUsage:
    """The methods that were called, events (by the manifest's names), scopes and errors; and the number of worlds."""

    worlds: int = 0
    called: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


seen = SlackUsage()


def record_usage(workspace: PracticeWorkspace) -> None:
    """Record what happened in a workspace."""
    seen.worlds += 1
    for call in workspace.calls:
        _add(seen.called, call.method)
        _add(seen.scopes, call.scope)
        _add(seen.refused, call.error)
    for delivery in workspace.deliveries:
        if delivery.type == "events_api":
            event = delivery.payload["event"]
            _add(seen.heard, _PLACES[event["channel_type"]] if event["type"] == "message" else event["type"])


def save_usage() -> None:
    """Save the record of this process."""
    if seen.worlds:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{os.getpid()}.json").write_text(json.dumps(asdict(seen)))


def all_usage() -> SlackUsage:
    """The records of all processes, joined."""
    parts = [SlackUsage(**json.loads(file.read_text())) for file in sorted(FOLDER.glob("*.json"))]
    return SlackUsage(
        sum(part.worlds for part in parts),
        *(sorted({name for part in parts for name in getattr(part, kind)}) for kind in _KINDS),
    )


_KINDS = ("called", "heard", "scopes", "refused")


def _add(names: list[str], name: str | None) -> None:
    if name and name not in names:
        names.append(name)
