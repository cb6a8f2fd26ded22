"""The page behind "Questions": what is proposed, and what everybody can do about what is asked."""

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, circle_here, is_moderator
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.crypto import places
from bot.questions.candidates import candidates, place_of_question, read_question, text_of
from bot.questions.turn_state import place_of_turn, turn_of_member
from bot.questions.views import page as views
from bot.questions.views.page import OwnTurn, ProposedQuestion, QuestionsFront
from bot.words import Speaker
from db.models import Circle, Member, OwnQuestion
from db.queries import questions


class QuestionsPage:
    """What somebody reads when they open the questions of a circle."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open_questions_page(self, user: str, channel: str) -> Json:
        """The page of the circle in this channel."""
        with self._services.database.reading() as session:
            return self.questions_page_of(session, *circle_here(session, user, channel))

    def turn_questions_page(self, user: str, circle_id: int, first: int = 0) -> Json:
        """The page of this circle, with proposals from this one on."""
        with self._services.database.reading() as session:
            return self.questions_page_of(session, *circle_by_id(session, circle_id, user), first=first)

    def questions_page_of(
        self, session: Session, circle: Circle, member: Member, *, done: str = "", first: int = 0
    ) -> Json:
        """The page as this member reads it; `done` is the key of a text that says what was just done."""
        speaker = self._services.speaker_for(circle, member)
        front = QuestionsFront(
            circle=circle.id,
            place=circle.channel.slack,
            proposals=self._proposals(session, circle, member, speaker),
            first=first,
            needed=circle.support_needed,
            moderates=is_moderator(session, circle, member),
            done=done,
            moment=speaker.moment(circle.next_round_at, circle.timezone) if circle.next_round_at else "",
            mine=self._mine(session, circle, member, speaker),
        )
        return views.questions_page(speaker, front)

    def _mine(self, session: Session, circle: Circle, member: Member, speaker: Speaker) -> OwnTurn | None:
        """The question this member took on them, and what they wrote with it."""
        turn = turn_of_member(session, circle, member)
        if turn is None:
            return None
        chosen = next((one for one in candidates(session, self._services, circle) if one.id == turn.prompt), None)
        ahead = turn.number - questions.next_number(session, circle)
        text = text_of(self._services, chosen, speaker) if chosen else speaker.plain("reflection.question_withdrawn")
        return OwnTurn(text, self._services.open_text(turn.words, place_of_turn(turn)), ahead)

    def _proposals(self, session: Session, circle: Circle, member: Member, speaker: Speaker) -> list[ProposedQuestion]:
        """Those this member would still have to look at first; their own last, as they know them, also once in."""
        proposed = questions.questions_in_state(session, circle, "proposed")
        proposed += [
            one for one in questions.questions_in_state(session, circle, "adopted") if one.member_id == member.id
        ]
        supported = questions.supported_by(session, member, proposed)
        counts = questions.count_support(session, proposed)
        told = [self._told(session, one, member, speaker, counts.get(one.id, 0), supported) for one in proposed]
        return sorted(told, key=lambda one: (one.is_in, one.is_mine and not one.suggestion, one.is_supported))

    def _told(
        self, session: Session, question: OwnQuestion, member: Member, speaker: Speaker, count: int, supported: set[str]
    ) -> ProposedQuestion:
        theme, is_mine = self._services.library.themes.get(question.theme), question.member_id == member.id
        return ProposedQuestion(
            id=question.id,
            text=read_question(self._services, question),
            theme=theme.in_(speaker.language) if theme else question.theme,
            author=session.get_one(Member, question.member_id).slack if question.is_named else "",
            support=count,
            is_mine=is_mine,
            is_supported=question.id in supported,
            is_in=question.state == "adopted",
            suggestion=self._services.open_text(
                question.suggestion, place_of_question(question, places.SUGGESTED_WORDING)
            )
            if is_mine
            else "",
        )


def load_question(session: Session, user: str, question_id: str) -> tuple[OwnQuestion, Circle, Member]:
    """A question that stands, for a member of its circle, locked until the transaction ends."""
    question = session.get(OwnQuestion, question_id, with_for_update=True)
    if question is None or question.state == "withdrawn":
        raise Refusal("common.gone")
    return question, *circle_by_id(session, question.circle_id, user)


def load_own_question(session: Session, user: str, question_id: str) -> tuple[OwnQuestion, Circle, Member]:
    """A question that this person proposed; another's does not exist for them."""
    question, circle, member = load_question(session, user, question_id)
    if question.member_id != member.id:
        raise Refusal("common.gone")
    return question, circle, member
