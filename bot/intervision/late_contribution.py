"""What came after its step had closed: nobody's words are lost, and nothing is shown that its writer did not choose."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.circles.api import known_member
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.crypto import places
from bot.intervision import context as contexts
from bot.intervision.context import CaseContext
from bot.intervision.form_fields import FilledSlot
from bot.intervision.rules.fields import answers
from bot.intervision.rules.progress import writers
from bot.intervision.views import card as case_card
from bot.intervision.views import late as case_late
from bot.intervision.views.text import labelled
from bot.library.protocol import Step
from bot.outbox.posted_text import PostedText
from bot.outbox.queue import Destination
from bot.words import Mrkdwn, Speaker
from db.models import LateContribution, Member

Letter = Callable[[Speaker, str, str, Mrkdwn], list[Json]]


class LateContributions:
    """Keeps late words for their writer alone, and offers to share them as a remark in the step's thread."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def keep_late(
        self,
        session: Session,
        context: CaseContext,
        member: Member,
        step: Step,
        form: str,
        slots: Iterable[FilledSlot],
        now: datetime,
    ) -> Json:
        """Keep what a form held; the same form a second time is kept once. Refuses who had no part in the step.

        And a form that only takes something back: there is nothing in it to keep.
        """
        begun = context.case.state_of(step.key).opened_at is not None
        over = begun and not context.case.takes_words(step.key) and context.row.words is not None
        speaker = self._services.speaker_for(context.circle, member)
        texts = [_read(speaker, step, slot) for slot in slots if slot.text]
        if not over or not texts or member.id not in writers(context.case, step):
            raise Refusal("case.refused_step_not_open")
        row = session.scalar(select(LateContribution).where(LateContribution.form_token == form))
        if row is None:
            row = keep_late_contribution(self._services, context, member, step.key, form, "\n\n".join(texts), now)
            session.add(row)
            offer_late_contribution(self._services, session, context, member, row, case_late.late_letter)
        elif (row.case_id, row.member_id) != (context.row.id, member.id):
            raise Refusal("common.outdated")
        elif row.words is None:
            raise Refusal("common.gone")
        return self._page(context, member, row)

    def share_late(self, user: str, late_id: str) -> Json:
        """Its writer, who is still there, shares it in the step's thread, as said after the step. Twice is once."""
        with self._services.database.writing() as session:
            member, row = self._own(session, user, late_id)
            context, _ = contexts.load_for_member_in_channel(session, row.case_id, user)
            text, outbox = self._services.open_text(row.words, _seat(row)), self._services.outbox
            place = Destination(under=context.post_key(f"card:{row.step}"))
            for number, body in enumerate(
                case_late.late_shared(self._services.speaker_for(context.circle), member.slack, text)
            ):
                outbox.post_once(session, f"late:{row.id}:{number}", body, place, subject=context.subject)
            return self._settled(session, context, member, row, "late.shared")

    def wipe_late(self, user: str, late_id: str) -> Json:
        """Its writer wipes it, also after leaving the case."""
        with self._services.database.writing() as session:
            member, row = self._own(session, user, late_id)
            context = contexts.load_case(session, row.case_id, to_read=True)
            return self._settled(session, context, member, row, "late.wiped")

    def _own(self, session: Session, user: str, late_id: str) -> tuple[Member, LateContribution]:
        member, row = known_member(session, user), session.get(LateContribution, late_id, with_for_update=True)
        if row is None or row.member_id != member.id or row.words is None:
            raise Refusal("common.gone")
        return member, row

    def _settled(self, session: Session, context: CaseContext, member: Member, row: LateContribution, how: str) -> Json:
        """Its writer chose: the words are kept no more, and where they were laid stands what became of them."""
        row.words = None
        speaker = self._services.speaker_for(context.circle, member)
        _lay(self._services, session, context, member, row, [case_late.late_letter_done(speaker, how)])
        return case_late.late_done(speaker, how)

    def _page(self, context: CaseContext, member: Member, row: LateContribution) -> Json:
        text = self._services.open_text(row.words, _seat(row))
        return case_late.late_offer(self._services.speaker_for(context.circle, member), row.id, text)


def keep_late_contribution(
    services: Services, context: CaseContext, member: Member, step: str, form: str, text: str, now: datetime
) -> LateContribution:
    """A row that keeps this text, sealed, for who wrote it."""
    row = LateContribution(
        id=secrets.token_hex(8), case_id=context.row.id, step=step, member_id=member.id, form_token=form, written_at=now
    )
    row.words = services.seal(text, _seat(row))
    return row


def offer_late_contribution(
    services: Services, session: Session, context: CaseContext, member: Member, row: LateContribution, letter: Letter
) -> None:
    """Its writer finds it in private for as long as it is kept, with what can be done."""
    speaker, protocol = services.speaker_for(context.circle, member), context.case.protocol
    room = None if context.is_pair else services.outbox.find_target(session, context.channel_key)
    heading = case_card.step_heading(speaker, protocol.numbered(), protocol.step(row.step))
    about = case_late.about_late(heading, room.channel if room else None)
    _lay(
        services,
        session,
        context,
        member,
        row,
        letter(speaker, row.id, services.open_text(row.words, _seat(row)), about),
    )


def _lay(
    services: Services,
    session: Session,
    context: CaseContext,
    member: Member,
    row: LateContribution,
    letters: list[Json],
) -> None:
    place = services.outbox.open_dm(session, member.slack)
    PostedText(services.outbox, session, f"late:{row.id}:letter").show_posts(letters, place, context.subject)


def _read(speaker: Speaker, step: Step, slot: FilledSlot) -> str:
    """A set as a text, for its writer to read back and to share."""
    return str(labelled(speaker, step.fields, answers(slot.text))) if slot.is_set else slot.text


def _seat(row: LateContribution) -> str:
    return places.place(places.LATE_CONTRIBUTION, row.id)
