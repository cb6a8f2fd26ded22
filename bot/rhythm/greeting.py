"""The greeting of a channel that may become a circle."""

from sqlalchemy.orm import Session

from bot.circles.api import circle_at
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.rhythm.views import greeting as views
from db.models import Channel, Circle


class Greeting:
    """Greets channels that invited the bot."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def greet_channel(self, session: Session, channel: Channel) -> None:
        """Say who we are, and offer to set up the circle that this channel can be; nothing where it is one already."""
        if circle_at(session, channel.slack):
            return
        circle = Circle(channel_id=channel.id, language=self._services.language, timezone=self._services.timezone)
        session.add(circle)
        session.flush()
        body = views.greeting_post(self._services.speakers[self._services.language])
        self._services.outbox.post_once(session, f"hello:{circle.id}", body, Destination(channel=channel.slack))
