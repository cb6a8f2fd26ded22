"""Choosing the language in which the bot talks: of a circle, and of one person."""

from bot.core import names, parts
from bot.core.parts import Json
from bot.words import LANGUAGES, Speaker


def language_options(speaker: Speaker) -> list[Json]:
    """The languages to choose from, each by its name."""
    return [parts.option(speaker.plain(f"common.language_{language}"), language) for language in LANGUAGES]


def own_language_section(speaker: Speaker, chosen: str | None) -> Json:
    """The choice of a language for oneself, which works at once; `chosen` is the present one."""
    select = {
        **parts.select(language_options(speaker), chosen),
        "action_id": names.CHOOSE_LANGUAGE,
        "placeholder": parts.plain(speaker.plain("circle.as_the_circle")),
    }
    return parts.section(speaker.mrkdwn("circle.own_language"), select)
