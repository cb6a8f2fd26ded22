"""What follows when somebody is no longer where they were."""

from datetime import datetime
from typing import Protocol


class MembershipListener(Protocol):
    """Who has to know of people who are no longer there."""

    def on_left_channel(self, channel: str, user: str, now: datetime) -> None:
        """Somebody is no longer in this channel. More than once is fine."""

    def on_deactivated(self, user: str, now: datetime) -> None:
        """Somebody's account is closed. More than once is fine."""

    def on_became_guest(self, user: str, now: datetime) -> None:
        """Somebody is a guest of the workspace. More than once is fine."""
