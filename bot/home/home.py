"""Home, and the private answers to somebody who speaks to the bot: everybody sees their own things, nobody else's."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, lost_circles_of
from bot.core.home import TodoItem
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Services
from bot.home.pages import HomePages, own_circle
from bot.home.provided_parts import ProvidedParts
from bot.home.reader import load_reader
from bot.home.surfaces import PrivateMessage
from bot.home.todo import load_todo
from bot.home.views import home as views
from bot.outbox.queue import Destination
from bot.people.api import find_member, members_in
from bot.people.types import Absence
from bot.words import Speaker
from db.models import Channel, Member, OutboxTarget

# A help ends with one or two things to do; Home has room for all of them.
IN_A_HELP = 2


class Home:
    """What is somebody's own, and the next thing to do: what the providers of the wings put here, in their order."""

    def __init__(self, services: Services, providers: Sequence[HomeProvider]) -> None:
        self._services, self._providers = services, providers
        self._logged: set[str] = set()
        self.pages = HomePages(services, providers, self._logged)

    def show_home(self, user: str, now: datetime) -> bool:
        """Show this person their Home as it is now. Returns whether we know them; before we do, they have none.

        People from outside have none at all: that they looked would be kept with what is shown.
        """
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if member and _is_spoken_with(member):
                self._services.outbox.publish_home(session, user, self._home(session, member, now))
            return member is not None

    def refresh_home(self, user: str, now: datetime) -> None:
        """Show this person their Home anew, if they ever looked at it: something of theirs changed."""
        with self._services.database.reading() as session:
            was_shown = self._services.outbox.find_target(session, f"home:{user}") is not None
        if was_shown:
            self.show_home(user, now)

    def refresh_homes(self, session: Session, members: Iterable[Member], now: datetime) -> None:
        """Something changed for these people, in this transaction: the Home of each who ever looked at it follows."""
        for member in members:
            if self._services.outbox.find_target(session, f"home:{member.slack}"):
                self._services.outbox.publish_home(session, member.slack, self._home(session, member, now))

    def on_place_lost(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> bool:
        """The Homes of everybody in this channel say that its circle waits. Nothing here waits for it."""
        self.refresh_homes(session, members_in(session, channel), now)
        return False

    def on_place_back(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> None:
        """The Homes of everybody in this channel say that its circle goes on."""
        self.refresh_homes(session, members_in(session, channel), now)

    def on_place_not_made(self, session: Session, target: OutboxTarget, error: str, now: datetime) -> None:
        """No circle lives there."""

    def answer_help(self, user: str, channel: str, key: str, now: datetime) -> Json:
        """The private answer to a command's help: the text at `key`, and what this person can do right now, here."""
        with self._services.database.reading() as session:
            reader = self._reader(session, find_member(session, user), now, channel)
            speaker = reader.speaker if reader else self._services.speaker_for(circle_at(session, channel))
            items, is_whole = self._first_items(reader, channel)
            return views.help_answer(speaker, key, items, is_whole=is_whole)

    def answer_message(self, user: str, channel: str, ts: str, now: datetime) -> None:
        """Somebody wrote to the bot in private: one friendly answer to each message, with what can be done now."""
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if not _is_spoken_with(member):
                return
            reader = self._reader(session, member, now)
            pointer = PrivateMessage(channel, ts) if reader and self._can_use_private_message(reader) else None
            items, is_whole = self._first_items(reader)
            body = views.answer_to_message(self._speaker(reader), items, pointer, is_whole=is_whole)
            self._services.outbox.post_once(session, f"answer:{channel}:{ts}", body, Destination(channel=channel))

    def answer_mention(self, user: str, channel: str, ts: str, now: datetime) -> None:
        """Somebody called the bot by its name in a channel: they read in private what it can do, once a message."""
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if not _is_spoken_with(member):
                return
            at, reader = self._services.outbox.open_dm(session, user), self._reader(session, member, now)
            items, is_whole = self._first_items(reader, channel)
            body = views.answer_to_mention(self._speaker(reader), channel, items, is_whole=is_whole)
            self._services.outbox.post_once(session, f"called:{channel}:{ts}", body, at)

    def _home(self, session: Session, member: Member, now: datetime) -> Json:
        reader, parts = load_reader(self._services, session, member, now), self._parts()
        items, notices = load_todo(parts, reader), parts.gather(lambda provider: provider.notices(reader))
        if not reader.circles:
            is_new = not lost_circles_of(session, reader.member)
            return views.beginner_home(reader.speaker, items, notices, is_new=is_new, is_whole=parts.is_whole)
        circles = [own_circle(parts, reader, circle) for circle in reader.circles]
        rows = parts.gather(lambda provider: provider.rows(reader))
        return views.home_view(reader.speaker, items, notices, circles, rows, is_whole=parts.is_whole)

    def _parts(self) -> ProvidedParts:
        return ProvidedParts(self._providers, self._logged)

    def _can_use_private_message(self, reader: MemberContext) -> bool:
        return any(self._parts().gather(lambda provider: [provider.can_use_private_message(reader)]))

    def _first_items(self, reader: MemberContext | None, here: str = "") -> tuple[list[TodoItem], bool]:
        """The first things this reader can do, and whether every wing could say what there is."""
        parts = self._parts()
        items = load_todo(parts, reader, here)[:IN_A_HELP] if reader else []
        return items, parts.is_whole

    def _reader(self, session: Session, member: Member | None, now: datetime, here: str = "") -> MemberContext | None:
        return load_reader(self._services, session, member, now, here) if member else None

    def _speaker(self, reader: MemberContext | None) -> Speaker:
        return reader.speaker if reader else self._services.speaker_for(None)


def _is_spoken_with(member: Member | None) -> bool:
    """Whether there are private words for this person: not for bots, and not for people of other organisations."""
    return member is None or not (member.is_bot or member.is_external)
