"""Home, and the private answers to somebody who speaks to the bot: everybody sees their own things, nobody else's."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circles_of, lost_circles_of
from bot.core.home import OwnCircle, TodoItem
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Services
from bot.home.provided_parts import ProvidedParts
from bot.home.surfaces import PrivateMessage
from bot.home.todo import load_todo
from bot.home.views import home as views
from bot.outbox.queue import Destination
from bot.people.api import find_member, members_in
from bot.people.types import Absence
from bot.words import Mrkdwn, Speaker
from db.models import Channel, Circle, Member, OutboxTarget

# A help ends with one or two things to do; Home has room for all of them.
IN_A_HELP = 2


class Home:
    """What is somebody's own, and the next thing to do: what the providers of the wings put here, in their order."""

    def __init__(self, services: Services, providers: Sequence[HomeProvider]) -> None:
        self._services, self._providers = services, providers
        self._logged: set[str] = set()

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
        items, sections = load_todo(parts, reader), parts.gather(lambda provider: provider.sections(reader))
        if not reader.circles:
            is_new = not lost_circles_of(session, reader.member)
            begins = (items, sections, member.language)
            return views.beginner_home(reader.speaker, *begins, is_new=is_new, is_whole=parts.is_whole)
        settings = parts.gather(lambda provider: provider.settings(reader))
        circles = [_own_circle(parts, reader, circle) for circle in reader.circles]
        shown = (*_each_once(items, circles), sections, settings, member.language)
        return views.home_view(reader.speaker, *shown, is_whole=parts.is_whole)

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


def load_reader(services: Services, session: Session, member: Member, now: datetime, place: str = "") -> MemberContext:
    """The member with their circles, spoken to as in the circle of the channel `place`, else as in their first one."""
    circles = circles_of(session, member)
    here = circle_at(session, place) if place else None
    speaker = services.speaker_for(here or next(iter(circles), None), member)
    return MemberContext(session, member, circles, speaker, now)


def _own_circle(parts: ProvidedParts, reader: MemberContext, circle: Circle) -> OwnCircle:
    texts = parts.gather(lambda provider: provider.circle_texts(reader, circle))
    return OwnCircle(Mrkdwn("\n".join(texts)), tuple(parts.gather(lambda it: it.circle_buttons(reader, circle))))


def _each_once(items: list[TodoItem], circles: list[OwnCircle]) -> tuple[list[TodoItem], list[OwnCircle]]:
    """What has a button at a circle is not listed too; if there is nothing else, the first is listed instead."""
    beside = {(button.action, button.pointer) for circle in circles for button in circle.buttons}
    waiting = [item for item in items if (item.action, item.pointer) not in beside]
    if waiting or not items:
        return waiting, circles
    return items[:1], [circle.without(items[0]) for circle in circles]


def _is_spoken_with(member: Member | None) -> bool:
    """Whether there are private words for this person: not for bots, and not for people of other organisations."""
    return member is None or not (member.is_bot or member.is_external)
