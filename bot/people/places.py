"""The channels where the bot works: lost, found again, shared with another organisation, and under another id.

While the bot cannot work in a channel, what waits there waits. Whoever can mend it is told by the listeners.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.people.absence import ARCHIVED, DELETED, MISSING, REASON_OF_ERROR, REMOVED, SHARED, Absence
from bot.people.listeners import PlaceListener
from bot.slack.types import ChannelFacts
from db.models import Channel, OutboxTarget
from db.queries import people

_log = logging.getLogger(__name__)

# How often a lost channel is looked up in its first hour, and after that; after a week, when all channels are.
_OFTEN, _SELDOM = timedelta(seconds=45), timedelta(minutes=10)
_FIRST_HOUR, _FIRST_WEEK = timedelta(hours=1), timedelta(weeks=1)

# Takes back the greeting of a channel that turned out to be a circle's under another id.
TakeBackGreeting = Callable[[Session, Channel], None]


def reason_of_facts(facts: ChannelFacts) -> str | None:
    """Why the bot cannot work in a channel of which Slack says this; None where it can."""
    if facts.is_archived:
        return ARCHIVED
    if not facts.is_member:
        return REMOVED
    return SHARED if facts.is_external else None


class Places:
    """What we know of the channels where the bot works."""

    def __init__(self, services: Services, listeners: Sequence[PlaceListener], take_back: TakeBackGreeting) -> None:
        self._services, self._listeners, self._take_back = services, listeners, take_back

    def lose_channel(self, slack: str, reason: str, now: datetime) -> None:
        """The bot cannot work in the channel with this id of Slack's."""
        with self._services.database.writing() as session:
            if channel := people.find_channel(session, slack, locked=True):
                self.note_lost(session, channel, reason, now)

    def note_lost(self, session: Session, channel: Channel, reason: str, now: datetime) -> None:
        """The same in a transaction. Whoever was told why hears it again only if the reason changes."""
        # That Slack does not know a channel says less than what we know already.
        if channel.left_at and channel.away_reason and reason in (channel.away_reason, MISSING):
            self._look_again(channel, now)
            return
        if reason == MISSING:
            # It may be there under another id.
            people.compare_channels_at(session, now)
        channel.away_reason, channel.left_at = reason, channel.left_at or now
        absence = Absence(reason, channel.left_at)
        waits = [listener.on_place_lost(session, channel, absence, now) for listener in self._listeners]
        channel.away_told_at = now if any(waits) else None
        self._look_again(channel, now)
        if any(waits):
            _log.warning("channel %s is %s: what belongs there waits", channel.slack, reason)

    def note_back(self, session: Session, channel: Channel, now: datetime) -> None:
        """The bot can work in this channel; if it could not before, what waited goes on."""
        if channel.left_at is None:
            return
        absence = Absence(channel.away_reason or MISSING, channel.left_at)
        channel.left_at = channel.away_reason = channel.away_told_at = None
        self._services.outbox.retry_in_channel(session, channel.slack)
        for listener in self._listeners:
            listener.on_place_back(session, channel, absence, now)
        _log.info("channel %s is there again: what waited goes on", channel.slack)

    def note_refused(self, session: Session, target: OutboxTarget, error: str, now: datetime) -> bool:
        """Slack refused a job because of its channel. Returns whether whoever can mend that is told here."""
        reason = REASON_OF_ERROR.get(error)
        channel = people.find_channel(session, target.channel, locked=True) if target.channel and reason else None
        if channel is None or reason is None:
            return False
        # An event may have said more exactly what happened to it.
        if channel.left_at is None:
            self.note_lost(session, channel, reason, now)
        return channel.away_told_at is not None

    def note_not_made(self, session: Session, target: OutboxTarget, error: str, now: datetime) -> None:
        """Slack did not let us make this channel, or open this conversation of several people."""
        for listener in self._listeners:
            listener.on_place_not_made(session, target, error, now)

    def change_id(self, old: str, new: str, now: datetime) -> None:
        """Slack gave a channel another id: everything that we know of it is kept under the new one."""
        with self._services.database.writing() as session:
            channel, newcomer = people.find_channel(session, old, locked=True), people.find_channel(session, new)
            if channel and newcomer and not self._forget_newcomer(session, newcomer):
                _log.error("channel %s is a circle of its own already: %s stays apart from it", new, old)
                return
            people.move_channel(session, old, new)
            if channel:
                channel.slack, channel.look_up_at = new, now
            self._services.outbox.retry_in_channel(session, new)

    def _forget_newcomer(self, session: Session, newcomer: Channel) -> bool:
        """Forget a channel that came under its new id first; False if it was set up as a circle meanwhile."""
        if people.has_working_circle(session, newcomer):
            return False
        self._take_back(session, newcomer)
        people.forget_channel(session, newcomer)
        return True

    def _look_again(self, channel: Channel, now: datetime) -> None:
        """Plan to ask Slack about a lost channel: it may be mended without an event."""
        lost_for = now - (channel.left_at or now)
        is_over = channel.away_reason == DELETED or channel.away_told_at is None or lost_for > _FIRST_WEEK
        channel.look_up_at = None if is_over else now + (_OFTEN if lost_for < _FIRST_HOUR else _SELDOM)
