"""Choosing the language in which the bot talks with somebody: for oneself at any time, and in the first form."""

from bot.core import names, parts
from bot.core.parts import Json
from bot.words import LANGUAGES, Speaker

FIELD = "my_language"


def language_options(speaker: Speaker) -> list[Json]:
    """The languages to choose from, each by its name."""
    return [parts.option(speaker.plain(f"common.language_{language}"), language) for language in LANGUAGES]


def own_language_select(speaker: Speaker, chosen: str | None) -> Json:
    """The choice of a language for oneself; it works at once."""
    return {
        **parts.select(language_options(speaker), chosen),
        "action_id": names.CHOOSE_LANGUAGE,
        "placeholder": parts.plain(speaker.plain("circle.as_the_circle")),
    }


def language_field(speaker: Speaker, chosen: str | None) -> list[Json]:
    """The blocks to put at the end of a form: one choice, or none for somebody who has `chosen` before."""
    if chosen:
        return []
    label, choices = speaker.plain("circle.own_language"), parts.radios(language_options(speaker))
    return [parts.input_block(FIELD, label, choices, optional=True)]
