"""Circles whose channel the bot cannot work in: their moderators read why and what to do, and Home says what is so."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.views import lost_place_notice, lost_place_section, place_back_notice
from bot.core import parts
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Service
from bot.people.types import Absence
from bot.words.escaping import channel_link
from db.models import Channel, Member, OutboxTarget
from db.queries.circles import active_moderators_of, circle_of, lost_circles_of

# How many circles that wait are named on Home.
_MOST_ON_HOME = 5


class CirclePlaces(Service):
    """Tells moderators that their circle waits for its channel, and that it goes on."""

    def on_place_lost(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> bool:
        """Each moderator of the circle of this channel reads why it waits, and what they can do."""
        circle = circle_of(session, channel)
        if circle is None or circle.set_up_at is None:
            return False
        for moderator in active_moderators_of(session, circle):
            speaker = self._services.speaker_for(circle, moderator)
            body = lost_place_notice(speaker, absence.reason, channel_link(channel.slack))
            at = self._services.outbox.open_dm(session, moderator.slack)
            self._services.outbox.post_once(session, _notice_key(channel, absence, moderator), body, at)
        return True

    def on_place_back(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> None:
        """What moderators read about it says now that the circle goes on."""
        circle = circle_of(session, channel)
        for moderator in active_moderators_of(session, circle) if circle else ():
            body = place_back_notice(self._services.speaker_for(circle, moderator), channel_link(channel.slack))
            self._services.outbox.update_if_posted(session, _notice_key(channel, absence, moderator), body)

    def on_place_not_made(self, session: Session, target: OutboxTarget, error: str, now: datetime) -> None:
        """A circle's channel is made by people, never by us."""


def home_provider() -> HomeProvider:
    """What Home says of circles that wait for their channel."""
    return HomeProvider(notices=_lost_circles)


def _lost_circles(reader: MemberContext) -> Iterator[Json]:
    lost = lost_circles_of(reader.session, reader.member)
    for circle in lost[:_MOST_ON_HOME]:
        reason = circle.channel.away_reason or "missing"
        yield lost_place_section(reader.speaker, reason, channel_link(circle.channel.slack))
    if len(lost) > _MOST_ON_HOME:
        yield parts.context(reader.speaker.mrkdwn("away.more", n=len(lost) - _MOST_ON_HOME))


def _notice_key(channel: Channel, absence: Absence, moderator: Member) -> str:
    return f"away:{channel.id}:{absence.since:%Y%m%d%H%M%S}:{absence.reason}:{moderator.id}"
