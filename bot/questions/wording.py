"""Finding the words of a question together: a moderator proposes them, and only who wrote it changes them."""

import secrets

from sqlalchemy.orm import Session

from bot.circles.api import require_moderator
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.crypto import places
from bot.questions.candidates import place_of_question, read_question
from bot.questions.page import QuestionsPage, load_own_question, load_question
from bot.questions.views import forms
from db.models import Circle, Member, OwnQuestion


class SuggestedWording:
    """Other words for a question, from proposing them to what its author decides."""

    def __init__(self, services: Services, page: QuestionsPage) -> None:
        self._services = services
        self._page = page

    def open_wording_form(self, user: str, question_id: str) -> Json:
        """The form in which a moderator proposes other words to the author."""
        with self._services.database.reading() as session:
            question, circle, member = _moderated(session, user, question_id)
            fresh = secrets.token_hex(8)
            pointers = {"circle": circle.id, "question": question.id, "form": forms.WORDING, "id": fresh}
            return forms.wording_form(
                self._services.speaker_for(circle, member), read_question(self._services, question), pointers
            )

    def suggest_wording(self, user: str, question_id: str, text: str) -> Json:
        """A moderator proposes other words. The author alone reads them, and decides."""
        if parts.is_blank(text):
            raise Refusal("questions.blank")
        with self._services.database.writing() as session:
            question, circle, member = _moderated(session, user, question_id)
            question.suggestion = self._services.seal(text, place_of_question(question, places.SUGGESTED_WORDING))
            author = session.get_one(Member, question.member_id)
            speaker, now_it_says = self._services.speaker_for(circle, author), read_question(self._services, question)
            body = forms.wording_suggested_page(speaker, question.id, now_it_says, text, circle.channel.slack)
            at = self._services.outbox.open_dm(session, author.slack)
            self._services.outbox.upsert(session, _letter(question), body, at)
            return self._page.questions_page_of(session, circle, member, done="questions.done_suggested")

    def decide_wording(self, user: str, question_id: str, *, accepts: bool) -> Json:
        """The author takes the words that were proposed, or keeps their own."""
        with self._services.database.writing() as session:
            question, circle, member = load_own_question(session, user, question_id)
            text = self._services.open_text(question.suggestion, place_of_question(question, places.SUGGESTED_WORDING))
            if not text:
                raise Refusal("common.gone")
            if accepts:
                question.words = self._services.seal(text, place_of_question(question))
            question.suggestion = None
            decided = "questions.done_accepted" if accepts else "questions.done_kept"
            speaker = self._services.speaker_for(circle, member)
            self._services.outbox.update_if_posted(
                session, _letter(question), forms.wording_decided_page(speaker, decided)
            )
            return self._page.questions_page_of(session, circle, member, done=decided)


def _moderated(session: Session, user: str, question_id: str) -> tuple[OwnQuestion, Circle, Member]:
    question, circle, member = load_question(session, user, question_id)
    require_moderator(session, circle, member)
    return question, circle, member


def _letter(question: OwnQuestion) -> str:
    return f"wording:{question.id}"
