"""Proposing a question, and saying one would answer it."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, circle_here, led_circle
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.library.prompts import WITH_STUDENTS
from bot.questions.candidates import place_of_question, prompt_of, read_question
from bot.questions.page import QuestionsPage, load_own_question, load_question
from bot.questions.views import forms
from db.models import Circle, Member, OwnQuestion, QuestionSupport, Round
from db.queries import questions

_MOST_NEEDED = 20


@dataclass(frozen=True)
class QuestionDraft:
    """What the form says; `question` is the one that is changed, empty for a new one."""

    form: str
    question: str
    text: str
    theme: str
    says: Sequence[str]


# Shows the card of a round as it is now, in this transaction.
RefreshCard = Callable[[Session, Circle, Round], None]


class QuestionProposals:
    """Questions of members, until their circle may be asked them."""

    def __init__(self, services: Services, page: QuestionsPage, refresh_card: RefreshCard) -> None:
        self._services = services
        self._page = page
        self._refresh_card = refresh_card

    def open_question_form_here(self, user: str, channel: str) -> Json:
        """The form to propose a question in, in the circle of this channel."""
        with self._services.database.reading() as session:
            return self._form(*circle_here(session, user, channel))

    def open_question_form(self, user: str, circle_id: int) -> Json:
        """The form to propose a question in."""
        with self._services.database.reading() as session:
            return self._form(*circle_by_id(session, circle_id, user))

    def open_change_question_form(self, user: str, question_id: str) -> Json:
        """The form with a proposal of this person's in it; a question that may be asked keeps its words."""
        with self._services.database.reading() as session:
            question, circle, member = load_own_question(session, user, question_id)
            if question.state != "proposed":
                raise Refusal("questions.already_in")
            return self._form(circle, member, question)

    def propose_question(self, user: str, circle_id: int, proposed: QuestionDraft, now: datetime) -> Json:
        """Keep a proposal, or new words for one. Others who would answer it said so about the words it had."""
        if parts.is_blank(proposed.text):
            raise Refusal("questions.blank")
        if proposed.theme not in self._services.library.themes:
            raise Refusal("questions.no_theme")
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user)
            question = self._question(session, circle, member, proposed, now)
            if question.state != "proposed":
                raise Refusal("questions.already_in")
            if read_question(self._services, question) != proposed.text:
                questions.forget_support(session, question)
                question.words, question.suggestion = (
                    self._services.seal(proposed.text, place_of_question(question)),
                    None,
                )
            question.theme, question.is_named = proposed.theme, forms.NAMED in proposed.says
            question.has_students = forms.STUDENTS in proposed.says or proposed.theme in WITH_STUDENTS
            return self._page.questions_page_of(session, circle, member, done="questions.done_proposed")

    def support_question(self, user: str, question_id: str) -> Json:
        """This person would answer it; when as many do as the circle asks for, it may be asked."""
        with self._services.database.writing() as session:
            question, circle, member = load_question(session, user, question_id)
            if question.member_id == member.id:
                raise Refusal("questions.own")
            if question.state == "proposed" and session.get(QuestionSupport, (question.id, member.id)) is None:
                session.add(QuestionSupport(question_id=question.id, member_id=member.id))
                session.flush()
            is_in = self._adopt(session, circle, [question])
            return self._page.questions_page_of(session, circle, member, done="questions.done_adopted" if is_in else "")

    def take_back_support(self, user: str, question_id: str) -> Json:
        """This person takes back that they would answer it; a question that may be asked stays so."""
        with self._services.database.writing() as session:
            question, circle, member = load_question(session, user, question_id)
            said = session.get(QuestionSupport, (question.id, member.id))
            if said is not None:
                session.delete(said)
                session.flush()
            return self._page.questions_page_of(session, circle, member)

    def set_support_needed(self, user: str, circle_id: int, number: str) -> Json:
        """From now on so many have to say that they would answer a question."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user)
            if not number.isdecimal() or not 0 < int(number) <= _MOST_NEEDED:
                raise Refusal("common.outdated")
            circle.support_needed = int(number)
            self._adopt(session, circle, questions.questions_in_state(session, circle, "proposed"))
            return self._page.questions_page_of(session, circle, member)

    def withdraw_question(self, user: str, question_id: str) -> Json:
        """Its author takes a question back: nothing of its words is left, here or on the cards that asked it."""
        with self._services.database.writing() as session:
            question, circle, member = load_own_question(session, user, question_id)
            question.state, question.words, question.suggestion = "withdrawn", None, None
            questions.forget_support(session, question)
            for round_ in questions.rounds_with_prompt(session, circle, prompt_of(question)):
                round_.words = round_.author_id = None
                self._refresh_card(session, circle, round_)
            return self._page.questions_page_of(session, circle, member, done="questions.done_withdrawn")

    def _form(self, circle: Circle, member: Member, question: OwnQuestion | None = None) -> Json:
        speaker = self._services.speaker_for(circle, member)
        filled = forms.QuestionFormValues()
        if question:
            says = [forms.NAMED] * question.is_named + [forms.STUDENTS] * question.has_students
            filled = forms.QuestionFormValues(read_question(self._services, question), question.theme, tuple(says))
        themes = {key: name.in_(speaker.language) for key, name in self._services.library.themes.items()}
        pointers = {
            "circle": circle.id,
            "form": forms.PROPOSING,
            "question": question.id if question else "",
            "id": secrets.token_hex(8),
        }
        return forms.question_form(
            speaker, themes, filled, pointers, needed=circle.support_needed, language=circle.language
        )

    def _question(
        self, session: Session, circle: Circle, member: Member, proposed: QuestionDraft, now: datetime
    ) -> OwnQuestion:
        """The question that this form changes, or makes; a form that is sent twice makes one."""
        if proposed.question:
            question, _, _ = load_own_question(session, member.slack, proposed.question)
            return question
        sent_before = questions.find_question_by_form(session, proposed.form)
        if sent_before is not None:
            if sent_before.member_id != member.id:
                raise Refusal("common.outdated")
            return sent_before
        question = OwnQuestion(
            id=secrets.token_hex(12),
            circle_id=circle.id,
            member_id=member.id,
            form_token=proposed.form,
            state="proposed",
            theme=proposed.theme,
            has_students=False,
            is_named=False,
            proposed_at=now,
        )
        session.add(question)
        session.flush()
        return question

    def _adopt(self, session: Session, circle: Circle, proposed: list[OwnQuestion]) -> bool:
        """What enough members would answer may be asked from now on; returns whether there was anything.

        Who they were is not kept any longer than it takes.
        """
        counts = questions.count_support(session, proposed)
        adopted = [one for one in proposed if counts.get(one.id, 0) >= circle.support_needed]
        for question in adopted:
            question.state = "adopted"
            questions.forget_support(session, question)
        return bool(adopted)
