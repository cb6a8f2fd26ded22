"""Proposing a question to a circle, and saying that one would answer it.

A form that is sent twice makes one question: each form has an id of its own, which the database takes once.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_here, led_circle
from bot.core.errors import Refusal
from bot.core.parts import Json, is_blank
from bot.core.services import Services
from bot.library.prompts import WITH_STUDENTS
from bot.questions.page import QuestionsContext, load_own_question, load_question, load_questions, questions_page_for
from bot.questions.selection import place_of_question, prompt_of, read_question
from bot.questions.surfaces import NAMED, STUDENTS, SUPPORT_CHOICES, QuestionForm
from bot.questions.views import forms
from db.models import Circle, OwnQuestion, QuestionSupport, Round
from db.queries import questions as queries

# Shows the card of a round as it is now, in this transaction.
RefreshCard = Callable[[Session, Circle, Round], None]


class QuestionProposals:
    """Questions of members, until their circle may be asked them."""

    def __init__(self, services: Services, refresh_card: RefreshCard) -> None:
        self._services, self._refresh_card = services, refresh_card

    def open_question_form_here(self, user: str, channel: str) -> Json:
        """The form to propose a question in, for the circle of this channel (Slack's id)."""
        with self._services.database.reading() as session:
            return _question_form(QuestionsContext(self._services, session, *circle_here(session, user, channel)))

    def open_question_form(self, user: str, circle_id: int) -> Json:
        """The form to propose a question in."""
        with self._services.database.reading() as session:
            return _question_form(load_questions(self._services, session, user, circle_id))

    def open_change_question_form(self, user: str, question_id: str) -> Json:
        """The form with a proposal of this person in it; an adopted question keeps its words (`Refusal`)."""
        with self._services.database.reading() as session:
            question, context = load_own_question(self._services, session, user, question_id)
            if question.state != "proposed":
                raise Refusal("questions.already_in")
            return _question_form(context, question)

    def propose_question(self, user: str, form: QuestionForm, now: datetime) -> Json:
        """Keep a proposal, or new words for one: then nobody has said yet that they would answer it."""
        if is_blank(form.text):
            raise Refusal("questions.blank")
        if form.theme not in self._services.library.themes:
            raise Refusal("questions.no_theme")
        with self._services.database.writing() as session:
            context = load_questions(self._services, session, user, form.circle_id)
            question = _question_of_form(context, form, now)
            if question.state != "proposed":
                raise Refusal("questions.already_in")
            if read_question(self._services, question) != form.text:
                queries.forget_support(session, question)
                question.words = self._services.seal(form.text, place_of_question(question))
                question.suggestion = None
            question.theme, question.is_named = form.theme, NAMED in form.says
            question.has_students = STUDENTS in form.says or form.theme in WITH_STUDENTS
            return questions_page_for(context, done="questions.done_proposed")

    def support_question(self, user: str, question_id: str, now: datetime) -> Json:
        """This person would answer it; once as many say so as the circle requires, it is adopted."""
        with self._services.database.writing() as session:
            question, context = load_question(self._services, session, user, question_id)
            member = context.member
            if question.member_id == member.id:
                raise Refusal("questions.own")
            if question.state == "proposed" and session.get(QuestionSupport, (question.id, member.id)) is None:
                session.add(QuestionSupport(question_id=question.id, member_id=member.id))
                session.flush()
            is_adopted = _adopt_supported(session, context.circle, [question], now)
            return questions_page_for(context, done="questions.done_adopted" if is_adopted else "")

    def take_back_support(self, user: str, question_id: str) -> Json:
        """This person takes back that they would answer it; an adopted question stays adopted."""
        with self._services.database.writing() as session:
            question, context = load_question(self._services, session, user, question_id)
            support = session.get(QuestionSupport, (question.id, context.member.id))
            if support is not None:
                session.delete(support)
                session.flush()
            return questions_page_for(context)

    def set_support_needed(self, user: str, circle_id: int, number: str, now: datetime) -> Json:
        """A moderator sets how many members must say that they would answer a question, from now on."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user)
            if not number.isdecimal() or not 0 < int(number) <= SUPPORT_CHOICES[-1]:
                raise Refusal("common.outdated")
            circle.support_needed = int(number)
            _adopt_supported(session, circle, queries.questions_in_state(session, circle, "proposed"), now)
            return questions_page_for(QuestionsContext(self._services, session, circle, member))

    def withdraw_question(self, user: str, question_id: str) -> Json:
        """Its author takes a question back: its words are deleted, here and on the cards that asked it."""
        with self._services.database.writing() as session:
            question, context = load_own_question(self._services, session, user, question_id)
            question.state, question.words, question.suggestion = "withdrawn", None, None
            queries.forget_support(session, question)
            for round_ in queries.rounds_with_prompt(session, context.circle, prompt_of(question)):
                round_.words = round_.author_id = None
                self._refresh_card(session, context.circle, round_)
            return questions_page_for(context, done="questions.done_withdrawn")


def _question_form(context: QuestionsContext, question: OwnQuestion | None = None) -> Json:
    services, circle, speaker = context.services, context.circle, context.speaker
    form = QuestionForm(circle.id, secrets.token_hex(8))
    if question:
        says = [NAMED] * question.is_named + [STUDENTS] * question.has_students
        text = read_question(services, question)
        form = QuestionForm(circle.id, form.form_token, question.id, text, question.theme, says)
    themes = {key: name.in_(speaker.language) for key, name in services.library.themes.items()}
    return forms.question_form(speaker, themes, form, needed=circle.support_needed, language=circle.language)


def _question_of_form(context: QuestionsContext, form: QuestionForm, now: datetime) -> OwnQuestion:
    """The question that this form changes, makes, or made before."""
    session, member = context.session, context.member
    if form.question_id:
        return load_own_question(context.services, session, member.slack, form.question_id)[0]
    sent_before = queries.find_question_by_form(session, form.form_token)
    if sent_before is not None:
        if sent_before.member_id != member.id:
            raise Refusal("common.outdated")
        return sent_before
    question = OwnQuestion(
        id=secrets.token_hex(12),
        circle_id=context.circle.id,
        member_id=member.id,
        form_token=form.form_token,
        state="proposed",
        theme=form.theme,
        has_students=False,
        is_named=False,
        proposed_at=now,
    )
    session.add(question)
    session.flush()
    return question


def _adopt_supported(session: Session, circle: Circle, proposed: list[OwnQuestion], now: datetime) -> bool:
    """Adopt the questions that enough members would answer; returns whether there were any.

    Who these members were is not kept any longer.
    """
    counts = queries.count_support(session, proposed)
    adopted = [one for one in proposed if counts.get(one.id, 0) >= circle.support_needed]
    for question in adopted:
        question.state, question.adopted_at = "adopted", now
        queries.forget_support(session, question)
    return bool(adopted)
