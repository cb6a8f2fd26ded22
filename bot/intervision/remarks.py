"""What people type in a case's channel outside a form: kept, followed, and never a contribution."""

import secrets
from datetime import datetime

from bot.core.errors import NotKnownYet
from bot.core.services import Service
from bot.crypto import places
from bot.intervision.context import CaseContext, load_case
from bot.intervision.views.remark import first_remark
from bot.listening.api import MessageEvent
from bot.people.api import find_member
from db.models import Member, OutboxTarget, Remark
from db.queries import intervision as cases


class CaseRemarks(Service):
    """Remarks: what is typed in a case's channel."""

    def receive_remark(self, case_id: str, event: MessageEvent, now: datetime) -> None:
        """Keep a remark, or follow its edit or deletion, however often and in whatever order Slack reports it.

        Raises `NotKnownYet` for a writer nobody looked up. What is written under the circle's card, what is said in a
        case that was wiped, and what two people say to each other before or after their case, is not kept.
        """
        with self._services.database.writing() as session:
            context = load_case(self._services, session, case_id)
            place = self._services.outbox.find_target(session, context.channel_key)
            if place is None or place.channel != event.channel:
                return
            known = cases.find_remark(session, event.channel, event.ts)
            if known is not None:
                self._follow(known, event)
            elif event.user and _is_followed(context, event):
                self._keep(context, event, now)

    def _keep(self, context: CaseContext, event: MessageEvent, now: datetime) -> None:
        """A deletion that comes before its original keeps the place of it, without words."""
        member = find_member(context.session, event.user)
        if member is None:
            raise NotKnownYet(event.user, event.channel)
        if member.is_bot:
            return
        id, deleted = secrets.token_hex(8), event.kind == "deleted"
        words = None if deleted else self._services.seal(event.text, places.place(places.REMARK, id))
        step = self._step(context, event)
        remark = Remark(id=id, case_id=context.row.id, step=step, member_id=member.id, words=words, written_at=now)
        remark.channel, remark.ts, remark.revision = event.channel, event.ts, event.revision
        context.session.add(remark)
        if not deleted and _is_working(context, event):
            self._first_time(context, member)

    def _follow(self, known: Remark, event: MessageEvent) -> None:
        """A change older than what we saw changes nothing; nor does anything after a deletion."""
        if event.kind == "deleted":
            known.words = None
        elif known.words is not None and event.is_edit_after(known.revision):
            known.revision = event.revision
            known.words = self._services.seal(event.text, places.place(places.REMARK, known.id))

    def _step(self, context: CaseContext, event: MessageEvent) -> str | None:
        """The step in whose thread it is; None for one in the channel itself."""
        for step in context.case.protocol.steps:
            key = context.post_key(f"card:{step.key}")
            card: OutboxTarget | None = self._services.outbox.find_target(context.session, key)
            if card and card.ts and card.ts == event.thread:
                return step.key
        return None

    def _first_time(self, context: CaseContext, member: Member) -> None:
        """Said once for each person in each case, privately."""
        key = context.post_key(f"remark:{member.id}")
        if self._services.outbox.find_target(context.session, key) is None:
            body = first_remark(self._services.speaker_for(context.circle, member), of_two=context.is_pair)
            at = self._services.outbox.open_dm(context.session, member.slack)
            context.post_once(key, body, at)


def _is_working(context: CaseContext, event: MessageEvent) -> bool:
    """Whether a step stood open in which things are written through the form: before and after it, talk is free.

    People who sit together talk, and write nothing they do not choose to: they need no word about it.
    """
    if context.case.is_live or context.case.over:
        return False
    opened = (context.case.state_of(step.key).opened_at for step in context.case.open_steps if not step.reading_only)
    return any(at is not None and at <= event.said_at for at in opened)


def _is_followed(context: CaseContext, event: MessageEvent) -> bool:
    """A conversation of two is their own: only what they say there during the case belongs to it."""
    row = context.row
    if context.is_pair and not (row.started_at and row.started_at <= event.said_at <= (row.ended_at or event.said_at)):
        return False
    return row.ended_at is None or row.forget_at is not None
