"""Answering a weekly question in a form: writing an answer, first only for oneself, and changing it.

A form that is sent twice makes one answer: each form has an id of its own, which the database takes once.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circle_here, first_circle_of, require_in_circle
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json, is_blank, join_fields
from bot.core.services import Service
from bot.people.api import find_member
from bot.reflection.answer_context import (
    AnswerContext,
    answer_form_for,
    answer_window_for,
    answers_page_for,
    change_form_for,
    keep_new_answer,
    load_answer_context,
    load_own_answer,
    receipt_for,
    seal_answer,
)
from bot.reflection.answer_visibility import choose_readers, lock_batch, show_answer
from bot.reflection.rules import UNDECIDED_STATES
from bot.reflection.surfaces import NAMELESS, SENT, AnswerForm
from bot.reflection.views.readers import who_reads_page
from bot.words import LANGUAGES
from db.models import Circle, Member, Reflection
from db.queries import reflection as queries


class Answers(Service):
    """Opens the form to answer in, and keeps what is written in it: as a draft, or as an answer."""

    def open_who_reads_page(self, user: str, channel: str) -> Json:
        """The page that says who reads what; for anybody who sees the card in this channel (Slack's id)."""
        with self._services.database.reading() as session:
            member = find_member(session, user)
            circle = circle_at(session, channel) or (first_circle_of(session, member) if member else None)
            return who_reads_page(self._services.speaker_for(circle, member))

    def open_answer_form(self, user: str, round_id: int, now: datetime) -> Json:
        """The window of a round: a form to answer in, or the answers that this person has already."""
        with self._services.database.reading() as session:
            return answer_window_for(load_answer_context(self._services, session, user, round_id, now))

    def open_latest_answer_form(self, user: str, channel: str, now: datetime) -> Json:
        """The same for the latest round of the circle in this channel (Slack's id)."""
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            latest = queries.latest_round(session, circle)
            if latest is None:
                raise self._no_question_yet(circle, member)
            return answer_window_for(AnswerContext(self._services, session, latest, circle, member, now))

    def add_answer_field(self, user: str, form: AnswerForm, now: datetime) -> Json:
        """The same form with one field more, and everything written so far in it."""
        with self._services.database.reading() as session:
            reflection, context = self._load_form(session, user, form, now)
            return answer_form_for(context, form.with_another_field(), reflection)

    def open_change_answer_form(self, user: str, reflection_id: str, now: datetime) -> Json:
        """A form with an answer of this person in it, to change."""
        with self._services.database.reading() as session:
            reflection, context = load_own_answer(self._services, session, user, reflection_id, now)
            return change_form_for(context, reflection)

    def choose_readers(self, user: str, form: AnswerForm, now: datetime) -> Json | None:
        """Somebody chose for whom it is: the same form with a field for the colleague, or without; None as it is."""
        if (form.readers == SENT) == form.asks_colleague:
            return None
        with self._services.database.reading() as session:
            reflection, context = self._load_form(session, user, form, now)
            return answer_form_for(context, form, reflection)

    def submit_answer(self, user: str, form: AnswerForm, now: datetime) -> Json | Receipt:
        """Keep what was written, for whom its writer chose; then the form closes.

        Raises `Refusal` if there is nothing to read, and where what was chosen cannot be: then nothing is kept, and the
        form stays open with the words in it. A form that is sent twice makes one answer. Where a form asked for no
        choice, because an earlier version opened it, the page on which one chooses comes.
        """
        if form.readers == SENT and (asking := self.choose_readers(user, form, now)):
            return asking
        with self._services.database.writing() as session:
            reflection, context = self._keep_as_chosen(session, user, form, now)
            is_chosen = reflection.state not in UNDECIDED_STATES
            return receipt_for(context, reflection) if is_chosen else answers_page_for(context, reflection)

    def submit_and_show(self, user: str, form: AnswerForm, now: datetime) -> Json:
        """The same from a form in whose place a page comes: that of this answer."""
        if form.readers == SENT and (asking := self.choose_readers(user, form, now)):
            return asking
        with self._services.database.writing() as session:
            reflection, context = self._keep_as_chosen(session, user, form, now)
            return answers_page_for(context, reflection)

    def save_draft(self, user: str, form: AnswerForm, now: datetime) -> Json:
        """Keep what was written as a draft: it waits, in the form and in Home, until its writer goes on."""
        with self._services.database.writing() as session:
            reflection, context, _ = self._keep(session, user, form, "draft", now)
            return answers_page_for(context, reflection)

    def _keep_as_chosen(
        self, session: Session, user: str, form: AnswerForm, now: datetime
    ) -> tuple[Reflection, AnswerContext]:
        if form.readers == NAMELESS:
            lock_batch(self._load_form(session, user, form, now)[1])
        reflection, context, is_open = self._keep(session, user, form, "undecided", now)
        if is_open and form.readers:
            require_in_circle(session, context.circle, context.member)
            choose_readers(context, reflection, form.readers, form.colleague)
        return reflection, context

    def _keep(
        self, session: Session, user: str, form: AnswerForm, state: str, now: datetime
    ) -> tuple[Reflection, AnswerContext, bool]:
        """The answer with what is written now, and whether its writer can choose with this form for whom it is."""
        text = join_fields(form.texts)
        if is_blank(text):
            raise Refusal("reflection.blank")
        found, context = self._load_form(session, user, form, now, to_change=True)
        if form.language in LANGUAGES:
            context.member.language = form.language
        before = found or _sent_before(context, form.form_token)
        if before is None:
            return keep_new_answer(context, text, state, form.form_token), context, True
        # What was sent with this form before stays as it is; a draft that was saved from it goes on.
        is_open = before.state in UNDECIDED_STATES and (found is not None or before.state == "draft")
        if found or is_open:
            _rewrite_answer(context, before, text, state)
        return before, context, is_open

    def _load_form(
        self, session: Session, user: str, form: AnswerForm, now: datetime, *, to_change: bool = False
    ) -> tuple[Reflection | None, AnswerContext]:
        """The answer that this form changes (None for a new one), and its round."""
        if form.reflection_id:
            return load_own_answer(self._services, session, user, form.reflection_id, now, to_change=to_change)
        return None, load_answer_context(self._services, session, user, form.round_id, now)

    def _no_question_yet(self, circle: Circle, member: Member) -> Refusal:
        if circle.next_round_at is None:
            return Refusal("reflection.none_planned")
        speaker = self._services.speaker_for(circle, member)
        return Refusal("reflection.none_yet", moment=speaker.moment(circle.next_round_at, circle.timezone))


def _sent_before(context: AnswerContext, form_token: str) -> Reflection | None:
    """The answer that came through this form before; raises `Refusal` if somebody else sent it."""
    found = queries.find_reflection_by_form(context.session, form_token)
    if found is not None and found.member_id != context.member.id:
        raise Refusal("common.outdated")
    return found


def _rewrite_answer(context: AnswerContext, reflection: Reflection, text: str, state: str) -> None:
    reflection.words = seal_answer(context.services, reflection.id, text)
    if reflection.state == "draft":
        reflection.state, reflection.written_at = state, context.now
    show_answer(context, reflection, text)
