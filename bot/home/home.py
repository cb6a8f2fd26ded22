"""Home, and the private words to who speaks to the bot: everybody sees their own things there, nobody else's."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circles_of, first_circle_of
from bot.core.parts import Json
from bot.core.services import Services
from bot.home.todo import Todo
from bot.home.views import help as help_page
from bot.home.views import home as views
from bot.home.views.home import OwnCase, OwnCircle
from bot.intervision.api import channel_key, open_cases_of, parse_protocol, participations
from bot.journal.api import has_more_than
from bot.library.enums import CasePlace as PlaceOfCase
from bot.library.enums import Role
from bot.outbox.queue import Destination
from bot.people.api import find_member
from bot.questions.api import count_proposals_open_to
from bot.reflection.api import latest_round, own_answers
from bot.words import Speaker
from db.models import CaseRow, Circle, Member

# A help ends with one or two things; Home has room for all of them.
_IN_A_HELP = 2


class Home:
    """What is somebody's own, and the next thing to do."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._next = Todo(services)

    def show_home(self, user: str, now: datetime) -> bool:
        """Show this person their Home as it is now. Returns whether we know them; who we do not sees how to begin.

        People from outside have none: even that they looked would be kept with what is to be shown.
        """
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if _is_spoken_with(member):
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

    def answer_help(self, user: str, channel: str, key: str, now: datetime) -> Json:
        """The private answer to a command's help: the text at `key`, and what this person can do right now, here."""
        with self._services.database.reading() as session:
            member, circle = find_member(session, user), circle_at(session, channel)
            speaker = self._services.speaker_for(circle, member) if circle else self._voice(session, member)
            return help_page.help_answer(
                speaker, key, self._next.todo_of(session, member, speaker, now, channel)[:_IN_A_HELP]
            )

    def answer_message(self, user: str, channel: str, ts: str, now: datetime) -> None:
        """Somebody wrote to the bot in private: one friendly answer to each message, with what can be done now."""
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if not _is_spoken_with(member):
                return
            speaker = self._voice(session, member)
            asked = member and any(latest_round(session, one) for one in circles_of(session, member))
            things = self._next.todo_of(session, member, speaker, now)[:_IN_A_HELP]
            body = views.answer_to_message(speaker, things, message=f"{channel}:{ts}" if asked else "")
            self._services.outbox.post_once(session, f"answer:{channel}:{ts}", body, Destination(channel=channel))

    def answer_mention(self, user: str, channel: str, ts: str, now: datetime) -> None:
        """Somebody called the bot by its name in a channel: they hear in private what it can do, once a message."""
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if not _is_spoken_with(member):
                return
            at, speaker = self._services.outbox.open_dm(session, user), self._voice(session, member)
            body = views.answer_to_mention(
                speaker, channel, self._next.todo_of(session, member, speaker, now, channel)[:_IN_A_HELP]
            )
            self._services.outbox.post_once(session, f"called:{channel}:{ts}", body, at)

    def _home(self, session: Session, member: Member | None, now: datetime) -> Json:
        speaker = self._voice(session, member)
        things = self._next.todo_of(session, member, speaker, now)
        circles = self._circles(session, member, speaker, now)
        language = member.language if member else None
        if not circles:
            has_words = member is not None and has_more_than(session, member, 0)
            return views.beginner_home(speaker, things, language, has_words=has_words)
        # Each circle has a button of its own to bring a case; for who has nothing else, that of the first is on top.
        waiting = [thing for thing in things if thing.kind != "bring"]
        if not waiting and things:
            waiting = things[:1]
            circles = [replace(one, can_bring=False) if one.channel == things[0].channel else one for one in circles]
        return views.home_view(speaker, waiting, circles, self._cases(session, member, speaker), language)

    def _voice(self, session: Session, member: Member | None) -> Speaker:
        return self._services.speaker_for(first_circle_of(session, member) if member else None, member)

    def _circles(self, session: Session, member: Member | None, speaker: Speaker, now: datetime) -> list[OwnCircle]:
        own = circles_of(session, member) if member else []
        return [self._circle(session, circle, member, speaker, now) for circle in own if member]

    def _circle(self, session: Session, circle: Circle, member: Member, speaker: Speaker, now: datetime) -> OwnCircle:
        latest = latest_round(session, circle)
        answered = latest is not None and own_answers(session, latest, member)
        return OwnCircle(
            circle.channel.slack,
            speaker.moment(circle.next_round_at, circle.timezone) if circle.next_round_at else "",
            is_new=latest is None,
            answered=str(latest.id) if latest and answered else "",
            can_bring=not member.is_guest,
            proposals=count_proposals_open_to(session, circle, member),
        )

    def _cases(self, session: Session, member: Member | None, speaker: Speaker) -> list[OwnCase]:
        rows = open_cases_of(session, member) if member else []
        return [self._case(session, row, member, speaker) for row in rows if member]

    def _case(self, session: Session, row: CaseRow, member: Member, speaker: Speaker) -> OwnCase:
        mine = {one.role for one in participations(session, row.id) if one.member_id == member.id}
        room = self._services.outbox.find_target(session, channel_key(row))
        channel = room.channel if room else None
        protocol = parse_protocol(row.protocol)
        return OwnCase(
            method=protocol.name.in_(speaker.language),
            roles=tuple(role.value for role in Role if role.value in mine),
            channel=channel or session.get_one(Circle, row.circle_id).channel.slack,
            has_begun=channel is not None,
            of_two=protocol.place == PlaceOfCase.DIRECT,
        )


def _is_spoken_with(member: Member | None) -> bool:
    """Whether there are private words for this person: not for bots, and not for people of other organisations."""
    return member is None or not (member.is_bot or member.is_external)
