"""Whose turn it is to choose: members take the next question on them, moderators plan a season."""

import secrets
from itertools import islice

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, is_moderator, led_circle
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.questions.candidates import Candidate, candidates, text_of, theme_name
from bot.questions.library_page import LibraryChoice, LibraryPages
from bot.questions.page import QuestionsPage
from bot.questions.turn_state import free_turn, place_of_turn, turn_of_member
from bot.questions.views import volunteering as views
from bot.questions.views.library_page import TAKE, LibraryPurpose
from bot.questions.views.volunteering import ComingTurn
from bot.rhythm.api import RoundPlanning
from bot.words import Speaker
from db.models import Circle, Member, QuestionTurn
from db.queries import questions

# How far ahead a season is planned, and how far ahead there is always a question to take on.
PLANNED = 12
_FURTHEST = 60


class Volunteering:
    """What is chosen and planned for the questions to come."""

    def __init__(self, services: Services, page: QuestionsPage, library: LibraryPages) -> None:
        self._services = services
        self._page, self._library = page, library
        self._planning = RoundPlanning(services)

    def open_season_page(self, user: str, circle_id: int) -> Json:
        """The plan of the coming questions, as everybody in the circle reads it."""
        with self._services.database.reading() as session:
            return self._season(session, *circle_by_id(session, circle_id, user))

    def plan_turn(self, user: str, circle_id: int, number: int, *, theme: str = "", prompt: str = "") -> Json:
        """A moderator plans a theme or a question for this number; neither leaves it to the bot again."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            turn = self._turn(session, circle, number)
            if turn.member_id:
                raise Refusal("questions.taken")
            if prompt:
                theme = self._candidate(session, circle, prompt).theme
            elif theme and theme not in self._services.library.themes:
                raise Refusal("common.gone")
            turn.theme, turn.prompt = theme or None, prompt or None
            if not theme:
                session.delete(turn)
            session.flush()
            return self._season(session, circle, member)

    def open_library_for_turn(self, user: str, circle_id: int) -> Json:
        """The library to choose a question from, open at the theme that was planned for the next free turn."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, circle_id, user)
            number = self._free(session, circle, member)
            planned = questions.coming_turns(session, circle).get(number)
            reading = LibraryChoice(circle, member, LibraryPurpose(TAKE, number))
            if planned and planned.theme:
                return self._library.theme_page_for(session, reading, planned.theme)
            return self._library.themes_page_for(session, reading)

    def open_volunteer_form(self, user: str, circle_id: int, prompt: str) -> Json:
        """The form for who takes on the next free question: an own answer first, if they like."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, circle_id, user)
            self._free(session, circle, member)
            speaker = self._services.speaker_for(circle, member)
            question = text_of(self._services, self._candidate(session, circle, prompt), speaker)
            pointers = {"circle": circle.id, "form": views.TAKING, "prompt": prompt, "id": secrets.token_hex(8)}
            return views.volunteer_form(speaker, question, "", pointers)

    def open_change_turn_form(self, user: str, circle_id: int) -> Json:
        """The same form for a turn that was taken, with what was written in it."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, circle_id, user)
            turn = _own(session, circle, member)
            speaker = self._services.speaker_for(circle, member)
            chosen = next((one for one in candidates(session, self._services, circle) if one.id == turn.prompt), None)
            question = (
                text_of(self._services, chosen, speaker) if chosen else speaker.plain("reflection.question_withdrawn")
            )
            pointers = {"circle": circle.id, "form": views.TAKING, "prompt": turn.prompt, "id": secrets.token_hex(8)}
            written = self._services.open_text(turn.words, place_of_turn(turn))
            return views.volunteer_form(speaker, question, written, pointers, is_named=turn.is_named)

    def take_turn(self, user: str, circle_id: int, prompt: str, text: str, *, is_named: bool) -> Json:
        """This person chose the question of the next free turn, or changes what they wrote with it."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user, locked=True)
            turn = turn_of_member(session, circle, member)
            if turn is None or turn.prompt != prompt:
                turn = self._chosen(session, circle, self._free(session, circle, member), prompt)
            turn.member_id, turn.is_named = member.id, is_named
            turn.words = None if parts.is_blank(text) else self._services.seal(text, place_of_turn(turn))
            session.flush()
            return self._page.questions_page_of(session, circle, member, done="questions.done_taken")

    def give_turn_back(self, user: str, circle_id: int) -> Json:
        """Somebody else, or the bot, chooses after all; what was written with it is gone."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user, locked=True)
            free_turn(session, _own(session, circle, member))
            return self._page.questions_page_of(session, circle, member, done="questions.done_given_back")

    def _chosen(self, session: Session, circle: Circle, number: int, prompt: str) -> QuestionTurn:
        """The turn with this number, whose question is now this one."""
        chosen, turn = self._candidate(session, circle, prompt), self._turn(session, circle, number)
        if turn.theme and turn.theme != chosen.theme:
            raise Refusal("questions.other_theme")
        turn.prompt = prompt
        return turn

    def _season(self, session: Session, circle: Circle, member: Member) -> Json:
        speaker, first = self._services.speaker_for(circle, member), questions.next_number(session, circle)
        turns = questions.coming_turns(session, circle)
        every = {one.id: one for one in candidates(session, self._services, circle)}
        moments = self._moments(session, circle, speaker)
        coming = [
            ComingTurn(first + ahead, ahead, moment, *self._what(turns.get(first + ahead), every, member, speaker))
            for ahead, moment in enumerate(moments)
        ]
        moderates = is_moderator(session, circle, member)
        return views.season_page(speaker, coming, {"circle": circle.id}, moderates=moderates)

    def _moments(self, session: Session, circle: Circle, speaker: Speaker) -> list[str]:
        """When the coming questions come, as the rhythm has it now; empty in a circle that has not begun."""
        if circle.next_round_at is None or circle.settled_until is None:
            return [""] * PLANNED
        slots = self._planning.load_plan(session, circle).slots(circle.settled_until)
        coming = islice((slot.at for slot in slots if slot.fate.comes), PLANNED)
        return [speaker.moment(at, circle.timezone) for at in coming]

    def _what(
        self, turn: QuestionTurn | None, every: dict[str, Candidate], member: Member, speaker: Speaker
    ) -> tuple[str, str, str]:
        """What everybody may read of a turn: what a volunteer chose stays theirs until it is asked."""
        if turn is None or (turn.member_id is None and turn.theme is None):
            return "open", "", ""
        if turn.member_id:
            return "mine" if turn.member_id == member.id else "taken", "", ""
        theme, planned = theme_name(self._services, speaker, turn.theme or ""), every.get(turn.prompt or "")
        if planned is None:
            return "theme", theme, ""
        return "question", theme, text_of(self._services, planned, speaker)

    def _free(self, session: Session, circle: Circle, member: Member) -> int:
        """The number of the next question that nobody chose; refuses who has one on them already."""
        if turn_of_member(session, circle, member):
            raise Refusal("questions.one_turn")
        turns, first = questions.coming_turns(session, circle), questions.next_number(session, circle)
        for number in range(first, first + _FURTHEST):
            turn = turns.get(number)
            if turn is None or (turn.member_id is None and turn.prompt is None):
                return number
        raise Refusal("questions.all_taken")

    def _turn(self, session: Session, circle: Circle, number: int) -> QuestionTurn:
        """The turn with this number, which is still to come."""
        first = questions.next_number(session, circle)
        if not first <= number < first + _FURTHEST:
            raise Refusal("common.outdated")
        turn = questions.coming_turns(session, circle).get(number)
        if turn is None:
            turn = QuestionTurn(id=secrets.token_hex(8), circle_id=circle.id, number=number, is_named=False)
            session.add(turn)
            session.flush()
        return turn

    def _candidate(self, session: Session, circle: Circle, prompt: str) -> Candidate:
        """A question this circle may be asked."""
        without = questions.retired_prompts(session, circle)
        found = next((one for one in candidates(session, self._services, circle) if one.id == prompt), None)
        if found is None or found.id in without:
            raise Refusal("common.gone")
        return found


def _own(session: Session, circle: Circle, member: Member) -> QuestionTurn:
    turn = turn_of_member(session, circle, member)
    if turn is None:
        raise Refusal("common.gone")
    return turn
