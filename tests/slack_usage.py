"""What the suite saw the bot use of Slack, so that the tables and the documentation can be held to it.

Tests run in several processes; each leaves what it saw in `build/relied_on`, and `tests/slack/test_slack_usage.py`
compares the whole, in a run of its own after them (`make test`).
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playground.workspace import PracticeWorkspace

FOLDER = Path(__file__).parents[1] / "build" / "relied_on"
_PLACES = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


@dataclass
class Seen:
    """Methods called, events heard (by the manifest's names), scopes needed, errors answered; in how many worlds."""

    worlds: int = 0
    called: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


seen = Seen()


def note(workspace: PracticeWorkspace) -> None:
    """Remember what happened in a workspace that is about to go."""
    seen.worlds += 1
    for call in workspace.calls:
        _add(seen.called, call.method)
        _add(seen.scopes, call.scope)
        _add(seen.refused, call.error)
    for delivery in workspace.deliveries:
        if delivery.type == "events_api":
            event = delivery.payload["event"]
            _add(seen.heard, _PLACES[event["channel_type"]] if event["type"] == "message" else event["type"])


def leave() -> None:
    """Leave what this process saw for the run that compares."""
    if seen.worlds:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{os.getpid()}.json").write_text(json.dumps(asdict(seen)))


def together() -> Seen:
    """What all processes saw."""
    parts = [Seen(**json.loads(file.read_text())) for file in sorted(FOLDER.glob("*.json"))]
    return Seen(
        sum(part.worlds for part in parts),
        *(sorted({name for part in parts for name in getattr(part, kind)}) for kind in _KINDS),
    )


_KINDS = ("called", "heard", "scopes", "refused")


def _add(names: list[str], name: str | None) -> None:
    if name and name not in names:
        names.append(name)
