"""Slack's markup as people read it: mentions as names, dates in the reader's zone, no markers, no escapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from playground.model import Json, WorkspaceUser
from playground.state import WorkspaceState
from playground.zones import zone_called

_ANGLES = re.compile(r"<([^<>]+)>")
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_MARKERS = [
    re.compile(
        rf"(?<![\w{re.escape(sign)}]){re.escape(sign)}(?=\S)(.+?)(?<=\S){re.escape(sign)}(?![\w{re.escape(sign)}])"
    )
    for sign in "*_~"
]
_DATE_FORMATS = {
    "{date_num}": "%Y-%m-%d",
    "{date}": "%-d %B %Y",
    "{date_short}": "%-d %b %Y",
    "{date_long}": "%A %-d %B %Y",
    "{date_pretty}": "%-d %B %Y",
    "{date_short_pretty}": "%-d %b %Y",
    "{date_long_pretty}": "%A %-d %B %Y",
    "{time}": "%H:%M",
    "{time_secs}": "%H:%M:%S",
}


def escape(text: str) -> str:
    """As Slack stores what people type (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@dataclass(frozen=True)
class TextRenderer:
    """Renders for one person: names from the workspace, dates in that person's zone."""

    workspace: WorkspaceState
    user: WorkspaceUser

    def mrkdwn(self, text: str) -> str:
        """Plain text of a mrkdwn string."""
        parts = _CODE.split(text)
        read = [part.strip("`") if _CODE.fullmatch(part) else _without_markers(part) for part in parts]
        return unescape(_ANGLES.sub(lambda found: self._angle(found[1]), "".join(read)))

    def _angle(self, inside: str) -> str:
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return escape("@" + self.workspace.name_of(target[1:]))
        if target.startswith("#"):
            return escape("#" + self._channel_name(target[1:], label))
        if target.startswith("!date^"):
            return self._date(target, label)
        if target.startswith("!subteam^"):
            return label or "@" + self._group(target.removeprefix("!subteam^"))
        if target.startswith("!"):
            return label or "@" + target[1:]
        return label or target

    def _channel_name(self, channel_id: str, label: str) -> str:
        channel = self.workspace.channels.get(channel_id)
        if channel is None or (channel.is_private and self.user.id not in channel.members):
            return label or "private"
        return channel.name

    def _group(self, group_id: str) -> str:
        return str(self.workspace.usergroups.get(group_id, {}).get("handle", group_id))

    def _date(self, target: str, fallback: str) -> str:
        _, seconds, form, *_ = target.split("^")
        if not seconds.isdigit():
            return fallback
        moment = datetime.fromtimestamp(int(seconds), UTC).astimezone(zone_called(self.user.tz))
        for token, pattern in _DATE_FORMATS.items():
            form = form.replace(token, moment.strftime(pattern))
        return form

    def text_object(self, given: Json | None) -> str:
        """Plain text of a text object; `plain_text` is shown as it is."""
        if not given:
            return ""
        return str(given["text"]) if given["type"] == "plain_text" else self.mrkdwn(str(given["text"]))


def _without_markers(text: str) -> str:
    for marker in _MARKERS:
        text = marker.sub(r"\1", text)
    return re.sub(r"^&gt; ?", "", text, flags=re.MULTILINE)
