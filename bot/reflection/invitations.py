"""Invitations to the weekly question, for members who asked for them.

They are no reminders, and nothing says who did not answer.
"""

from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.circles.api import circles_of, first_circle_of, known_member
from bot.core.calendar import is_clock, is_zone
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.questions.api import is_own_question
from bot.reflection import rules
from bot.reflection.round_cards import question_of
from bot.reflection.views import invitations as views
from bot.reflection.views.invitations import InvitationWish
from bot.words import Speaker
from db.models import Circle, Invitation, Member, Round
from db.queries import reflection as queries


class Invitations:
    """Invites a member at most once for each question, at their own hour, until they pause or stop it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open_invitations_page(self, user: str) -> Json:
        """The page on which this person asks for invitations, or changes that."""
        with self._services.database.reading() as session:
            member = known_member(session, user)
            return self._page_for(session, member)

    def ask_for_invitations(self, user: str, clock: str, zone: str, now: datetime) -> Json:
        """Invite this person at `clock` ("HH:MM") in this zone from now on, also to a question that was posted already.

        Raises `Refusal` for what is no clock or zone.
        """
        if not is_clock(clock):
            raise Refusal("circle.wrong_clock")
        if not is_zone(zone):
            raise Refusal("circle.wrong_timezone")
        with self._services.database.writing() as session:
            member = known_member(session, user)
            row = _load_invitation(session, member) or Invitation(member_id=member.id)
            row.clock, row.timezone, row.is_paused = f"{time.fromisoformat(clock):%H:%M}", zone, False
            row.next_at = _next_invitation(row, now)
            session.add(row)
            return self._page_for(session, member)

    def pause_invitations(self, user: str, round_id: str) -> Json | None:
        """No invitation until they want them again.

        `round_id` is the round of the message whose button it was, which is updated; if empty, the page comes back.
        """
        with self._services.database.writing() as session:
            member = known_member(session, user)
            if row := _load_invitation(session, member):
                row.is_paused, row.next_at = True, None
            return self._show_change(session, member, round_id, "paused" if row else "stopped")

    def resume_invitations(self, user: str, round_id: str, now: datetime) -> Json | None:
        """Invitations come again, as before the pause."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            if row := _load_invitation(session, member):
                row.is_paused, row.next_at = False, _next_invitation(row, now)
            return self._show_change(session, member, round_id, "resumed" if row else "stopped")

    def stop_invitations(self, user: str, round_id: str) -> Json | None:
        """No invitations any more; nothing is kept of it."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            if row := _load_invitation(session, member):
                session.delete(row)
                session.flush()
            return self._show_change(session, member, round_id, "stopped")

    def members_to_invite(self, now: datetime) -> list[int]:
        """Our ids of the members whose hour has come after a question came."""
        with self._services.database.reading() as session:
            return queries.due_invitations(session, now)

    def invite_member(self, member_id: int, now: datetime) -> bool:
        """Invite this member to the questions they have not answered; returns whether there were any."""
        with self._services.database.writing() as session:
            row = session.get(Invitation, member_id, with_for_update=True)
            if row is None or row.next_at is None or row.next_at > now:
                return False
            row.next_at = None
            member = session.get_one(Member, member_id)
            circles = [] if member.is_deactivated else circles_of(session, member)
            return sum(self._invite_to_latest(session, row, member, circle, now) for circle in circles) > 0

    def _invite_to_latest(
        self, session: Session, row: Invitation, member: Member, circle: Circle, now: datetime
    ) -> bool:
        """Once for each question; in a closed period it is tried again the next day."""
        round_ = queries.latest_round(session, circle)
        if round_ is None or not rules.is_recent(round_.posted_at, now) or not self._has_card(session, round_):
            return False
        key = _key(round_.id, member)
        if self._services.outbox.find_target(session, key) or queries.has_answered(session, round_, member):
            return False
        if self._is_closed(circle, now):
            row.next_at = _next_invitation(row, now)
            return False
        self._post_invitation(session, key, self._message(session, member, circle, round_), member, circle)
        return True

    def _has_card(self, session: Session, round_: Round) -> bool:
        card = self._services.outbox.find_target(session, f"round:{round_.id}")
        return card is not None and card.deleted_at is None

    def _post_invitation(self, session: Session, key: str, body: Json, member: Member, circle: Circle) -> None:
        """Post it; an earlier invitation of this circle that was not posted yet is worth nothing any more."""
        subject = f"invited:{circle.id}:{member.id}"
        for earlier in self._services.outbox.targets_of(session, subject):
            if earlier.ts is None:
                self._services.outbox.delete_message(session, earlier)
        self._services.outbox.post_once(
            session, key, body, self._services.outbox.open_dm(session, member.slack), subject=subject
        )

    def _message(self, session: Session, member: Member, circle: Circle, round_: Round) -> Json:
        """The invitation; a question that a member wrote is only on its card, since they may take it back."""
        speaker = self._speaker(session, member)
        question = "" if is_own_question(round_.prompt) else question_of(self._services, speaker, round_).text
        return views.prompt_invitation(speaker, circle.channel.slack, question, str(round_.id))

    def _is_closed(self, circle: Circle, now: datetime) -> bool:
        calendar = self._services.calendar(circle)
        today = calendar.local(now).date()
        is_paused = circle.paused_until is not None and today < circle.paused_until
        return is_paused or not calendar.is_working(today)

    def _show_change(self, session: Session, member: Member, round_id: str, how: str) -> Json | None:
        if not round_id:
            return self._page_for(session, member)
        self._services.outbox.update_if_posted(
            session, _key(round_id, member), views.invitations_changed(self._speaker(session, member), how, round_id)
        )
        return None

    def _page_for(self, session: Session, member: Member) -> Json:
        row = session.get(Invitation, member.id)
        wanted = InvitationWish(row.clock, row.timezone, row.is_paused) if row else None
        return views.invitations_page(self._speaker(session, member), wanted, member.timezone)

    def _speaker(self, session: Session, member: Member) -> Speaker:
        return self._services.speaker_for(first_circle_of(session, member), member)


def plan_invitations(session: Session, circle: Circle, now: datetime) -> None:
    """A question came in this circle: invite each member who asked for it at their next hour."""
    for row in queries.invitations_in(session, circle.channel):
        row.next_at = _next_invitation(row, now)


def _next_invitation(row: Invitation, now: datetime) -> datetime:
    return rules.next_invitation_at(time.fromisoformat(row.clock), row.timezone, now)


def _load_invitation(session: Session, member: Member) -> Invitation | None:
    return session.get(Invitation, member.id, with_for_update=True)


def _key(round_id: int | str, member: Member) -> str:
    return f"invitation:{round_id}:{member.id}"
