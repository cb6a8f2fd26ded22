"""The questions to come: members choose one for the next free turn, moderators plan a season."""

import secrets
from itertools import islice

from bot.circles.api import led_circle
from bot.core.errors import Refusal
from bot.core.parts import Json, is_blank
from bot.core.services import Services
from bot.questions import selection
from bot.questions.library_page import theme_page_for, themes_page_for
from bot.questions.page import QuestionsContext, load_questions, questions_page_for, text_of_turn
from bot.questions.surfaces import TAKE, LibraryPlace, TurnForm
from bot.questions.views import volunteering as views
from bot.questions.views.volunteering import ComingTurn
from bot.rhythm.api import RoundPlanning
from db.models import QuestionTurn
from db.queries import questions as queries

# How many questions ahead a season is planned, and within how many a free turn is looked for.
PLANNED = 12
_FURTHEST = 60


class Volunteering:
    """What is chosen and planned for the questions to come."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._planning = RoundPlanning(services)

    def open_season_page(self, user: str, circle_id: int) -> Json:
        """The plan of the coming questions, as everybody in the circle reads it."""
        with self._services.database.reading() as session:
            return self._season_page(load_questions(self._services, session, user, circle_id))

    def plan_turn(self, user: str, circle_id: int, number: int, *, theme: str = "", prompt: str = "") -> Json:
        """A moderator plans a theme or a question for this number; with neither, it is drawn by lot again."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            context = QuestionsContext(self._services, session, circle, member)
            turn = _load_turn(context, number)
            if turn.member_id:
                raise Refusal("questions.taken")
            if prompt:
                theme = _load_candidate(context, prompt).theme
            elif theme and theme not in self._services.library.themes:
                raise Refusal("common.gone")
            turn.theme, turn.prompt = theme or None, prompt or None
            if not theme:
                session.delete(turn)
            session.flush()
            return self._season_page(context)

    def open_library_for_turn(self, user: str, circle_id: int) -> Json:
        """The library to choose a question from, open at the theme that was planned for the next free turn."""
        with self._services.database.reading() as session:
            context = load_questions(self._services, session, user, circle_id)
            number = _next_free_number(context)
            planned = queries.coming_turns(session, context.circle).get(number)
            theme = (planned and planned.theme) or ""
            place = LibraryPlace(context.circle.id, TAKE, number, theme)
            return theme_page_for(context, place) if theme else themes_page_for(context, place)

    def open_volunteer_form(self, user: str, circle_id: int, prompt: str) -> Json:
        """The form of a member who chooses this question for the next free turn."""
        with self._services.database.reading() as session:
            context = load_questions(self._services, session, user, circle_id)
            _next_free_number(context)
            question = selection.candidate_text(self._services, _load_candidate(context, prompt), context.speaker)
            form = TurnForm(context.circle.id, secrets.token_hex(8), prompt)
            return views.volunteer_form(context.speaker, question, form)

    def open_change_turn_form(self, user: str, circle_id: int) -> Json:
        """The same form for a turn that was taken, with what was written in it."""
        with self._services.database.reading() as session:
            context = load_questions(self._services, session, user, circle_id)
            turn = _load_own_turn(context)
            written = self._services.open_text(turn.words, selection.place_of_turn(turn))
            form = TurnForm(context.circle.id, secrets.token_hex(8), turn.prompt or "", written, turn.is_named)
            return views.volunteer_form(context.speaker, text_of_turn(context, turn), form)

    def take_turn(self, user: str, form: TurnForm) -> Json:
        """This person chooses the question of the next free turn, or changes what they wrote with it."""
        with self._services.database.writing() as session:
            context = load_questions(self._services, session, user, form.circle_id, locked=True)
            turn = selection.turn_of_member(session, context.circle, context.member)
            if turn is None or turn.prompt != form.prompt:
                turn = _choose_for_turn(context, _next_free_number(context), form.prompt)
            turn.member_id, turn.is_named = context.member.id, form.is_named
            blank = is_blank(form.text)
            turn.words = None if blank else self._services.seal(form.text, selection.place_of_turn(turn))
            session.flush()
            return questions_page_for(context, done="questions.done_taken")

    def give_turn_back(self, user: str, circle_id: int) -> Json:
        """The turn is free again, and what was written with it is deleted."""
        with self._services.database.writing() as session:
            context = load_questions(self._services, session, user, circle_id, locked=True)
            selection.free_turn(session, _load_own_turn(context))
            return questions_page_for(context, done="questions.done_given_back")

    def _season_page(self, context: QuestionsContext) -> Json:
        session, circle = context.session, context.circle
        first, turns = queries.next_number(session, circle), queries.coming_turns(session, circle)
        candidates = {one.id: one for one in selection.candidates_of(session, self._services, circle)}
        coming = [
            _coming_turn(context, ComingTurn(first + ahead, ahead, moment), turns.get(first + ahead), candidates)
            for ahead, moment in enumerate(self._moments(context))
        ]
        return views.season_page(context.speaker, coming, circle.id, moderates=context.moderates)

    def _moments(self, context: QuestionsContext) -> list[str]:
        """When the coming questions come by the present rhythm; empty texts in a circle that has not begun."""
        circle = context.circle
        if circle.next_round_at is None or circle.settled_until is None:
            return [""] * PLANNED
        slots = self._planning.load_plan(context.session, circle).slots(circle.settled_until)
        coming = islice((slot.at for slot in slots if slot.fate.comes), PLANNED)
        return [context.speaker.moment(at, circle.timezone) for at in coming]


