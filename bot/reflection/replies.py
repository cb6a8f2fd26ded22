"""Replies typed in the thread of a weekly question: kept once, followed, and not kept of who is left out."""

import secrets
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id
from bot.core import parts
from bot.core.errors import NotKnownYet
from bot.core.services import Services
from bot.crypto import places
from bot.listening.api import MessageEvent
from bot.people.api import find_member
from bot.reflection.rules import ask_again_at
from bot.reflection.views import thread as views
from bot.words.escaping import channel_link
from db.models import Circle, Member, OptOut, Reflection, Round
from db.queries import reflection as reflections


class Replies:
    """What people type in the threads of rounds."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def receive_reply(self, round_id: str, heard: MessageEvent, now: datetime) -> None:
        """Keep a reply, or follow its edit or deletion, however often and in whatever order Slack tells.

        Raises `NotKnownYet` for a writer nobody looked up. Bots and people of other organisations are not kept.
        """
        with self._services.database.writing() as session:
            round_ = session.get_one(Round, int(round_id), with_for_update={"key_share": True})
            known = reflections.find_reflection_by_message(session, heard.channel, heard.ts)
            if known is not None:
                self._follow(known, heard)
            elif heard.user:
                self._take_in(session, round_, heard, now)

    def opt_out(self, user: str, circle_id: int) -> None:
        """What this person typed in threads of this circle is wiped, and nothing of it is kept from now on."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user)
            row = reflections.find_left_out(session, circle.id, member) or OptOut(
                circle_id=circle.id, member_id=member.id
            )
            row.until = None
            session.add(row)
            reflections.forget_replies(session, circle.id, member)
            self._tell(session, circle, member, left_out=True)

    def opt_in(self, user: str, circle_id: int, now: datetime) -> None:
        """What this person types in threads of this circle is kept again, from now on."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user)
            row = reflections.find_left_out(session, circle.id, member)
            if row is not None and row.until is None:
                row.until = now
            self._tell(session, circle, member, left_out=False)

    def _writer(self, session: Session, circle: Circle, heard: MessageEvent) -> Member | None:
        """Whose reply this is; None for who is not kept."""
        member = find_member(session, heard.user)
        if member is None:
            raise NotKnownYet(heard.user, circle.channel.slack)
        return None if member.is_bot or member.is_external else member

    def _take_in(self, session: Session, round_: Round, heard: MessageEvent, now: datetime) -> None:
        circle = session.get_one(Circle, round_.circle_id)
        member = self._writer(session, circle, heard)
        # Who typed is not told by that, nor is it kept of who is left out.
        round_.has_replies = round_.has_replies or heard.kind != "deleted"
        if member is None or _is_not_kept(reflections.find_left_out(session, circle.id, member), heard):
            return
        if heard.kind == "deleted":
            self._keep(session, round_, member, heard, now)
        elif heard.files or not parts.is_blank(heard.text):
            self._keep(session, round_, member, heard, now)
            self._first_reply(session, circle, member)

    def _keep(self, session: Session, round_: Round, member: Member, heard: MessageEvent, now: datetime) -> None:
        """A deletion that comes before its original keeps the place of it, without words."""
        fresh = secrets.token_hex(12)
        deleted = heard.kind == "deleted"
        session.add(
            Reflection(
                id=fresh,
                round_id=round_.id,
                member_id=member.id,
                state="gone" if deleted else "shared",
                source="thread",
                channel=heard.channel,
                ts=heard.ts,
                revision=heard.revision,
                written_at=now,
                words=None if deleted else self._services.seal(heard.text, _place(fresh)),
                files=heard.files,
            )
        )
        member.journal_ask_at = member.journal_ask_at or ask_again_at(now)

    def _follow(self, known: Reflection, heard: MessageEvent) -> None:
        """A change we saw already, or one older than we saw, changes nothing; nor does anything after a deletion."""
        if heard.kind == "deleted":
            known.state, known.words, known.files = "gone", None, 0
        elif known.state == "shared" and _is_later(heard.revision, known.revision):
            known.revision, known.files = heard.revision, heard.files
            known.words = self._services.seal(heard.text, _place(known.id))

    def _first_reply(self, session: Session, circle: Circle, member: Member) -> None:
        """Said once in a circle, privately: what is kept, and how not to be part of it."""
        if self._services.outbox.find_target(session, _word(circle, member)) is None:
            speaker, where = self._services.speaker_for(circle, member), channel_link(circle.channel.slack)
            at = self._services.outbox.open_dm(session, member.slack)
            self._services.outbox.post_once(
                session, _word(circle, member), views.first_reply_post(speaker, str(circle.id), where), at
            )

    def _tell(self, session: Session, circle: Circle, member: Member, *, left_out: bool) -> None:
        """The private word says how it is now."""
        view = views.left_out_post if left_out else views.first_reply_post
        body = view(self._services.speaker_for(circle, member), str(circle.id), channel_link(circle.channel.slack))
        self._services.outbox.update_if_posted(session, _word(circle, member), body)


def _word(circle: Circle, member: Member) -> str:
    return f"first-reply:{circle.id}:{member.id}"


def _is_not_kept(left_out: OptOut | None, heard: MessageEvent) -> bool:
    """Whether it was typed by who is left out, or was then; what one changes in it later does not bring it back."""
    if left_out is None or left_out.until is None:
        return left_out is not None
    return Decimal(heard.ts) <= Decimal(str(left_out.until.timestamp()))


def _is_later(revision: str | None, known: str | None) -> bool:
    """Whether a change comes after the one we know; the message as it was first said has no revision."""
    return revision is not None and (known is None or Decimal(revision) > Decimal(known))


def _place(reflection_id: str) -> str:
    return places.place(places.REFLECTION, reflection_id)
