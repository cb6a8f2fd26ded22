"""What others hear of people and channels, in the transaction in which we note it or right after it."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from bot.people.absence import Absence
from db.models import Channel, OutboxTarget


class MembershipListener(Protocol):
    """Hears of people who are no longer where they were. Hearing the same twice does no harm."""

    def on_left_channel(self, channel: str, user: str, now: datetime) -> None:
        """Somebody is no longer in this channel."""

    def on_deactivated(self, user: str, now: datetime) -> None:
        """Somebody's account is closed."""

    def on_became_guest(self, user: str, now: datetime) -> None:
        """Somebody is a guest of the workspace."""


class PlaceListener(Protocol):
    """Hears, in the same transaction, that the bot cannot work in a channel, or that it can again."""

    def on_place_lost(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> bool:
        """The bot cannot work in this channel, or cannot for another reason. Returns whether something waits for it."""

    def on_place_back(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> None:
        """The bot can work in this channel again."""

    def on_place_not_made(self, session: Session, target: OutboxTarget, error: str, now: datetime) -> None:
        """Slack did not let us make this channel, or open this conversation of several people."""