def _coming_turn(
    context: QuestionsContext, coming: ComingTurn, turn: QuestionTurn | None, candidates: dict[str, selection.Candidate]
) -> ComingTurn:
    """What everybody may read of a turn: the question that a volunteer chose is not shown before it is asked."""
    if turn is None or (turn.member_id is None and turn.theme is None):
        return coming
    if turn.member_id:
        return coming.with_plan("mine" if turn.member_id == context.member.id else "taken")
    theme = selection.theme_name(context.services, context.speaker, turn.theme or "")
    planned = candidates.get(turn.prompt or "")
    if planned is None:
        return coming.with_plan("theme", theme)
    return coming.with_plan("question", theme, selection.candidate_text(context.services, planned, context.speaker))


def _choose_for_turn(context: QuestionsContext, number: int, prompt: str) -> QuestionTurn:
    """The turn with this number, with this question; raises `Refusal` where another theme was planned."""
    chosen, turn = _load_candidate(context, prompt), _load_turn(context, number)
    if turn.theme and turn.theme != chosen.theme:
        raise Refusal("questions.other_theme")
    turn.prompt = prompt
    return turn


def _next_free_number(context: QuestionsContext) -> int:
    """The number of the next question that nobody chose; raises `Refusal` for a member who chose one already."""
    session, circle = context.session, context.circle
    if selection.turn_of_member(session, circle, context.member):
        raise Refusal("questions.one_turn")
    turns, first = queries.coming_turns(session, circle), queries.next_number(session, circle)
    for number in range(first, first + _FURTHEST):
        turn = turns.get(number)
        if turn is None or (turn.member_id is None and turn.prompt is None):
            return number
    raise Refusal("questions.all_taken")


def _load_turn(context: QuestionsContext, number: int) -> QuestionTurn:
    """The turn with this number, made if there is none; raises `Refusal` for one that is past or too far ahead."""
    session, circle = context.session, context.circle
    first = queries.next_number(session, circle)
    if not first <= number < first + _FURTHEST:
        raise Refusal("common.outdated")
    turn = queries.coming_turns(session, circle).get(number)
    if turn is None:
        turn = QuestionTurn(id=secrets.token_hex(8), circle_id=circle.id, number=number, is_named=False)
        session.add(turn)
        session.flush()
    return turn


def _load_candidate(context: QuestionsContext, prompt: str) -> selection.Candidate:
    """A question that this circle may be asked and did not retire."""
    found = selection.find_candidate(context.session, context.services, context.circle, prompt)
    if found is None or found.id in queries.retired_prompts(context.session, context.circle):
        raise Refusal("common.gone")
    return found


def _load_own_turn(context: QuestionsContext) -> QuestionTurn:
    turn = selection.turn_of_member(context.session, context.circle, context.member)
    if turn is None:
        raise Refusal("common.gone")
    return turn
