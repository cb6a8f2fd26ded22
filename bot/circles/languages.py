"""In which language the bot talks with somebody: their own choice, else the language of their circle."""

from bot.circles.views import AS_THE_CIRCLE
from bot.core.services import Service
from bot.people.api import find_member
from bot.words import LANGUAGES, Speaker
from db.queries.circles import circle_at, first_circle_of


class Languages(Service):
    """The language of each person."""

    def speaker_for(self, user: str, channel: str | None = None) -> Speaker:
        """The speaker for this person, in the circle of this channel if there is one. Both are Slack's ids."""
        with self._services.database.reading() as session:
            circle = circle_at(session, channel) if channel else None
            member = find_member(session, user)
            if circle is None and member:
                circle = first_circle_of(session, member)
            return self._services.speaker_for(circle, member)

    def choose_language(self, user: str, language: str) -> None:
        """This person chose the language in which the bot talks with them, or that of their circle (AS_THE_CIRCLE).

        What is neither changes nothing.
        """
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if member and language in (*LANGUAGES, AS_THE_CIRCLE):
                member.language = None if language == AS_THE_CIRCLE else language
