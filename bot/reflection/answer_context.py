"""One member and one round: what they answered, and the window in which they see only that."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, known_member
from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json, split_into_fields
from bot.core.services import Services
from bot.crypto import places
from bot.people.api import count_members
from bot.reflection import rules
from bot.reflection.round_cards import question_of
from bot.reflection.surfaces import KEPT, NAMELESS, SENT, SHARED, AnswerForm
from bot.reflection.views import answers as views
from bot.words import Speaker
from db.models import Circle, Member, Reflection, Round
from db.queries import reflection as queries

# How many of their answers to one question somebody sees at once; the journal has them all.
MOST_ANSWERS = 3


@dataclass(frozen=True)
class AnswerContext:
    """A member at a round, in one transaction."""

    services: Services
    session: Session
    round: Round
    circle: Circle
    member: Member
    now: datetime

    @property
    def speaker(self) -> Speaker:
        """Speaks this member's language."""
        return self.services.speaker_for(self.circle, self.member)

    @property
    def question(self) -> views.Question:
        """What the round asks, in this member's language."""
        return question_of(self.services, self.speaker, self.round)


def load_answer_context(services: Services, session: Session, user: str, round_id: int, now: datetime) -> AnswerContext:
    """This person at this round; raises `Refusal` for anybody who is not in its circle."""
    round_ = session.get(Round, round_id)
    if round_ is None:
        raise Refusal("common.gone")
    return AnswerContext(services, session, round_, *circle_by_id(session, round_.circle_id, user), now)


def load_own_answer(
    services: Services,
    session: Session,
    user: str,
    reflection_id: str,
    now: datetime,
    *,
    to_change: bool = False,
    typed_too: bool = False,
) -> tuple[Reflection, AnswerContext]:
    """An answer that this person wrote in a form (or `typed_too`: in a thread) and still has, in any circle.

    Locked if it is `to_change`. Raises `Refusal` for what somebody else wrote, as for what does not exist.
    """
    reflection = session.get(Reflection, reflection_id, with_for_update=to_change)
    member = known_member(session, user)
    own = reflection and reflection.member_id == member.id and (typed_too or reflection.source == "form")
    if reflection is None or not own or reflection.state not in queries.LIVING_STATES:
        raise Refusal("common.gone")
    round_ = session.get_one(Round, reflection.round_id)
    circle = session.get_one(Circle, round_.circle_id)
    return reflection, AnswerContext(services, session, round_, circle, member, now)


def keep_new_answer(context: AnswerContext, text: str, state: str, form_token: str | None = None) -> Reflection:
    """Keep what this member wrote; `form_token` is the id of the form it came through, if it came through one."""
    fresh, member = secrets.token_hex(12), context.member
    reflection = Reflection(
        id=fresh,
        round_id=context.round.id,
        member_id=member.id,
        state=state,
        source="form",
        form_token=form_token,
        words=seal_answer(context.services, fresh, text),
        written_at=context.now,
    )
    context.session.add(reflection)
    member.journal_ask_at = member.journal_ask_at or rules.ask_again_at(context.now)
    context.session.flush()
    return reflection


def answer_window_for(context: AnswerContext) -> Json:
    """A form to answer in, with the draft in it if that is all there is; or the page of this member's own answers."""
    own = queries.own_answers(context.session, context.round, context.member)
    if not own:
        return answer_form_for(context, AnswerForm(context.round.id, secrets.token_hex(8)))
    return change_form_for(context, own[0]) if [one.state for one in own] == ["draft"] else answers_page_for(context)


def change_form_for(context: AnswerContext, reflection: Reflection) -> Json:
    """The form with this answer in it."""
    texts = split_into_fields(read_answer(context.services, reflection))
    form = AnswerForm(context.round.id, secrets.token_hex(8), reflection.id, texts)
    return answer_form_for(context, form, reflection)


def answer_form_for(context: AnswerContext, form: AnswerForm, reflection: Reflection | None = None) -> Json:
    """The form, to write an answer or to change `reflection`.

    What is not finished yet can be kept as a draft. For whom it is, is asked until its writer chose.
    """
    state = reflection.state if reflection else "draft"
    offered = [KEPT, SHARED, SENT, *([NAMELESS] if can_share_without_name(context) else [])]
    options = views.AnswerFormOptions(
        may_wait=state == "draft",
        readers=offered if state in rules.UNDECIDED_STATES else (),
        language=context.member.language,
    )
    return views.answer_form(context.speaker, context.question, form, options)


def answers_page_for(context: AnswerContext, about: Reflection | None = None) -> Json:
    """The page of this member's own answers to the round, with what can be done with each; of one alone if given."""
    own = queries.own_answers(context.session, context.round, context.member)
    shown = [about] if about else own[: -MOST_ANSWERS - 1 : -1]
    page = views.AnswersPage(
        [_own_answer(context, one) for one in shown],
        nameless=can_share_without_name(context),
        may_bring=not context.member.is_guest,
        has_more=len(own) > len(shown),
    )
    return views.answers_page(context.speaker, context.question, page)


def receipt_for(context: AnswerContext, reflection: Reflection) -> Receipt:
    """What the writer of this answer reads once its form closed."""
    own = _own_answer(context, reflection)
    return Receipt(views.answer_kept(context.speaker, own))


def can_share_without_name(context: AnswerContext) -> bool:
    """Whether an answer to this round can be shared without a name."""
    latest = queries.latest_round(context.session, context.circle)
    members = count_members(context.session, context.circle.channel)
    is_latest = latest is not None and latest.id == context.round.id
    return rules.may_be_nameless(members, context.round.posted_at, context.now, is_latest=is_latest)


def read_answer(services: Services, reflection: Reflection) -> str:
    """What a reflection says; empty once its words are gone."""
    return services.open_text(reflection.words, place_of_reflection(reflection.id))


def seal_answer(services: Services, reflection_id: str, text: str) -> bytes:
    """What a reflection says, as it is kept in the database."""
    return services.seal(text, place_of_reflection(reflection_id))


def place_of_reflection(reflection_id: str) -> str:
    """The place in the database where the words of a reflection are sealed."""
    return places.place(places.REFLECTION, reflection_id)


def _own_answer(context: AnswerContext, reflection: Reflection) -> views.OwnAnswer:
    to = context.session.get_one(Member, reflection.sent_to).slack if reflection.sent_to else ""
    return views.OwnAnswer(reflection.id, read_answer(context.services, reflection), reflection.state, to)
