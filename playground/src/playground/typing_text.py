"""From what a person types to what Slack stores: escaped text with mentions, and the same as rich_text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playground.model import Json
from playground.rendering import escape
from playground.state import WorkspaceState

_URL = r"https?://[^\s<>|]+[^\s<>|.,;:!?)]"
_BROADCASTS = ("channel", "here", "everyone")


@dataclass
class TypedText:
    """The stored text and its rich_text elements, built up side by side."""

    text: str = ""
    elements: list[Json] = field(default_factory=list)

    def add(self, text: str, element: Json) -> None:
        self.text += text
        self.elements.append(element)

    def blocks(self, block_id: str) -> list[Json]:
        section = {"type": "rich_text_section", "elements": self.elements}
        return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def typed(workspace: WorkspaceState, raw: str) -> TypedText:
    """`@Anna`, `@here`, `#channel` and addresses become Slack's angle forms; all else is escaped."""
    result = TypedText()
    names = _mentionable(workspace)
    for part in _pattern(names, workspace).split(raw):
        if part:
            _add_part(workspace, result, part, names)
    return result


def _mentionable(workspace: WorkspaceState) -> dict[str, str]:
    names = {user.name.casefold(): user.id for user in workspace.users.values()}
    return names | {user.real_name.casefold(): user.id for user in workspace.users.values()}


def _pattern(names: dict[str, str], workspace: WorkspaceState) -> re.Pattern[str]:
    people = sorted([*names, *_BROADCASTS], key=len, reverse=True)
    channels = sorted((c.name for c in workspace.channels.values() if not c.is_direct), key=len, reverse=True)
    either = [rf"@(?:{'|'.join(map(re.escape, people))})\b"]
    if channels:
        either.append(rf"#(?:{'|'.join(map(re.escape, channels))})\b")
    return re.compile(f"({'|'.join([*either, _URL])})", re.IGNORECASE)


def _add_part(workspace: WorkspaceState, result: TypedText, part: str, names: dict[str, str]) -> None:
    word = part[1:].casefold()
    if part[0] == "@" and word in names:
        result.add(f"<@{names[word]}>", {"type": "user", "user_id": names[word]})
    elif part[0] == "@" and word in _BROADCASTS:
        result.add(f"<!{word}>", {"type": "broadcast", "range": word})
    elif part[0] == "#" and (channel := _channel_named(workspace, word)):
        result.add(f"<#{channel}>", {"type": "channel", "channel_id": channel})
    elif re.fullmatch(_URL, part):
        result.add(f"<{escape(part)}>", {"type": "link", "url": part})
    else:
        result.add(escape(part), {"type": "text", "text": part})


def _channel_named(workspace: WorkspaceState, name: str) -> str | None:
    return next((c.id for c in workspace.channels.values() if c.name.casefold() == name and not c.is_direct), None)
