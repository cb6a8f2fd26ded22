"""What reflection puts on Home: the question to answer, a draft to go on with, and the choice to be invited."""

from collections.abc import Iterator
from functools import partial

from bot.core import names, parts
from bot.core.home import HomeButton, TodoItem
from bot.core.parts import Json
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Services
from bot.reflection.round_cards import question_of
from db.models import Circle
from db.queries.reflection import drafts_of, has_answered, latest_round, own_answers


def home_provider(services: Services) -> HomeProvider:
    """What reflection puts on Home."""
    return HomeProvider(
        todo=partial(_todo, services),
        circle_buttons=_own_answer_button,
        settings=_invitations_section,
        can_use_private_message=_has_question,
    )


def _todo(services: Services, reader: MemberContext) -> Iterator[TodoItem]:
    """First what the member began to write, then the questions that they have not answered."""
    channels = {circle.id: circle.channel.slack for circle in reader.circles}
    drafts = drafts_of(reader.session, reader.member)
    for draft, round_ in drafts:
        if channel := channels.get(round_.circle_id):
            question = question_of(services, reader.speaker, round_).text
            yield TodoItem("draft", "reflection.go_on", names.CHANGE_REFLECTION, draft.id, channel, question=question)
    begun = {round_.id for _, round_ in drafts}
    for circle in reader.circles:
        latest = latest_round(reader.session, circle)
        if latest and latest.id not in begun and not has_answered(reader.session, latest, reader.member):
            question, channel = question_of(services, reader.speaker, latest).text, circle.channel.slack
            yield TodoItem("answer", "reflection.answer", names.ANSWER, str(latest.id), channel, question=question)


def _own_answer_button(reader: MemberContext, circle: Circle) -> Iterator[HomeButton]:
    latest = latest_round(reader.session, circle)
    if latest and own_answers(reader.session, latest, reader.member):
        yield HomeButton(reader.speaker.plain("home.my_answer"), names.ANSWER, str(latest.id))


def _invitations_section(reader: MemberContext) -> Iterator[Json]:
    if reader.circles:
        button = parts.button(reader.speaker.plain("invitation.title"), names.INVITATIONS)
        yield parts.section(reader.speaker.mrkdwn("invitation.home"), button)


def _has_question(reader: MemberContext) -> bool:
    """Whether any of the member's circles was asked something, so that what they typed can be an answer."""
    return any(latest_round(reader.session, circle) for circle in reader.circles)
