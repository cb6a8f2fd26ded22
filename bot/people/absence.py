"""Why the bot cannot work in a channel. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

REMOVED: Final = "removed"
ARCHIVED: Final = "archived"
DELETED: Final = "deleted"
SHARED: Final = "shared"
MISSING: Final = "missing"

REASON_OF_ERROR: Final = {"not_in_channel": REMOVED, "is_archived": ARCHIVED, "channel_not_found": MISSING}
"""What Slack's errors say about a channel."""


@dataclass(frozen=True)
class Absence:
    """Why the bot cannot work in a channel (a value of `Channel.away_reason`), and since when."""

    reason: str
    since: datetime
