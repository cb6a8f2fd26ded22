"""The digest as a private page and as a message in the circle's channel."""

from collections.abc import Iterable, Sequence

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.core.period_names import period_name
from bot.core.periods import DigestPeriod
from bot.digest.rules import CASES, PEOPLE, AskedPrompt, Digest
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link as place_of


def digest_page(
    say: Speaker, digest: Digest, choices: Sequence[DigestPeriod], *, place: str, may_share: bool, is_shared: bool
) -> Json:
    """The private page: the same words for everybody; only who may share it has a button for that."""
    chosen = {**parts.select([parts.option(period_name(say, one), one.key) for one in choices], digest.period.key)}
    chooser = {**chosen, "action_id": names.DIGEST_PERIOD}
    blocks = [parts.section(say.mrkdwn("digest.choose"), chooser), *_body(say, digest)]
    blocks.append(parts.context(say.mrkdwn("digest.read_along", place=place_of(place))))
    if is_shared:
        blocks.append(parts.context(say.mrkdwn("digest.is_shared", place=place_of(place))))
    elif may_share:
        blocks.append(parts.actions(parts.button(say.plain("digest.share"), names.DIGEST_SHARE)))
    pointers = {"circle": digest.circle, "period": digest.period.key}
    return parts.modal(
        names.DIGEST_PAGE, say.plain("digest.title"), blocks, pointers=pointers, close=say.plain("common.close")
    )


def digest_message(say: Speaker, digest: Digest) -> Json:
    """The digest for the whole channel."""
    headline = say.plain("digest.headline", period=period_name(say, digest.period))
    return parts.message(headline, _body(say, digest))


def shared_words(say: Speaker, number: int | None) -> str:
    """How many reflections were shared: a number, or the words that stand instead."""
    return say.plain("digest.shared", n=number) if number else say.plain("digest.shared_few")


def question(say: Speaker, asked: AskedPrompt) -> str:
    """What was asked; a question that was taken out of the list since says so."""
    return asked.question.in_(say.language) if asked.question else say.plain("digest.question_gone")


def question_words(say: Speaker, number: int | None) -> str:
    """How many reflections one question had: a number, or the words that stand instead."""
    return say.plain("digest.question_shared", n=number) if number else say.plain("digest.question_few")


def cases_words(say: Speaker, number: int | None) -> str:
    """How many cases came to their closing: a number, or the words that stand instead."""
    return say.plain("digest.cases", n=number) if number else say.plain("digest.cases_few")


def thresholds(say: Speaker) -> str:
    """Why a number stands there, or does not, and what is never counted."""
    return say.plain("digest.thresholds", people=PEOPLE, cases=CASES)


def theme_names(say: Speaker, digest: Digest) -> str:
    """The themes of the period in one line; empty if there were none."""
    return ", ".join(theme.in_(say.language) for theme in digest.themes)


def method_names(say: Speaker, digest: Digest) -> str:
    """The methods of the period in one line; empty if there were none."""
    return ", ".join(method.in_(say.language) for method in digest.methods)


def _body(say: Speaker, digest: Digest) -> list[Json]:
    numbers = Mrkdwn(f"• {shared_words(say, digest.shared)}\n• {cases_words(say, digest.cases)}")
    return [
        parts.header(say.plain("digest.headline", period=period_name(say, digest.period))),
        *([parts.context(say.mrkdwn("digest.not_over"))] if digest.made_on <= digest.period.last else []),
        *_about(say, digest),
        parts.section(numbers),
        *_questions(say, digest),
        parts.context(say.mrkdwn("digest.thresholds", people=PEOPLE, cases=CASES)),
    ]


def _about(say: Speaker, digest: Digest) -> Iterable[Json]:
    if digest.themes:
        yield parts.section(say.mrkdwn("digest.themes", themes=theme_names(say, digest)))
    if digest.methods:
        yield parts.section(say.mrkdwn("digest.methods", methods=method_names(say, digest)))


def _questions(say: Speaker, digest: Digest) -> list[Json]:
    if not digest.asked:
        return [parts.section(say.mrkdwn("digest.nothing_asked"))]
    lines = [say.mrkdwn("digest.questions"), *(_question(say, asked) for asked in digest.asked)]
    return [parts.section(text) for text in parts.packed(lines)]


def _question(say: Speaker, asked: AskedPrompt) -> Mrkdwn:
    shared = question_words(say, asked.shared)
    return say.mrkdwn("digest.question", day=say.day(asked.on), question=question(say, asked), shared=shared)
