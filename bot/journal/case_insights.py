"""What somebody takes along from a case: one sentence in their own journal, for nobody else.

It is asked once, on the last card and among one's own cases; whoever comes back finds what they wrote, to change it.
"""

import secrets
from datetime import datetime

from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.core.services import Service
from bot.intervision.api import load_ended_case
from bot.journal.entries import journal_context_of, place_of_insight, read_writing
from bot.journal.insights import FORM_TOKEN, load_own_insight, sentence, update_post
from bot.journal.surfaces import TakeAlongForm
from bot.journal.views.take_along import take_along_form
from bot.reflection.types import ask_again_at
from db.models import Insight
from db.queries import journal as queries


class CaseInsights(Service):
    """The one form after a case."""

    def open_take_along_form(self, user: str, case_id: str) -> Json:
        """The form, with what this person wrote in it before. Refuses who was not in the case, and while it runs."""
        with self._services.database.reading() as session:
            circle, member = load_ended_case(self._services, session, case_id, user)
            form = TakeAlongForm(case_id, form_token=secrets.token_hex(8))
            if own := queries.insight_of_case(session, member, case_id):
                form = TakeAlongForm(
                    case_id, own.id, text=read_writing(journal_context_of(self._services, session, member), (own, None))
                )
            return take_along_form(self._services.speaker_for(circle, member), form)

    def submit_take_along_form(self, user: str, form: TakeAlongForm, now: datetime) -> Receipt:
        """Keep the sentence, for its writer alone; what was written before is replaced. Sending twice is once.

        Raises `Refusal` for what is no sentence or too long.
        """
        text = sentence(form.text)
        with self._services.database.writing() as session:
            if form.insight_id:
                context = load_own_insight(self._services, session, user, form.insight_id, to_change=True)
                context.insight.words = self._services.seal(text, place_of_insight(context.insight.id))
                update_post(context)
                return Receipt(context.journal.speaker.mrkdwn("taken.kept"))
            if not FORM_TOKEN.fullmatch(form.form_token):
                raise Refusal("common.outdated")
            circle, member = load_ended_case(self._services, session, form.case_id, user)
            if queries.insight_by_form(session, form.form_token) is None:
                fresh = secrets.token_hex(12)
                words = self._services.seal(text, place_of_insight(fresh))
                about = {"circle_id": circle.id, "case_id": form.case_id, "form_token": form.form_token}
                session.add(Insight(id=fresh, member_id=member.id, state="kept", words=words, written_at=now, **about))
                member.journal_ask_at = member.journal_ask_at or ask_again_at(now)
            return Receipt(self._services.speaker_for(circle, member).mrkdwn("taken.kept"))
