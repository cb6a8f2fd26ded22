"""The name of a case's own channel: its theme and its day, so that people can tell their cases apart in a list."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from babel.dates import format_date

from bot.core.text import Language

_WORDS: dict[Language, str] = {"nl": "intervisie", "en": "intervision", "fr": "intervision"}
# Slack's limit is 80; a list of channels shows some 30.
_MOST_OF_THEME = 30


def channel_name(language: Language, theme: str, day: date, taken: Collection[str], case_id: str) -> str:
    """Such as "intervisie-motivatie-1dec"; with the beginning of the case's id where that name is `taken`."""
    name = plain_channel_name(language, theme, day)
    return f"{name}-{case_id[:4]}" if name in taken else name


def plain_channel_name(language: Language, theme: str, day: date) -> str:
    """The name for this theme (in words) and day, with only what Slack takes: small letters, figures and hyphens."""
    when = _small(format_date(day, "dLLL", locale=language))
    return "-".join(filter(None, (_WORDS[language], _cut(_small(theme)), when)))


def _small(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _cut(theme: str) -> str:
    """Whole words, as many as fit."""
    return theme if len(theme) <= _MOST_OF_THEME else theme[: theme.rfind("-", 0, _MOST_OF_THEME + 1)].rstrip("-")
