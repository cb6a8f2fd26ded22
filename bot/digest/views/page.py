"""The digest as a private page and as a message in the circle's channel."""

from collections.abc import Iterable, Sequence

from bot.core import names, parts
from bot.core.fitting import latest_that_fit
from bot.core.parts import Json
from bot.core.periods import DigestPeriod, period_name
from bot.digest.rules import CASES, PEOPLE, AskedPrompt, Digest
from bot.digest.surfaces import DigestPage
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# How many questions are listed, the latest of the period: on the page, and in a message, where Slack takes some 13,000
# characters in all. The report of the command line lists every one.
_MOST_ON_PAGE, _MOST_IN_MESSAGE, _LONGEST_MESSAGE = 60, 60, 10_500


def digest_page(
    speaker: Speaker, digest: Digest, choices: Sequence[DigestPeriod], *, place: str, may_share: bool, is_shared: bool
) -> Json:
    """The private page: the same words for everybody; only those who may share it have a button for that."""
    options = [parts.option(period_name(speaker, one), one.key) for one in choices]
    select = {**parts.select(options, digest.period.key), "action_id": names.DIGEST_PERIOD}
    blocks = [
        parts.section(speaker.mrkdwn("digest.choose"), select),
        *_body(speaker, digest, _latest(speaker, digest, _MOST_ON_PAGE)),
    ]
    blocks.append(parts.context(speaker.mrkdwn("digest.read_along", place=channel_link(place))))
    if is_shared:
        blocks.append(parts.context(speaker.mrkdwn("digest.is_shared", place=channel_link(place))))
    elif may_share:
        blocks.append(parts.actions(parts.button(speaker.plain("digest.share"), names.DIGEST_SHARE)))
    pointers = DigestPage(digest.circle, digest.period.key).to_metadata()
    return parts.modal(speaker, names.DIGEST_PAGE, "digest.title", blocks, pointers)


def digest_message(speaker: Speaker, digest: Digest) -> Json:
    """The digest for the whole channel."""
    headline = speaker.plain("digest.headline", period=period_name(speaker, digest.period))
    lines = latest_that_fit(_latest(speaker, digest, _MOST_IN_MESSAGE), _LONGEST_MESSAGE)
    return parts.message(headline, _body(speaker, digest, lines))


def shared_words(speaker: Speaker, number: int | None) -> str:
    """How many reflections were shared: a number, or the words instead of one."""
    return speaker.plain("digest.shared", n=number) if number else speaker.plain("digest.shared_few")


def question_text(speaker: Speaker, asked: AskedPrompt) -> str:
    """What was asked; or that the question was taken out of the list since."""
    return asked.question.in_(speaker.language) if asked.question else speaker.plain("digest.question_gone")


def question_words(speaker: Speaker, number: int | None) -> str:
    """How many reflections one question had: a number, or the words instead of one."""
    return speaker.plain("digest.question_shared", n=number) if number else speaker.plain("digest.question_few")


def cases_words(speaker: Speaker, number: int | None) -> str:
    """How many cases came to their closing: a number, or the words instead of one."""
    return speaker.plain("digest.cases", n=number) if number else speaker.plain("digest.cases_few")


def thresholds(speaker: Speaker) -> str:
    """Why there is a number or none, and what is never counted."""
    return speaker.plain("digest.thresholds", people=PEOPLE, cases=CASES)


def theme_names(speaker: Speaker, digest: Digest) -> str:
    """The themes of the period in one line; empty if there were none."""
    return ", ".join(theme.in_(speaker.language) for theme in digest.themes)


def method_names(speaker: Speaker, digest: Digest) -> str:
    """The methods of the period in one line; empty if there were none."""
    return ", ".join(method.in_(speaker.language) for method in digest.methods)


def _latest(speaker: Speaker, digest: Digest, most: int) -> list[Mrkdwn]:
    """The lines about the latest questions of the period, the oldest first."""
    return [_question_line(speaker, asked) for asked in digest.asked[-most:]]


def _body(speaker: Speaker, digest: Digest, listed: Sequence[Mrkdwn]) -> list[Json]:
    numbers = Mrkdwn(f"• {shared_words(speaker, digest.shared)}\n• {cases_words(speaker, digest.cases)}")
    return [
        parts.header(speaker.plain("digest.headline", period=period_name(speaker, digest.period))),
        *([parts.context(speaker.mrkdwn("digest.not_over"))] if digest.made_on <= digest.period.last else []),
        *_themes_and_methods(speaker, digest),
        parts.section(numbers),
        *_questions(speaker, digest, listed),
        parts.context(speaker.mrkdwn("digest.thresholds", people=PEOPLE, cases=CASES)),
    ]


def _themes_and_methods(speaker: Speaker, digest: Digest) -> Iterable[Json]:
    if digest.themes:
        yield parts.section(speaker.mrkdwn("digest.themes", themes=theme_names(speaker, digest)))
    if digest.methods:
        yield parts.section(speaker.mrkdwn("digest.methods", methods=method_names(speaker, digest)))


def _questions(speaker: Speaker, digest: Digest, listed: Sequence[Mrkdwn]) -> list[Json]:
    if not digest.asked:
        return [parts.section(speaker.mrkdwn("digest.nothing_asked"))]
    before = len(digest.asked) - len(listed)
    earlier = [speaker.mrkdwn("digest.earlier", n=before)] if before else []
    lines = [speaker.mrkdwn("digest.questions"), *earlier, *listed]
    return [parts.section(text) for text in parts.packed(lines)]


def _question_line(speaker: Speaker, asked: AskedPrompt) -> Mrkdwn:
    shared, question = question_words(speaker, asked.shared), question_text(speaker, asked)
    return speaker.mrkdwn("digest.question", day=speaker.day(asked.on), question=question, shared=shared)
