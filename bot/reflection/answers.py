"""Answering a weekly question in a form: writing an answer, first only for oneself, and changing it.

A form that is sent twice makes one answer: each form has an id of its own, which the database takes once.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circle_here, first_circle_of
from bot.core.errors import Refusal
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
    seal_answer,
)
from bot.reflection.answer_visibility import show_answer
from bot.reflection.surfaces import AnswerForm
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

    def submit_answer(self, user: str, form: AnswerForm, now: datetime) -> Json:
        """Keep what was written, at once and only for its writer; returns the page on which they choose what next.

        Raises `Refusal` if there is nothing to read. A form that is sent twice makes one answer.
        """
        return self._keep(user, form, "undecided", now)

    def save_draft(self, user: str, form: AnswerForm, now: datetime) -> Json:
        """Keep what was written as a draft: it waits, in the form and in Home, until its writer goes on."""
        return self._keep(user, form, "draft", now)

    def _keep(self, user: str, form: AnswerForm, state: str, now: datetime) -> Json:
        text = join_fields(form.texts)
        if is_blank(text):
            raise Refusal("reflection.blank")
        with self._services.database.writing() as session:
            reflection, context = self._load_form(session, user, form, now, to_change=True)
            if reflection:
                _rewrite_answer(context, reflection, text, state)
            else:
                _keep_once(context, form.form_token, text, state)
            if form.language in LANGUAGES:
                context.member.language = form.language
            return answers_page_for(context)

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


def _keep_once(context: AnswerContext, form_token: str, text: str, state: str) -> None:
    """Keep a new answer; one that came through the same form before stays as it is, unless it was a draft."""
    sent_before = queries.find_reflection_by_form(context.session, form_token)
    if sent_before is None:
        keep_new_answer(context, text, state, form_token)
    elif sent_before.member_id != context.member.id:
        raise Refusal("common.outdated")
    elif sent_before.state == "draft":
        # Saved as a draft and then sent from the same form: Slack did not show the page in between.
        _rewrite_answer(context, sent_before, text, state)


def _rewrite_answer(context: AnswerContext, reflection: Reflection, text: str, state: str) -> None:
    reflection.words = seal_answer(context.services, reflection.id, text)
    if reflection.state == "draft":
        reflection.state, reflection.written_at = state, context.now
    show_answer(context, reflection, text)
