"""Invitations to the weekly question, for who asked for them: no reminders, and nothing about who did not answer."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.circles.api import circles_of, first_circle_of, known_member
from bot.core.calendar import is_clock, is_zone
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.questions.api import is_own
from bot.reflection import rules
from bot.reflection.round_cards import question_of
from bot.reflection.views import invitations as views
from bot.reflection.views.invitations import InvitationWish
from bot.words import Speaker
from db.models import Circle, Invitation, Member, Round
from db.queries import reflection as queries
from db.queries import reflection as reflections


class Invitations:
    """At most one a question, at a person's own hour, until they pause or stop it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open_invitations_page(self, user: str) -> Json:
        """What this person asked, to change it."""
        with self._services.database.reading() as session:
            member = known_member(session, user)
            return self._page(session, member)

    def ask_for_invitations(self, user: str, clock: str, zone: str, now: datetime) -> Json:
        """Invite this person at this hour there from now on, also to a question that stands already."""
        if not is_clock(clock):
            raise Refusal("circle.wrong_clock")
        if not is_zone(zone):
            raise Refusal("circle.wrong_timezone")
        with self._services.database.writing() as session:
            member = known_member(session, user)
            row = self._of(session, member) or Invitation(member_id=member.id)
            row.clock, row.timezone, row.is_paused = f"{time.fromisoformat(clock):%H:%M}", zone, False
            row.next_at = _following(row, now)
            session.add(row)
            return self._page(session, member)

    def pause_invitations(self, user: str, message: str) -> Json | None:
        """No invitation until they want them again. `message` is the one it was asked in; else a page comes back."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            if row := self._of(session, member):
                row.is_paused, row.next_at = True, None
            return self._told(session, member, message, "paused" if row else "stopped")

    def resume_invitations(self, user: str, message: str, now: datetime) -> Json | None:
        """Invitations come again, as before the pause."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            if row := self._of(session, member):
                row.is_paused, row.next_at = False, _following(row, now)
            return self._told(session, member, message, "resumed" if row else "stopped")

    def stop_invitations(self, user: str, message: str) -> Json | None:
        """Nothing is left of it."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            if row := self._of(session, member):
                session.delete(row)
                session.flush()
            return self._told(session, member, message, "stopped")

    def members_to_invite(self, now: datetime) -> list[int]:
        """Our ids of the members whose hour it is, where a question came."""
        with self._services.database.reading() as session:
            return queries.due_invitations(session, now)

    def invite_member(self, member_id: int, now: datetime) -> bool:
        """Invite this member to what they have not answered; returns whether there was anything of the kind."""
        with self._services.database.writing() as session:
            row = session.get(Invitation, member_id, with_for_update=True)
            if row is None or row.next_at is None or row.next_at > now:
                return False
            row.next_at = None
            member = session.get_one(Member, member_id)
            circles = [] if member.is_deactivated else circles_of(session, member)
            return sum(self._invite(session, row, member, circle, now) for circle in circles) > 0

    def _invite(self, session: Session, row: Invitation, member: Member, circle: Circle, now: datetime) -> bool:
        """Once a question; in a closed period not yet, but perhaps the next day."""
        round_ = reflections.latest_round(session, circle)
        if round_ is None or not rules.is_recent(round_.posted_at, now) or not self._stands(session, round_):
            return False
        key = _key(round_.id, member)
        if self._services.outbox.find_target(session, key) or reflections.has_answered(session, round_, member):
            return False
        if self._rests(circle, now):
            row.next_at = _following(row, now)
            return False
        self._say(session, key, self._body(session, member, circle, round_), member, circle)
        return True

    def _stands(self, session: Session, round_: Round) -> bool:
        card = self._services.outbox.find_target(session, f"round:{round_.id}")
        return card is not None and card.deleted_at is None

    def _say(self, session: Session, key: str, body: Json, member: Member, circle: Circle) -> None:
        """An earlier one of this circle that Slack did not let through is not worth anything any more."""
        subject = f"invited:{circle.id}:{member.id}"
        for earlier in self._services.outbox.targets_of(session, subject):
            if earlier.ts is None:
                self._services.outbox.delete_message(session, earlier)
        self._services.outbox.post_once(
            session, key, body, self._services.outbox.open_dm(session, member.slack), subject=subject
        )

    def _body(self, session: Session, member: Member, circle: Circle, round_: Round) -> Json:
        """Words of a member, who may take them back, stay on their card."""
        speaker = self._voice(session, member)
        question = "" if is_own(round_.prompt) else question_of(self._services, speaker, round_).text
        return views.prompt_invitation(speaker, circle.channel.slack, question, str(round_.id))

    def _rests(self, circle: Circle, now: datetime) -> bool:
        calendar = self._services.calendar(circle)
        today = calendar.local(now).date()
        is_paused = circle.paused_until is not None and today < circle.paused_until
        return is_paused or not calendar.is_working(today)

    def _told(self, session: Session, member: Member, message: str, how: str) -> Json | None:
        if not message:
            return self._page(session, member)
        self._services.outbox.update_if_posted(
            session, _key(message, member), views.invitations_changed(self._voice(session, member), how, message)
        )
        return None

    def _of(self, session: Session, member: Member) -> Invitation | None:
        return session.get(Invitation, member.id, with_for_update=True)

    def _page(self, session: Session, member: Member) -> Json:
        row = session.get(Invitation, member.id)
        wanted = InvitationWish(row.clock, row.timezone, row.is_paused) if row else None
        return views.invitations_page(self._voice(session, member), wanted, member.timezone)

    def _voice(self, session: Session, member: Member) -> Speaker:
        return self._services.speaker_for(first_circle_of(session, member), member)


def plan_invitations(session: Session, circle: Circle, now: datetime) -> None:
    """A question came in this circle: who asked for it is invited at their next hour."""
    for row in queries.asked_for_in(session, circle.channel):
        row.next_at = _following(row, now)


def _following(row: Invitation, now: datetime) -> datetime:
    return rules.next_invitation_at(time.fromisoformat(row.clock), row.timezone, now)


def _key(round_id: int | str, member: Member) -> str:
    return f"invitation:{round_id}:{member.id}"
