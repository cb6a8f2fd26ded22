"""Asking somebody, in the first form they meet, in which language the bot talks with them."""

from bot.core import parts
from bot.core.parts import Json
from bot.words import LANGUAGES, Speaker

FIELD = "my_language"


def language_field(speaker: Speaker, chosen: str | None) -> list[Json]:
    """The blocks to put at the end of a form: one choice, or none for who has `chosen` before."""
    if chosen:
        return []
    choices = [parts.option(speaker.plain(f"common.language_{language}"), language) for language in LANGUAGES]
    return [parts.input_block(FIELD, speaker.plain("circle.own_language"), parts.radios(choices), optional=True)]
