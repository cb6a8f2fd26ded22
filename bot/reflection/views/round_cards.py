"""The card of a weekly question, and of a round that looks back on a season, with the invitation to it."""

import re
from collections.abc import Sequence

from bot.core import names, parts
from bot.core.fitting import latest_that_fit
from bot.core.parts import Json
from bot.core.periods import DigestPeriod, period_name
from bot.reflection.surfaces import LookingBackButton
from bot.reflection.views.answers import Question, bold_question
from bot.reflection.views.readers import who_reads_button
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape, mention

# Slack's longest header; and how long a list of questions can be: Slack takes some 13,000 characters in a message.
_HEADER, _LISTED = 150, 8000


def round_card(
    speaker: Speaker,
    question: Question,
    round_id: str,
    *,
    author: str = "",
    chooser: str = "",
    listed: Sequence[Json] = (),
) -> Json:
    """The question as it is in the channel; it says that answers are kept before anybody answers.

    `author` proposed it and `chooser` chose it (Slack's ids), where they want to be named; `listed` are the questions
    on which it looks back.
    """
    answer = parts.button(speaker.plain("reflection.answer"), names.ANSWER, round_id, style="primary")
    blocks = [
        parts.context(speaker.mrkdwn("reflection.this_week", theme=question.theme), *_named(speaker, author, chooser)),
        *listed,
        *_large_question(question.text),
        *([parts.context(speaker.mrkdwn("reflection.with_students"))] if question.has_students else []),
        parts.actions(answer, who_reads_button(speaker)),
        parts.context(speaker.mrkdwn("reflection.kept_here")),
    ]
    return parts.message(speaker.plain("reflection.card_headline"), blocks)


def looking_back_invitation(speaker: Speaker, season: DigestPeriod, asked: int, button: LookingBackButton) -> Json:
    """Invites the whole circle to look back on a season with `asked` questions; it happens once somebody accepts."""
    text = speaker.mrkdwn("looking_back.invitation", season=period_name(speaker, season), n=asked)
    begin = parts.button(speaker.plain("looking_back.begin"), names.LOOK_BACK, button.to_value())
    return parts.message(speaker.plain("looking_back.headline"), [parts.section(text), parts.actions(begin)])


def looking_back_begun(speaker: Speaker, season: DigestPeriod) -> Json:
    """What the invitation becomes once somebody accepted it."""
    text = speaker.mrkdwn("looking_back.begun", season=period_name(speaker, season))
    return parts.message(speaker.plain("looking_back.headline"), [parts.section(text)])


def looking_back_list(speaker: Speaker, season: DigestPeriod, questions: Sequence[tuple[str, str]]) -> list[Json]:
    """The latest questions of the season, as many as a card holds, each with its day, as sections of a card."""
    lines = [Mrkdwn(f"• _{escape(day, Mrkdwn)}_ {escape(text, Mrkdwn)}") for day, text in questions]
    fitting = latest_that_fit(lines, _LISTED)
    heading, before = (
        speaker.mrkdwn("looking_back.asked", season=period_name(speaker, season)),
        len(lines) - len(fitting),
    )
    earlier = [speaker.mrkdwn("looking_back.earlier", n=before)] if before else []
    return [parts.section(text) for text in parts.packed([heading, *earlier, *fitting])]


def _named(speaker: Speaker, author: str, chooser: str) -> list[Mrkdwn]:
    """Who proposed the question and who chose it; said once where that is the same person."""
    named = {"reflection.by_author": author, "reflection.by_chooser": chooser if chooser != author else ""}
    return [speaker.mrkdwn(key, person=mention(user)) for key, user in named.items() if user]


def _large_question(question: str) -> list[Json]:
    """The question as large as Slack can show it: a header of whole sentences, and the rest in bold."""
    head = question
    while len(head) > _HEADER and (ends := [end.end() for end in re.finditer(r"[.?!…](?=\s)", head[:-1])]):
        head = head[: ends[-1]]
    if len(head) > _HEADER:
        return [parts.section(bold_question(question))]
    rest = question[len(head) :].strip()
    return [parts.header(head), *([parts.section(bold_question(rest))] if rest else [])]
