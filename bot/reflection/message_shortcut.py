"""What reflection makes of a message: an answer to a weekly question; and how an answer becomes a case."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from bot.core.home import MessageUse
from bot.core.parts import Json
from bot.core.providers import MemberContext, MessageDraft, MessagePlace, MessageProvider
from bot.core.services import Services
from bot.people.api import TypedWords
from bot.reflection.answer_context import load_own_answer, read_answer
from bot.reflection.answers import Answers
from bot.reflection.round_cards import question_of
from bot.reflection.surfaces import AnswerForm
from bot.rhythm.api import latest_rounds
from bot.words.typed import without_links
from db.models import Circle, Round
from db.queries.reflection import LIVING_STATES, find_reflection_by_message, latest_round

# This week's question, and the two before it.
_ROUNDS = 3
_OWN_POSTS = ((re.compile(r"round:"), "take_up.ours_round"), (re.compile(r"reflection:"), "take_up.ours_words"))

# Opens the form to bring a case, with a story in it: (user, channel, story).
OpenIntake = Callable[[str, str, str, datetime], Json]


def message_provider(services: Services, answers: Answers) -> MessageProvider:
    """What reflection makes of a message."""
    return MessageProvider(partial(_offers, services), {"round": partial(_submit_answer, answers)}, _OWN_POSTS)


def open_case_form_from(
    services: Services, open_intake: OpenIntake, user: str, reflection_id: str, now: datetime
) -> Json:
    """The form to bring a case, with an answer of this person as its story; refuses one that is too long."""
    with services.database.reading() as session:
        reflection, context = load_own_answer(services, session, user, reflection_id, now, typed_too=True)
        story, channel = read_answer(services, reflection), context.circle.channel.slack
        if reflection.source == "thread":
            story = without_links(TypedWords(services, session, context.speaker).as_read(story))
    return open_intake(user, channel, story, now)


def _offers(services: Services, reader: MemberContext, place: MessagePlace) -> Iterator[MessageUse]:
    for circle, round_ in _rounds(reader, place):
        day = reader.speaker.day(round_.posted_at, circle.timezone)
        yield MessageUse("round", str(round_.id), day, question_of(services, reader.speaker, round_).text)


def _rounds(reader: MemberContext, place: MessagePlace) -> Iterable[tuple[Circle, Round]]:
    """The rounds that a message here can answer: the recent ones of its circle, or in private the present ones."""
    if place.is_private:
        latest = ((circle, latest_round(reader.session, circle)) for circle in reader.circles)
        return [(circle, round_) for circle, round_ in latest if round_]
    if place.circle is None:
        return []
    recent = latest_rounds(reader.session, place.circle, _ROUNDS)
    kept = find_reflection_by_message(reader.session, place.channel, place.ts)
    answered = kept.round_id if kept and kept.state in LIVING_STATES else None
    return [(place.circle, round_) for round_ in recent if round_.id != answered]


def _submit_answer(answers: Answers, draft: MessageDraft) -> Json:
    answer = AnswerForm(int(draft.use.pointer), draft.form, texts=[draft.text])
    return answers.submit_and_show(draft.user, answer, draft.now)
