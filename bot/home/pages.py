"""The pages behind the rows of Home: everything that somebody can do, their circles, and what is theirs alone."""

from collections.abc import Sequence
from datetime import datetime

from bot.circles.api import known_member
from bot.core.home import OwnCircle
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Services
from bot.home.provided_parts import ProvidedParts
from bot.home.reader import load_reader
from bot.home.todo import load_todo
from bot.home.views import pages as views
from db.models import Circle


class HomePages:
    """What does not stand on Home itself: each page says what is so when it opens; `logged` as of `ProvidedParts`."""

    def __init__(self, services: Services, providers: Sequence[HomeProvider], logged: set[str]) -> None:
        self._services, self._providers, self._logged = services, providers, logged

    def open_todo_page(self, user: str, now: datetime) -> Json:
        """Everything that this person can do now."""
        with self._services.database.reading() as session:
            reader = load_reader(self._services, session, known_member(session, user), now)
            parts = self._parts()
            return views.todo_page(reader.speaker, load_todo(parts, reader), is_whole=parts.is_whole)

    def open_circles_page(self, user: str, now: datetime) -> Json:
        """The circles of this person, with what they can do in each."""
        with self._services.database.reading() as session:
            reader = load_reader(self._services, session, known_member(session, user), now)
            parts = self._parts()
            circles = [own_circle(parts, reader, circle) for circle in reader.circles]
            return views.circles_page(reader.speaker, circles, is_whole=parts.is_whole)

    def open_own_page(self, user: str, now: datetime) -> Json:
        """What is this person's alone: what they wrote, what they asked for, their language; and how all this works."""
        with self._services.database.reading() as session:
            reader = load_reader(self._services, session, known_member(session, user), now)
            parts = self._parts()
            sections = parts.gather(lambda provider: provider.own_sections(reader))
            return views.own_page(reader.speaker, sections, reader.member.language, is_whole=parts.is_whole)

    def _parts(self) -> ProvidedParts:
        return ProvidedParts(self._providers, self._logged)


def own_circle(parts: ProvidedParts, reader: MemberContext, circle: Circle) -> OwnCircle:
    """One circle of the reader, with all that the wings say of it and offer there."""
    text = parts.gather(lambda provider: provider.circle_texts(reader, circle))
    buttons = parts.gather(lambda provider: provider.circle_buttons(reader, circle))
    return views.joined_circle(circle.channel.slack, text, buttons)
