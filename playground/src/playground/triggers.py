"""trigger_ids: what an interaction gives the app to open one form with, for three seconds."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.model import ApiError, Clock

LIFETIME = timedelta(seconds=3)


@dataclass
class OpenTrigger:
    user: str
    made: datetime
    window: str = ""
    is_used: bool = False


class TriggerIds:
    """Gives out trigger_ids and takes each one back once."""

    def __init__(self, elapsed: Clock) -> None:
        self._elapsed = elapsed
        self._triggers: dict[str, OpenTrigger] = {}

    def new_trigger_id(self, user_id: str, window: str = "") -> str:
        trigger_id = f"{len(self._triggers) + 1}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = OpenTrigger(user_id, self._elapsed(), window)
        return trigger_id

    def exchange_trigger_id(self, trigger_id: str) -> tuple[str, str]:
        """The user the trigger came from, and the window. Raises Slack's errors for unknown, old and used triggers."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.is_used:
            raise ApiError("exchanged_trigger_id")
        if self._elapsed() - trigger.made > LIFETIME:
            raise ApiError("expired_trigger_id")
        trigger.is_used = True
        return trigger.user, trigger.window
