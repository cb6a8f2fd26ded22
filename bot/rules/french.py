"""French as it is set: no line breaks between a word and the mark that follows it."""

import re

_NARROW, _WIDE = "\u202f", "\u00a0"
# What is not prose: code, Slack's tokens and addresses. A mark in them is part of a name.
NOT_PROSE = re.compile(r"(`[^`\n]*`|<[^<>\n]+>|\bhttps?://\S+)")
_THIN = re.compile(r"(?<=«) | (?=[?!;»])")
# A colon ends a word when nothing or a space follows it, or the end of what is bold; 9:00 and :heart: have no such end.
_COLON = re.compile(r" (?=:(?:[\s*_)]|$))")


def spaced(text: str) -> str:
    """`text` with no-break spaces for the spaces that stand before ? ! ; : and inside « »."""
    pieces = NOT_PROSE.split(text)
    pieces[::2] = [_COLON.sub(_WIDE, _THIN.sub(_NARROW, prose)) for prose in pieces[::2]]
    return "".join(pieces)
