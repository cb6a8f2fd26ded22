"""What somebody typed, from what Slack stores of it, so that editing begins with the person's own words."""

from __future__ import annotations

import re

from playground.rendering import unescape
from playground.state import WorkspaceState

_REFERENCE = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


def as_typed(workspace: WorkspaceState, text: str) -> str:
    """`<@U0ANNA>` is `@anna` again, `<#C1|name>` is `#name`, and `&amp;` is `&`."""
    return unescape(_REFERENCE.sub(lambda found: _typed(workspace, found[1], found[2]), text))


def _typed(workspace: WorkspaceState, target: str, label: str | None) -> str:
    if target.startswith("@"):
        user = workspace.users.get(target[1:])
        return f"@{user.name}" if user else target
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return f"#{channel.name if channel else label or target[1:]}"
    if target.startswith("!"):
        return f"@{target[1:]}"
    return label or target
