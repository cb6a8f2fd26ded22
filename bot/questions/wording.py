"""Finding better words for a question: a moderator proposes them, and only its author changes the question."""

import secrets

from sqlalchemy.orm import Session

from bot.circles.api import require_moderator
from bot.core.errors import Refusal
from bot.core.parts import Json, is_blank
from bot.core.services import Service
from bot.crypto import places
from bot.questions.page import QuestionsContext, load_own_question, load_question, questions_page_for
from bot.questions.selection import place_of_question, read_question
from bot.questions.surfaces import WordingForm
from bot.questions.views import forms
from db.models import Member, OwnQuestion


class SuggestedWording(Service):
    """Other words for a question, from proposing them to what its author decides."""

    def open_wording_form(self, user: str, question_id: str) -> Json:
        """The form in which a moderator proposes other words to the author."""
        with self._services.database.reading() as session:
            question, context = self._load_as_moderator(session, user, question_id)
            form = WordingForm(context.circle.id, secrets.token_hex(8), question.id)
            return forms.wording_form(context.speaker, read_question(self._services, question), form)

    def suggest_wording(self, user: str, form: WordingForm) -> Json:
        """A moderator proposes other words. The author alone reads them, and decides."""
        if is_blank(form.text):
            raise Refusal("questions.blank")
        with self._services.database.writing() as session:
            question, context = self._load_as_moderator(session, user, form.question_id)
            question.suggestion = self._services.seal(form.text, _place_of_suggestion(question))
            self._ask_author(context, question, form.text)
            return questions_page_for(context, done="questions.done_suggested")

    def decide_wording(self, user: str, question_id: str, *, accepts: bool) -> Json:
        """The author accepts the words that were proposed, or keeps their own."""
        with self._services.database.writing() as session:
            question, context = load_own_question(self._services, session, user, question_id)
            text = self._services.open_text(question.suggestion, _place_of_suggestion(question))
            if not text:
                raise Refusal("common.gone")
            if accepts:
                question.words = self._services.seal(text, place_of_question(question))
            question.suggestion = None
            decided = "questions.done_accepted" if accepts else "questions.done_kept"
            message = forms.wording_decided_message(context.speaker, decided)
            self._services.outbox.update_if_posted(session, _message_key(question), message)
            return questions_page_for(context, done=decided)

    def _load_as_moderator(self, session: Session, user: str, question_id: str) -> tuple[OwnQuestion, QuestionsContext]:
        question, context = load_question(self._services, session, user, question_id)
        require_moderator(session, context.circle, context.member)
        return question, context

    def _ask_author(self, context: QuestionsContext, question: OwnQuestion, suggestion: str) -> None:
        session, circle = context.session, context.circle
        author, text = session.get_one(Member, question.member_id), read_question(self._services, question)
        speaker, at = self._services.speaker_for(circle, author), self._services.outbox.open_dm(session, author.slack)
        body = forms.wording_suggested_message(speaker, question.id, text, suggestion, circle.channel.slack)
        self._services.outbox.upsert(session, _message_key(question), body, at)


def _place_of_suggestion(question: OwnQuestion) -> str:
    return place_of_question(question, places.SUGGESTED_WORDING)


def _message_key(question: OwnQuestion) -> str:
    return f"wording:{question.id}"
