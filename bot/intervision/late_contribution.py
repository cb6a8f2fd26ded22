"""What came after its step had closed: nobody's words are lost, and nothing is shown that its writer did not choose.

So it is with advice for later that never got its step: when the case ends, its writer alone reads it again.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.circles.api import known_member
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.core.services import Service
from bot.crypto import places
from bot.intervision.context import CaseContext, load_case, load_for_member_in_channel
from bot.intervision.form_surfaces import FilledSlot
from bot.intervision.rules.case import Case
from bot.intervision.rules.fields import read_field_answers
from bot.intervision.rules.progress import writers
from bot.intervision.saved_advice import read_saved_advice, save_advice
from bot.intervision.views import late as views
from bot.intervision.views.card import step_heading
from bot.intervision.views.text import labelled
from bot.library.enums import Kind
from bot.library.protocol import Step, steps_in_order
from bot.outbox.posted_text import PostedText
from bot.outbox.queue import Destination
from bot.words import Mrkdwn, Speaker
from db.models import LateContribution, Member, SavedAdvice
from db.queries import intervision as cases
from db.queries import reminders as reminder_queries

Letter = Callable[[Speaker, str, str, Mrkdwn], list[Json]]


class LateContributions(Service):
    """Keeps late words for their writer alone, and offers to share them as a remark in the step's thread."""

    def share_late(self, user: str, late_id: str) -> Receipt:
        """Its writer, who is still there, shares it in the thread, as something said after the step. Twice is once."""
        with self._services.database.writing() as session:
            member, row = self._own(session, user, late_id)
            context, _ = load_for_member_in_channel(self._services, session, row.case_id, user)
            text = self._services.open_text(row.words, _place_of_late(row))
            speaker = self._services.speaker_for(context.circle)
            place = Destination(under=context.post_key(f"card:{row.step}"))
            for number, body in enumerate(views.late_shared(speaker, context.name_of(member), text)):
                context.post_once(f"late:{row.id}:{number}", body, place)
            return self._finish(context, member, row, "late.shared")

    def wipe_late(self, user: str, late_id: str) -> Receipt:
        """Its writer wipes it, also after leaving the case."""
        with self._services.database.writing() as session:
            member, row = self._own(session, user, late_id)
            context = load_case(self._services, session, row.case_id, to_read=True)
            return self._finish(context, member, row, "late.wiped")

    def _own(self, session: Session, user: str, late_id: str) -> tuple[Member, LateContribution]:
        member, row = known_member(session, user), session.get(LateContribution, late_id, with_for_update=True)
        if row is None or row.member_id != member.id or row.words is None:
            raise Refusal("common.gone")
        return member, row

    def _finish(self, context: CaseContext, member: Member, row: LateContribution, how: str) -> Receipt:
        """Its writer chose: the words are no longer kept, and the private message says what became of them."""
        row.words = None
        speaker = self._services.speaker_for(context.circle, member)
        _upsert_letter(context, member, row, [views.late_letter_done(speaker, how)])
        return Receipt(speaker.mrkdwn(how))


def keep_late(
    context: CaseContext, member: Member, step: Step, form: str, slots: Iterable[FilledSlot], now: datetime
) -> Receipt:
    """Keep what a form held; the same form a second time is kept once. Refuses whoever had no part in the step.

    And a form that only takes something back: there is nothing in it to keep.
    """
    begun = context.case.state_of(step.key).opened_at is not None
    over = begun and not context.case.takes_words(step.key) and context.row.words is not None
    speaker = context.services.speaker_for(context.circle, member)
    texts = [readable_text(speaker, step, slot) for slot in slots if slot.text]
    if not over or not texts or member.id not in writers(context.case, step):
        raise Refusal("case.refused_step_not_open")
    row = context.session.scalar(select(LateContribution).where(LateContribution.form_token == form))
    if row is None:
        row = keep_late_contribution(context, member, step.key, form, "\n\n".join(texts), now)
        context.session.add(row)
        offer_late_contribution(context, member, row, views.late_letter)
    elif (row.case_id, row.member_id) != (context.row.id, member.id):
        raise Refusal("common.outdated")
    elif row.words is None:
        raise Refusal("common.gone")
    return Receipt(speaker.mrkdwn("receipt.late"))


def keep_late_contribution(
    context: CaseContext, member: Member, step: str, form: str, text: str, now: datetime
) -> LateContribution:
    """A row that keeps this text, sealed, for whoever wrote it."""
    row = LateContribution(id=secrets.token_hex(8), case_id=context.row.id, step=step, member_id=member.id)
    row.form_token, row.written_at = form, now
    row.words = context.services.seal(text, _place_of_late(row))
    return row


def offer_late_contribution(context: CaseContext, member: Member, row: LateContribution, letter: Letter) -> None:
    """Its writer finds it in private for as long as it is kept, with what can be done."""
    services, protocol = context.services, context.case.protocol
    speaker = services.speaker_for(context.circle, member)
    channel = None if context.is_pair else services.outbox.find_target(context.session, context.channel_key)
    heading = step_heading(speaker, protocol.numbered(), protocol.step(row.step))
    about = views.about_late(heading, channel.channel if channel else None)
    text = services.open_text(row.words, _place_of_late(row))
    _upsert_letter(context, member, row, letter(speaker, row.id, text, about))


def offer_unsent_advice(context: CaseContext, now: datetime) -> None:
    """A case ended: whoever has advice set aside reads privately what it says, and what can be done with it."""
    waiting = context.session.scalars(select(SavedAdvice.member_id).where(SavedAdvice.case_id == context.row.id)).all()
    for member in cases.members_by_id(context.session, waiting).values():
        _offer_advice(context, member, now)
        reminder_queries.note_told(context.session, member.id, now)


def _offer_advice(context: CaseContext, member: Member, now: datetime) -> None:
    text = read_saved_advice(context, member)
    row = keep_late_contribution(context, member, _step_for_advice(context.case), secrets.token_hex(8), text, now)
    context.session.add(row)
    save_advice(context, member, "")
    offer_late_contribution(context, member, row, views.unsent_advice_letter)


def _step_for_advice(case: Case) -> str:
    """The step in whose thread it belongs: the last for advice that had a card, or else the last that had one."""
    opened = [step for step in steps_in_order(case.protocol) if case.state_of(step.key).opened_at]
    advising = [step for step in opened if Kind.ADVICE in step.kinds]
    return (advising or opened)[-1].key


def _upsert_letter(context: CaseContext, member: Member, row: LateContribution, letters: list[Json]) -> None:
    outbox = context.services.outbox
    place = outbox.open_dm(context.session, member.slack)
    PostedText(outbox, context.session, f"late:{row.id}:letter").show_posts(letters, place, context.subject)


def readable_text(speaker: Speaker, step: Step, slot: FilledSlot) -> str:
    """A set as a text, for its writer to read back and to share."""
    return str(labelled(speaker, step.fields, read_field_answers(slot.text))) if slot.is_set else slot.text


def _place_of_late(row: LateContribution) -> str:
    return places.place(places.LATE_CONTRIBUTION, row.id)
