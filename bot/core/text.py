"""A text that people read, in each of the three languages."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["nl", "en", "fr"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FrozenModel(BaseModel):
    """The base of everything read from a data file: frozen, and a stranger's key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Text(FrozenModel):
    """The same words in Dutch, English and French; none may be missing or empty."""

    nl: Line
    en: Line
    fr: Line

    def in_(self, language: Language) -> str:
        """The words in one language, as they are shown."""
        return printed(getattr(self, language), language)


_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def printed(text: str, language: str) -> str:
    """`text` as it is shown in this language; code, Slack's tokens and addresses stay as they are."""
    pieces = NOT_PROSE.split(text)
    pieces[::2] = [_APOSTROPHE.sub("’", prose) for prose in pieces[::2]]
    whole = "".join(pieces)
    return spaced(whole) if language == "fr" else whole


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


# A sentence ends with its mark (and the quotation mark after it) where another begins, or where its paragraph does.
_END = re.compile(r"[.?!…]+(?:\s?»|[’”\"'])?(?=\s+[‘“«\"']?[A-ZÀ-ÞŒ])|(?=\s*\n\s*\n)")
# What stands before a stop that ends no sentence: "d.w.z.", "e.g.", "c.-à-d."; "A. Peeters"; "bv.", "dr.", "p. ex.".
# "Enz." and "etc." are not among them: before a capital, they are the end.
_SHORTENED = re.compile(
    r"(?:\b\w\.-?\w[\w.-]*|\b[A-HJ-Z]"
    r"|\b(?i:bv|bijv|nl|ca|cf|nr|no|vs|resp|incl|excl|dhr|mevr|dr|drs|prof|ir|ing|mr|mrs|ms|st|p\.\s?ex|env|art))\.$"
)


def first_sentence(text: str) -> str:
    """The first sentence of a text, all of it if it is one. In doubt, rather one too many than half a one."""
    text = text.strip()
    ends = (found.end() for found in _END.finditer(text))
    return next((text[:end] for end in ends if not _SHORTENED.search(text[:end])), text)
