"""What reflection puts on Home: the question to answer, a draft to go on with, and the choice to be invited."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bot.core import names, parts
from bot.core.home import HomeButton, TodoItem
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Services
from bot.reflection.round_cards import question_of
from db.models import Circle, Round
from db.queries.reflection import drafts_of, has_answered, latest_round, own_answers

# A question that no other one followed is answered from the page with the circle, and not from Home any more.
_OPEN_FOR = timedelta(days=31)


def home_provider(services: Services) -> HomeProvider:
    """What reflection puts on Home."""
    return HomeProvider(
        todo=partial(_todo, services),
        circle_buttons=_answer_button,
        own_sections=_invitations_section,
        can_use_private_message=_has_question,
    )


def _todo(services: Services, reader: MemberContext) -> Iterator[TodoItem]:
    """First what the member began to write, then the questions that they have not answered."""
    latest = {circle.id: latest_round(reader.session, circle) for circle in reader.circles}
    channels = {circle.id: circle.channel.slack for circle in reader.circles}
    drafts = drafts_of(reader.session, reader.member)
    for draft, round_ in drafts:
        if channel := channels.get(round_.circle_id):
            kind, question = _draft_kind(round_, latest[round_.circle_id]), _question(services, reader, round_)
            yield TodoItem(kind, "reflection.go_on", names.CHANGE_REFLECTION, draft.id, channel, question=question)
    begun = {round_.id for _, round_ in drafts}
    for circle in reader.circles:
        asked = latest[circle.id]
        if asked and asked.id not in begun and _is_open(reader, asked):
            question, channel = _question(services, reader, asked), circle.channel.slack
            yield TodoItem("answer", "reflection.answer", names.ANSWER, str(asked.id), channel, question=question)


def _draft_kind(round_: Round, latest: Round | None) -> str:
    return "draft" if latest and latest.id == round_.id else "old_draft"


def _question(services: Services, reader: MemberContext, round_: Round) -> str:
    return question_of(services, reader.speaker, round_).text


def _is_open(reader: MemberContext, round_: Round) -> bool:
    is_new = reader.now < round_.posted_at + _OPEN_FOR
    return is_new and not has_answered(reader.session, round_, reader.member)


def _answer_button(reader: MemberContext, circle: Circle) -> Iterator[HomeButton]:
    if latest := latest_round(reader.session, circle):
        is_answered = own_answers(reader.session, latest, reader.member)
        label = reader.speaker.plain("home.my_answer" if is_answered else "reflection.answer")
        yield HomeButton(label, names.ANSWER, str(latest.id))


def _invitations_section(reader: MemberContext) -> Iterator[Json]:
    if reader.circles:
        button = parts.button(reader.speaker.plain("invitation.title"), names.INVITATIONS)
        yield parts.section(reader.speaker.mrkdwn("invitation.home"), button)


def _has_question(reader: MemberContext) -> bool:
    """Whether any of the member's circles was asked something, so that what they typed can be an answer."""
    return any(latest_round(reader.session, circle) for circle in reader.circles)
