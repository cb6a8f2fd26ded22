"""What a circle shows by itself: the choice of a language, and what is the matter with its channel."""

from collections.abc import Sequence

from bot.core import names, parts
from bot.core.parts import Json
from bot.words import LANGUAGES, Mrkdwn, Speaker
from bot.words.escaping import mention_all

# How many people a sentence names; a section of Slack holds some two hundred.
_MOST_NAMED = 20

# The choice that is none: the bot talks with somebody as with their circle.
AS_THE_CIRCLE = "circle"


def language_options(speaker: Speaker) -> list[Json]:
    """The languages to choose from, each by its name."""
    return [parts.option(speaker.plain(f"common.language_{language}"), language) for language in LANGUAGES]


def own_language_section(speaker: Speaker, chosen: str | None) -> Json:
    """The choice of a language for oneself, which works at once; `chosen` is the present one, None that of the circle.

    Slack counts a choice that stays the same as none, so what is chosen now is always one of the options.
    """
    options = [parts.option(speaker.plain("circle.as_the_circle"), AS_THE_CIRCLE), *language_options(speaker)]
    select = {**parts.select(options, chosen or AS_THE_CIRCLE), "action_id": names.CHOOSE_LANGUAGE}
    return parts.section(speaker.mrkdwn("circle.own_language"), select)


def lost_place_text(speaker: Speaker, reason: str, where: Mrkdwn) -> Mrkdwn:
    """Why nothing can be posted in the channel `where`, and what mends it; `reason` as of `Channel.away_reason`."""
    return speaker.mrkdwn(f"away.{reason}", where=where)


def lost_place_notice(speaker: Speaker, reason: str, where: Mrkdwn) -> Json:
    """To a moderator: their circle waits for its channel."""
    intro = parts.section(speaker.mrkdwn("away.circle_waits", where=where))
    why = parts.section(lost_place_text(speaker, reason, where))
    return parts.message(speaker.plain("away.headline"), [intro, why])


def lost_place_section(speaker: Speaker, reason: str, where: Mrkdwn) -> Json:
    """The same on Home, for everybody of the circle."""
    waits, why = speaker.mrkdwn("away.home", where=where), lost_place_text(speaker, reason, where)
    return parts.section(Mrkdwn(f"{waits} {why}"))


def place_back_notice(speaker: Speaker, where: Mrkdwn) -> Json:
    """What a moderator read about a lost channel becomes once the circle goes on."""
    text = speaker.mrkdwn("away.back", where=where)
    return parts.message(speaker.plain("away.back_headline"), [parts.section(text)])


def named_people(speaker: Speaker, users: Sequence[str]) -> Mrkdwn:
    """Mentions of these people (Slack's ids), as many as read well, and how many there are besides."""
    named = mention_all(users[:_MOST_NAMED])
    more = len(users) - _MOST_NAMED
    return speaker.mrkdwn("circle.people_and_more", people=named, n=more) if more > 0 else named
