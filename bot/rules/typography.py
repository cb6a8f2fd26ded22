"""Our own words as they are printed: with a typographic apostrophe, and French marks that keep to their word."""

import re

from bot.rules.french import NOT_PROSE, spaced

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def printed(text: str, language: str) -> str:
    """`text` as it is shown in this language; code, Slack's tokens and addresses stay as they are."""
    pieces = NOT_PROSE.split(text)
    pieces[::2] = [_APOSTROPHE.sub("’", prose) for prose in pieces[::2]]
    whole = "".join(pieces)
    return spaced(whole) if language == "fr" else whole
