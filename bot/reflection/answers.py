"""Answering a weekly question in a window: writing it, first for oneself, and changing it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_here
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.reflection.answer_modal import AnswerContext, AnswerModal
from bot.reflection.answer_posts import AnswerPosts
from bot.reflection.rules import ask_again_at
from bot.reflection.views import answers as views
from bot.words import LANGUAGES
from db.models import Circle, Member, Reflection
from db.queries import reflection as reflections


@dataclass(frozen=True)
class AnswerDraft:
    """What the window holds when it is sent or asked for more room: pointers to check, and what was written."""

    round_id: int
    reflection: str | None
    form: str
    texts: list[str]
    language: str | None


class Answers:
    """Writing: a form opens, is sent or put aside, and comes back to change."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._windows = AnswerModal(services)
        self._sharing = AnswerPosts(services)

    def open_answer_form(self, user: str, round_id: int, now: datetime) -> Json:
        """The window of a round: a form to answer in, or the answers this person has already."""
        with self._services.database.reading() as session:
            return self._windows.answer_window(session, self._windows.load_context(session, user, round_id, now))

    def open_latest_answer_form(self, user: str, channel: str, now: datetime) -> Json:
        """The same for the round that the circle of this channel is in."""
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            latest = reflections.latest_round(session, circle)
            if latest is None:
                raise self._none_yet(circle, member)
            return self._windows.answer_window(session, AnswerContext(latest, circle, member, now))

    def add_answer_field(self, user: str, draft: AnswerDraft, now: datetime) -> Json:
        """The same form with one field more, and everything written so far in it."""
        with self._services.database.reading() as session:
            texts = [*draft.texts, ""][: views.MOST_FIELDS]
            if draft.reflection:
                reflection, reader = self._windows.load_own_answer(session, user, draft.reflection, now)
                return self._windows.answer_form_for(reader, texts, draft.form, reflection)
            return self._windows.answer_form_for(self._reader(session, user, draft, now), texts, draft.form, None)

    def open_change_answer_form(self, user: str, reflection_id: str, now: datetime) -> Json:
        """A form with an answer of this person in it, to change."""
        with self._services.database.reading() as session:
            reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now)
            texts = parts.split_into_fields(self._windows.read_answer(reflection))
            return self._windows.answer_form_for(reader, texts, secrets.token_hex(8), reflection)

    def submit_answer(self, user: str, draft: AnswerDraft, now: datetime) -> Json:
        """Keep what was written, at once and only for its writer; returns the page on which they choose what next.

        Raises `Refusal` if there is nothing to read. A form that is sent twice makes one answer.
        """
        with self._services.database.writing() as session:
            reader = self._put_down(session, user, draft, "undecided", now)
            return self._windows.answers_page_for(session, reader)

    def save_draft(self, user: str, draft: AnswerDraft, now: datetime) -> Json:
        """Keep what was written as a draft: it waits, in the form and in Home, until its writer goes on."""
        with self._services.database.writing() as session:
            reader = self._put_down(session, user, draft, "draft", now)
            return self._windows.answers_page_for(session, reader)

    def _put_down(self, session: Session, user: str, draft: AnswerDraft, state: str, now: datetime) -> AnswerContext:
        text = parts.join_fields(draft.texts)
        if parts.is_blank(text):
            raise Refusal("reflection.blank")
        if draft.reflection:
            reflection, reader = self._windows.load_own_answer(session, user, draft.reflection, now, to_change=True)
            self._rewrite(session, reader, reflection, text, state)
        else:
            reader = self._reader(session, user, draft, now)
            self._keep(session, reader, draft.form, text, state)
        if draft.language in LANGUAGES:
            reader.member.language = draft.language
        return reader

    def _keep(self, session: Session, reader: AnswerContext, form: str, text: str, state: str) -> None:
        sent_before = reflections.find_reflection_by_form(session, form)
        if sent_before is None:
            fresh = secrets.token_hex(12)
            session.add(
                Reflection(
                    id=fresh,
                    round_id=reader.round.id,
                    member_id=reader.member.id,
                    state=state,
                    source="form",
                    form_token=form,
                    words=self._windows.seal_answer(fresh, text),
                    written_at=reader.now,
                )
            )
            reader.member.journal_ask_at = reader.member.journal_ask_at or ask_again_at(reader.now)
            session.flush()
        elif sent_before.member_id != reader.member.id:
            raise Refusal("common.outdated")
        elif sent_before.state == "draft":
            # Put aside and sent from the same form: Slack did not show the page between.
            self._rewrite(session, reader, sent_before, text, state)

    def _rewrite(self, session: Session, reader: AnswerContext, reflection: Reflection, text: str, state: str) -> None:
        reflection.words = self._windows.seal_answer(reflection.id, text)
        if reflection.state == "draft":
            reflection.state, reflection.written_at = state, reader.now
        self._sharing.show_answer(session, reader.circle, reader.member, reflection, text)

    def _reader(self, session: Session, user: str, draft: AnswerDraft, now: datetime) -> AnswerContext:
        return self._windows.load_context(session, user, draft.round_id, now)

    def _none_yet(self, circle: Circle, member: Member) -> Refusal:
        if circle.next_round_at is None:
            return Refusal("reflection.none_planned")
        speaker = self._services.speaker_for(circle, member)
        return Refusal("reflection.none_yet", moment=speaker.moment(circle.next_round_at, circle.timezone))
