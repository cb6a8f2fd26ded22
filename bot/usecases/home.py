"""Home, and the private words to who speaks to the bot: everybody sees their own things there, nobody else's."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.outbox import Place
from bot.rules.vocabulary import Role
from bot.usecases.desk import Desk
from bot.usecases.rounds import question_of
from bot.views import home as views
from bot.views.home import OwnCase, OwnCircle
from bot.views.parts import Json
from bot.words import Speaker
from db.models import CaseRow, Circle, Member
from db.queries import cases, people, reflections


class Home:
    """What is somebody's own, and the next thing to do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, user: str, now: datetime) -> bool:
        """Show this person their Home as it is now. Returns whether we know them; who we do not sees how to begin."""
        with self._desk.database.writing() as session:
            member = people.member(session, user)
            if member is None or not member.is_bot:
                self._desk.outbox.show_home(session, user, self._home(session, member, now))
            return member is not None

    def spoken_to(self, user: str, channel: str, ts: str, now: datetime) -> None:
        """Somebody wrote to the bot in private: one friendly answer to each message, with what can be done now."""
        with self._desk.database.writing() as session:
            member = people.member(session, user)
            if member and member.is_bot:
                return
            say = self._voice(session, member)
            body = views.answer(say, self._circles(session, member, say, now), self._cases(session, member, say))
            self._desk.outbox.say(session, f"answer:{channel}:{ts}", body, Place(channel=channel))

    def called(self, user: str, channel: str, ts: str) -> None:
        """Somebody called the bot by its name in a channel: they hear in private what it can do, once a message."""
        with self._desk.database.writing() as session:
            member = people.member(session, user)
            if member and member.is_bot:
                return
            at = self._desk.outbox.direct(session, user)
            body = views.called(self._voice(session, member), channel)
            self._desk.outbox.say(session, f"called:{channel}:{ts}", body, at)

    def _home(self, session: Session, member: Member | None, now: datetime) -> Json:
        say = self._voice(session, member)
        if member and member.is_external:
            return views.visitor(say)
        circles = self._circles(session, member, say, now)
        language = member.language if member else None
        if not circles:
            return views.beginning(say, language)
        return views.home(say, circles, self._cases(session, member, say), language)

    def _voice(self, session: Session, member: Member | None) -> Speaker:
        own = people.circles_of(session, member) if member else []
        return self._desk.voice(next(iter(own), None), member)

    def _circles(self, session: Session, member: Member | None, say: Speaker, now: datetime) -> list[OwnCircle]:
        own = people.circles_of(session, member) if member else []
        return [self._circle(session, circle, say, now) for circle in own]

    def _circle(self, session: Session, circle: Circle, say: Speaker, now: datetime) -> OwnCircle:
        next_question = say.moment(circle.next_round_at or now, circle.timezone)
        latest = reflections.latest_round(session, circle)
        if latest is None:
            return OwnCircle(circle.channel.slack, next_question)
        question = question_of(self._desk, say, latest).text
        return OwnCircle(circle.channel.slack, next_question, str(latest.id), question)

    def _cases(self, session: Session, member: Member | None, say: Speaker) -> list[OwnCase]:
        rows = cases.living_of(session, member) if member else []
        return [self._case(session, row, member, say) for row in rows if member]

    def _case(self, session: Session, row: CaseRow, member: Member, say: Speaker) -> OwnCase:
        mine = {one.role for one in cases.participations(session, row.id) if one.member_id == member.id}
        room = self._desk.outbox.post(session, f"case:{row.id}:channel")
        channel = room.channel if room else None
        return OwnCase(
            method=row.protocol["name"][say.language],
            roles=tuple(role.value for role in Role if role.value in mine),
            channel=channel or session.get_one(Circle, row.circle_id).channel.slack,
            has_begun=channel is not None,
        )
