"""Replies typed in the thread of a weekly question: each kept once, and its edits and its deletion followed.

Nothing is kept of a member who opted out (`opt_out`), nor of bots and people from other organisations.
"""

import secrets
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id
from bot.core.errors import NotKnownYet
from bot.core.parts import is_blank
from bot.core.services import Service
from bot.listening.api import MessageEvent
from bot.people.api import find_member
from bot.reflection.answer_context import seal_answer
from bot.reflection.rules import ask_again_at
from bot.reflection.views import thread as views
from bot.words.escaping import channel_link
from db.models import Circle, Member, OptOut, Reflection, Round
from db.queries import reflection as queries


class Replies(Service):
    """Keeps what people type in the threads of rounds, as far as they did not opt out."""

    def receive_reply(self, round_id: str, event: MessageEvent, now: datetime) -> None:
        """Keep a reply, or follow its edit or deletion, however often and in whatever order Slack sends the events.

        Raises `NotKnownYet` for a writer who was not looked up yet.
        """
        with self._services.database.writing() as session:
            round_ = session.get_one(Round, int(round_id), with_for_update={"key_share": True})
            kept = queries.find_reflection_by_message(session, event.channel, event.ts)
            if kept is not None:
                self._follow_change(kept, event)
            elif event.user:
                self._receive_new_reply(session, round_, event, now)

    def opt_out(self, user: str, circle_id: int) -> None:
        """Delete what this person typed in threads of this circle, and keep nothing of it from now on."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user)
            opt_out = queries.find_opt_out(session, circle.id, member)
            opt_out = opt_out or OptOut(circle_id=circle.id, member_id=member.id)
            opt_out.until = None
            session.add(opt_out)
            queries.forget_replies(session, circle.id, member)
            self._update_notice(session, circle, member, opted_out=True)

    def opt_in(self, user: str, circle_id: int, now: datetime) -> None:
        """Keep what this person types in threads of this circle again, from now on."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user)
            opt_out = queries.find_opt_out(session, circle.id, member)
            if opt_out is not None and opt_out.until is None:
                opt_out.until = now
            self._update_notice(session, circle, member, opted_out=False)

    def _receive_new_reply(self, session: Session, round_: Round, event: MessageEvent, now: datetime) -> None:
        circle = session.get_one(Circle, round_.circle_id)
        member = _find_writer(session, circle, event)
        # This does not say who typed, so it is also kept for a member who opted out.
        round_.has_replies = round_.has_replies or event.kind != "deleted"
        if member is None or _is_opted_out(queries.find_opt_out(session, circle.id, member), event):
            return
        if event.kind == "deleted":
            self._keep_reply(session, round_, member, event, now)
        elif event.files or not is_blank(event.text):
            self._keep_reply(session, round_, member, event, now)
            self._notify_once(session, circle, member)

    def _keep_reply(self, session: Session, round_: Round, member: Member, event: MessageEvent, now: datetime) -> None:
        """Keep it; of a deletion that comes before its original, keep only that the message was deleted."""
        fresh, deleted = secrets.token_hex(12), event.kind == "deleted"
        reply = Reflection(id=fresh, round_id=round_.id, member_id=member.id, source="thread", written_at=now)
        reply.channel, reply.ts, reply.revision = event.channel, event.ts, event.revision
        reply.state, reply.files = "gone" if deleted else "shared", event.files
        reply.words = None if deleted else seal_answer(self._services, fresh, event.text)
        session.add(reply)
        member.journal_ask_at = member.journal_ask_at or ask_again_at(now)

    def _follow_change(self, kept: Reflection, event: MessageEvent) -> None:
        """Follow a deletion, and an edit newer than the last one we saw; after a deletion nothing changes any more."""
        if event.kind == "deleted":
            kept.state, kept.words, kept.files = "gone", None, 0
        elif kept.state == "shared" and event.is_edit_after(kept.revision):
            kept.revision, kept.files = event.revision, event.files
            kept.words = seal_answer(self._services, kept.id, event.text)

    def _notify_once(self, session: Session, circle: Circle, member: Member) -> None:
        """Say once in each circle, in private, what is kept of replies and how to opt out."""
        if self._services.outbox.find_target(session, _notice_key(circle, member)) is None:
            speaker, channel = self._services.speaker_for(circle, member), channel_link(circle.channel.slack)
            at = self._services.outbox.open_dm(session, member.slack)
            body = views.first_reply_post(speaker, str(circle.id), channel)
            self._services.outbox.post_once(session, _notice_key(circle, member), body, at)

    def _update_notice(self, session: Session, circle: Circle, member: Member, *, opted_out: bool) -> None:
        """Let that private notice say what is so now."""
        view = views.opted_out_post if opted_out else views.first_reply_post
        body = view(self._services.speaker_for(circle, member), str(circle.id), channel_link(circle.channel.slack))
        self._services.outbox.update_if_posted(session, _notice_key(circle, member), body)


def _find_writer(session: Session, circle: Circle, event: MessageEvent) -> Member | None:
    """The member who typed it; None for a bot or somebody from another organisation, of whom nothing is kept."""
    member = find_member(session, event.user)
    if member is None:
        raise NotKnownYet(event.user, circle.channel.slack)
    return None if member.is_bot or member.is_external else member


def _notice_key(circle: Circle, member: Member) -> str:
    return f"first-reply:{circle.id}:{member.id}"


def _is_opted_out(opt_out: OptOut | None, event: MessageEvent) -> bool:
    """Whether its writer had opted out when they typed it; a later edit does not bring it back."""
    if opt_out is None or opt_out.until is None:
        return opt_out is not None
    return Decimal(event.ts) <= Decimal(str(opt_out.until.timestamp()))
