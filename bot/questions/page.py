"""The page behind "Questions": what is proposed in a circle, and what everybody can do about what is asked."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, circle_here, is_moderator
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service, Services
from bot.crypto import places
from bot.questions import selection
from bot.questions.views import page as views
from bot.questions.views.page import OwnTurn, ProposedQuestion, QuestionsFront
from bot.words import Speaker
from db.models import Circle, Member, OwnQuestion, QuestionTurn
from db.queries import questions as queries


@dataclass(frozen=True)
class QuestionsContext:
    """A member at the questions of a circle, in one transaction."""

    services: Services
    session: Session
    circle: Circle
    member: Member

    @property
    def speaker(self) -> Speaker:
        """Speaks this member's language."""
        return self.services.speaker_for(self.circle, self.member)

    @property
    def moderates(self) -> bool:
        """Whether this member is a moderator of the circle."""
        return is_moderator(self.session, self.circle, self.member)


class QuestionsPage(Service):
    """Opens the page with the questions of a circle."""

    def open_questions_page(self, user: str, channel: str) -> Json:
        """The page of the circle in this channel (Slack's id)."""
        with self._services.database.reading() as session:
            return questions_page_for(QuestionsContext(self._services, session, *circle_here(session, user, channel)))

    def turn_questions_page(self, user: str, circle_id: int, first: int = 0) -> Json:
        """The page of this circle, with proposals from number `first` on."""
        with self._services.database.reading() as session:
            return questions_page_for(load_questions(self._services, session, user, circle_id), first=first)


def load_questions(
    services: Services, session: Session, user: str, circle_id: int, *, locked: bool = False
) -> QuestionsContext:
    """This person at the questions of this circle; raises `Refusal` for anybody who is not in it."""
    return QuestionsContext(services, session, *circle_by_id(session, circle_id, user, locked=locked))


def load_question(services: Services, session: Session, user: str, id: str) -> tuple[OwnQuestion, QuestionsContext]:
    """A question that was not taken back, for a member of its circle, locked until the transaction ends."""
    question = session.get(OwnQuestion, id, with_for_update=True)
    if question is None or question.state == "withdrawn":
        raise Refusal("common.gone")
    return question, load_questions(services, session, user, question.circle_id)


def load_own_question(services: Services, session: Session, user: str, id: str) -> tuple[OwnQuestion, QuestionsContext]:
    """A question that this person proposed; raises `Refusal` for anybody else's, as for none."""
    question, context = load_question(services, session, user, id)
    if question.member_id != context.member.id:
        raise Refusal("common.gone")
    return question, context


def questions_page_for(context: QuestionsContext, *, done: str = "", first: int = 0) -> Json:
    """The page as this member reads it; `done` is the key of a text that says what was just done."""
    circle, speaker = context.circle, context.speaker
    front = QuestionsFront(
        circle=circle.id,
        place=circle.channel.slack,
        proposals=_proposals(context),
        first=first,
        needed=circle.support_needed,
        moderates=context.moderates,
        done=done,
        moment=speaker.moment(circle.next_round_at, circle.timezone) if circle.next_round_at else "",
        mine=_own_turn(context),
    )
    return views.questions_page(speaker, front)


def text_of_turn(context: QuestionsContext, turn: QuestionTurn) -> str:
    """The question that a volunteer chose; if it was taken back since, words that say so."""
    chosen = selection.find_candidate(context.session, context.services, context.circle, turn.prompt)
    if chosen is None:
        return context.speaker.plain("reflection.question_withdrawn")
    return selection.candidate_text(context.services, chosen, context.speaker)


def _own_turn(context: QuestionsContext) -> OwnTurn | None:
    """The question to come that this member chose, and what they wrote with it."""
    turn = selection.turn_of_member(context.session, context.circle, context.member)
    if turn is None:
        return None
    ahead = turn.number - queries.next_number(context.session, context.circle)
    wrote = context.services.open_text(turn.words, selection.place_of_turn(turn))
    return OwnTurn(text_of_turn(context, turn), wrote, ahead)


def _proposals(context: QuestionsContext) -> list[ProposedQuestion]:
    """First those of others (not supported yet, then supported by this member); their own last, adopted or not."""
    session, circle, member = context.session, context.circle, context.member
    adopted = queries.questions_in_state(session, circle, "adopted")
    proposed = queries.questions_in_state(session, circle, "proposed")
    proposed += [one for one in adopted if one.member_id == member.id]
    supported = queries.supported_by(session, member, proposed)
    counts = queries.count_support(session, proposed)
    shown = [_proposal(context, one, counts.get(one.id, 0), is_supported=one.id in supported) for one in proposed]
    return sorted(shown, key=lambda one: (one.is_in, one.is_mine and not one.suggestion, one.is_supported))


def _proposal(context: QuestionsContext, question: OwnQuestion, count: int, *, is_supported: bool) -> ProposedQuestion:
    services, is_mine = context.services, question.member_id == context.member.id
    suggestion = selection.place_of_question(question, places.SUGGESTED_WORDING)
    return ProposedQuestion(
        id=question.id,
        text=selection.read_question(services, question),
        theme=selection.theme_name(services, context.speaker, question.theme),
        author=context.session.get_one(Member, question.member_id).slack if question.is_named else "",
        support=count,
        is_mine=is_mine,
        is_supported=is_supported,
        is_in=question.state == "adopted",
        suggestion=services.open_text(question.suggestion, suggestion) if is_mine else "",
    )
