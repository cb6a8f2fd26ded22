"""Invitations to the weekly question, for members who asked for them.

They are no reminders, and nothing says who did not answer.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.circles.api import circles_of, first_circle_of, known_member, zone_of
from bot.core.calendar import is_clock, is_zone
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service, Services
from bot.questions.api import is_own_question
from bot.reflection import rules
from bot.reflection.round_cards import question_of
from bot.reflection.views import invitations as views
from bot.reflection.views.invitations import InvitationWish
from bot.words import Speaker
from db.models import Circle, Invitation, Member, Round
from db.queries import reflection as queries


@dataclass(frozen=True)
class InvitationContext:
    """A member and what they asked for (None: no invitations), in one transaction."""

    services: Services
    session: Session
    member: Member
    invitation: Invitation | None

    @property
    def speaker(self) -> Speaker:
        """Speaks this member's language."""
        return self.services.speaker_for(first_circle_of(self.session, self.member), self.member)


class Invitations(Service):
    """Invites a member at most once for each question, at their own hour, until they pause or stop it."""

    def open_invitations_page(self, user: str) -> Json:
        """The page on which this person asks for invitations, or changes that."""
        with self._services.database.reading() as session:
            return _invitations_page(self._load(session, user))

    def ask_for_invitations(self, user: str, clock: str, zone: str, now: datetime) -> Json:
        """Invite this person at `clock` ("HH:MM") in this zone from now on, also to a question that was posted already.

        Raises `Refusal` for what is no clock or zone.
        """
        if not is_clock(clock):
            raise Refusal("circle.wrong_clock")
        if not is_zone(zone):
            raise Refusal("circle.wrong_timezone")
        with self._services.database.writing() as session:
            context = self._load(session, user, to_change=True)
            row = context.invitation or Invitation(member_id=context.member.id)
            row.clock, row.timezone, row.is_paused = f"{time.fromisoformat(clock):%H:%M}", zone, False
            row.next_at = _next_invitation(row, now)
            session.add(row)
            return _invitations_page(replace(context, invitation=row))

    def pause_invitations(self, user: str, round_id: str) -> Json | None:
        """No invitation until they want them again.

        `round_id` is the round of the message whose button it was, which is updated; if empty, the page comes back.
        """
        with self._services.database.writing() as session:
            context = self._load(session, user, to_change=True)
            if row := context.invitation:
                row.is_paused, row.next_at = True, None
            return _show_change(context, round_id, "paused" if row else "stopped")

    def resume_invitations(self, user: str, round_id: str, now: datetime) -> Json | None:
        """Invitations come again, as before the pause."""
        with self._services.database.writing() as session:
            context = self._load(session, user, to_change=True)
            if row := context.invitation:
                row.is_paused, row.next_at = False, _next_invitation(row, now)
            return _show_change(context, round_id, "resumed" if row else "stopped")

    def stop_invitations(self, user: str, round_id: str) -> Json | None:
        """No invitations any more; nothing is kept of what this person asked for."""
        with self._services.database.writing() as session:
            context = self._load(session, user, to_change=True)
            if context.invitation:
                session.delete(context.invitation)
                session.flush()
            return _show_change(replace(context, invitation=None), round_id, "stopped")

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
            context = InvitationContext(self._services, session, member, row)
            circles = [] if member.is_deactivated else circles_of(session, member)
            return sum(_invite_to_latest(context, circle, row, now) for circle in circles) > 0

    def _load(self, session: Session, user: str, *, to_change: bool = False) -> InvitationContext:
        member = known_member(session, user)
        invitation = session.get(Invitation, member.id, with_for_update=to_change)
        return InvitationContext(self._services, session, member, invitation)


def plan_invitations(session: Session, circle: Circle, now: datetime) -> None:
    """A question came in this circle: invite each member who asked for it at their next hour."""
    for row in queries.invitations_in(session, circle.channel):
        row.next_at = _next_invitation(row, now)


def _invite_to_latest(context: InvitationContext, circle: Circle, row: Invitation, now: datetime) -> bool:
    """Once for each question; in a closed period it is tried again the next day."""
    session, services, member = context.session, context.services, context.member
    round_ = queries.latest_round(session, circle)
    if round_ is None or not rules.is_recent(round_.posted_at, now) or not _has_card(context, round_):
        return False
    if services.outbox.find_target(session, _key(round_.id, member)) or queries.has_answered(session, round_, member):
        return False
    if _is_closed(services, circle, now):
        row.next_at = _next_invitation(row, now)
        return False
    _post_invitation(context, circle, round_)
    return True


def _has_card(context: InvitationContext, round_: Round) -> bool:
    card = context.services.outbox.find_target(context.session, f"round:{round_.id}")
    return card is not None and card.deleted_at is None


def _post_invitation(context: InvitationContext, circle: Circle, round_: Round) -> None:
    """Post it; an earlier invitation of this circle that was not posted yet is worth nothing any more."""
    session, outbox, member = context.session, context.services.outbox, context.member
    subject = f"invited:{circle.id}:{member.id}"
    for earlier in outbox.targets_of(session, subject):
        if earlier.ts is None:
            outbox.delete_message(session, earlier)
    body, at = _invitation_message(context, circle, round_), outbox.open_dm(session, member.slack)
    outbox.post_once(session, _key(round_.id, member), body, at, subject=subject)


def _invitation_message(context: InvitationContext, circle: Circle, round_: Round) -> Json:
    """The invitation; a question that a member wrote is only on its card, since they may take it back."""
    speaker = context.speaker
    question = "" if is_own_question(round_.prompt) else question_of(context.services, speaker, round_).text
    return views.prompt_invitation(speaker, circle.channel.slack, question, str(round_.id))


def _is_closed(services: Services, circle: Circle, now: datetime) -> bool:
    calendar = services.calendar(circle)
    today = calendar.local(now).date()
    is_paused = circle.paused_until is not None and today < circle.paused_until
    return is_paused or not calendar.is_working(today)


def _show_change(context: InvitationContext, round_id: str, how: str) -> Json | None:
    """Update the message whose button it was; without one, the page comes back."""
    if not round_id:
        return _invitations_page(context)
    message = views.invitations_changed(context.speaker, how, round_id)
    context.services.outbox.update_if_posted(context.session, _key(round_id, context.member), message)
    return None


def _invitations_page(context: InvitationContext) -> Json:
    row = context.invitation
    wanted = InvitationWish(row.clock, row.timezone, row.is_paused) if row else None
    return views.invitations_page(
        context.speaker, wanted, zone_of(context.session, context.member, context.services.timezone)
    )


def _next_invitation(row: Invitation, now: datetime) -> datetime:
    return rules.next_invitation_at(time.fromisoformat(row.clock), row.timezone, now)


def _key(round_id: int | str, member: Member) -> str:
    return f"invitation:{round_id}:{member.id}"
