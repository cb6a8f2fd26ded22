"""The invitation to look back on a season together, and the questions on the card of such a round."""

from collections.abc import Sequence

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.periods import DigestPeriod, period_name
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape


def looking_back_invitation(speaker: Speaker, season: DigestPeriod, asked: int, pointer: str) -> Json:
    """To the whole circle, as a proposal: nothing happens until somebody feels like it."""
    text = speaker.mrkdwn("looking_back.invitation", season=period_name(speaker, season), n=asked)
    begin = parts.button(speaker.plain("looking_back.begin"), names.LOOK_BACK, pointer)
    return parts.message(speaker.plain("looking_back.headline"), [parts.section(text), parts.actions(begin)])


def looking_back_begun(speaker: Speaker, season: DigestPeriod) -> Json:
    """What the invitation becomes once somebody took it up."""
    text = speaker.mrkdwn("looking_back.begun", season=period_name(speaker, season))
    return parts.message(speaker.plain("looking_back.headline"), [parts.section(text)])


def looking_back_list(speaker: Speaker, season: DigestPeriod, questions: Sequence[tuple[str, str]]) -> list[Json]:
    """The questions of the season, each with its day, as sections of a card."""
    lines = [Mrkdwn(f"• _{escape(day, Mrkdwn)}_ {escape(text, Mrkdwn)}") for day, text in questions]
    told = speaker.mrkdwn("looking_back.asked", season=period_name(speaker, season))
    return [parts.section(text) for text in parts.packed([told, *lines])]
