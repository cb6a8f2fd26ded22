"""The window of a weekly question as one member sees it: the form to write in, and the page of what is theirs."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, known_member
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.crypto import places
from bot.people.api import count_members
from bot.reflection import rules as nameless
from bot.reflection.round_cards import question_of
from bot.reflection.views import answers as views
from bot.words import Speaker
from db.models import Circle, Member, Reflection, Round
from db.queries import reflection as reflections


@dataclass(frozen=True)
class AnswerContext:
    """Who looks into the window, at which round, and when."""

    round: Round
    circle: Circle
    member: Member
    now: datetime


class AnswerModal:
    """One member's own answers. Nobody else's are in here, whatever a payload says."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def load_context(self, session: Session, user: str, round_id: int, now: datetime) -> AnswerContext:
        """Somebody in the circle of this round; refuses everybody else."""
        round_ = session.get(Round, round_id)
        if round_ is None:
            raise Refusal("common.gone")
        circle, member = circle_by_id(session, round_.circle_id, user)
        return AnswerContext(round_, circle, member, now)

    def load_own_answer(
        self,
        session: Session,
        user: str,
        reflection_id: str,
        now: datetime,
        *,
        to_change: bool = False,
        typed_too: bool = False,
    ) -> tuple[Reflection, AnswerContext]:
        """An answer that this person wrote in a form (or `typed_too`, in a thread) and still has, in any circle.

        Another's does not exist for them.
        """
        reflection = session.get(Reflection, reflection_id, with_for_update=to_change)
        member = known_member(session, user)
        own = reflection and reflection.member_id == member.id and (typed_too or reflection.source == "form")
        if reflection is None or not own or reflection.state not in reflections.LIVING_STATES:
            raise Refusal("common.gone")
        round_ = session.get_one(Round, reflection.round_id)
        return reflection, AnswerContext(round_, session.get_one(Circle, round_.circle_id), member, now)

    def answer_window(self, session: Session, reader: AnswerContext) -> Json:
        """A form to answer in, with the draft in it if that is all there is; or the page of one's own answers."""
        own = reflections.own_answers(session, reader.round, reader.member)
        if not own:
            return self.answer_form_for(reader, [""], secrets.token_hex(8), None)
        if [one.state for one in own] == ["draft"]:
            return self.answer_form_for(
                reader, parts.split_into_fields(self.read_answer(own[0])), secrets.token_hex(8), own[0]
            )
        return self.answers_page_for(session, reader)

    def answer_form_for(
        self, reader: AnswerContext, texts: list[str], form: str, reflection: Reflection | None
    ) -> Json:
        """The form, to write or to change: what is not finished yet can be kept as a draft."""
        speaker, asked = self.speaker_for(reader), self._question(reader)
        pointers = {"round": reader.round.id, "form": form, "reflection": reflection.id if reflection else None}
        may_wait = reflection is None or reflection.state == "draft"
        return views.answer_form(speaker, asked, texts, pointers, reader.member.language, may_wait=may_wait)

    def answers_page_for(self, session: Session, reader: AnswerContext) -> Json:
        """The page of this person's own answers to a round, with what can be done with each."""
        own = reflections.own_answers(session, reader.round, reader.member)
        answers = [self._answer(session, one) for one in own]
        pointers, offered = {"round": reader.round.id}, self.may_be_nameless(session, reader)
        may_bring = not reader.member.is_guest
        speaker, asked = self.speaker_for(reader), self._question(reader)
        return views.answers_page(speaker, asked, answers, pointers, nameless=offered, may_bring=may_bring)

    def may_be_nameless(self, session: Session, reader: AnswerContext) -> bool:
        """Whether an answer to this round can be shared without a name."""
        latest = reflections.latest_round(session, reader.circle)
        members = count_members(session, reader.circle.channel)
        is_latest = latest is not None and latest.id == reader.round.id
        return nameless.may_be_nameless(members, reader.round.posted_at, reader.now, is_latest=is_latest)

    def speaker_for(self, reader: AnswerContext) -> Speaker:
        """Speaks to this person."""
        return self._services.speaker_for(reader.circle, reader.member)

    def read_answer(self, reflection: Reflection) -> str:
        """What it says."""
        return self._services.open_text(reflection.words, place_of_reflection(reflection.id))

    def seal_answer(self, reflection_id: str, text: str) -> bytes:
        """What it says, as it is kept."""
        return self._services.seal(text, place_of_reflection(reflection_id))

    def _answer(self, session: Session, one: Reflection) -> views.OwnAnswer:
        to = session.get_one(Member, one.sent_to).slack if one.sent_to else ""
        return views.OwnAnswer(one.id, self.read_answer(one), one.state, to)

    def _question(self, reader: AnswerContext) -> views.Question:
        return question_of(self._services, self.speaker_for(reader), reader.round)


def place_of_reflection(reflection_id: str) -> str:
    """The place in the database where its words are sealed."""
    return places.place(places.REFLECTION, reflection_id)
