"""A text that people read, in each of the three languages."""

import re
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["nl", "en", "fr"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FrozenModel(BaseModel):
    """The base of everything that is read from a data file: frozen, and an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Text(FrozenModel):
    """A text in Dutch, English and French; none may be missing or empty."""

    nl: Line
    en: Line
    fr: Line

    def in_(self, language: Language) -> str:
        """The text in one language, as it is shown."""
        return printed(getattr(self, language), language)


_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def printed(text: str, language: str) -> str:
    """`text` with the typography of this language; code, Slack's tokens and addresses stay as they are."""
    pieces = NOT_PROSE.split(text)
    pieces[::2] = [_APOSTROPHE.sub("’", prose) for prose in pieces[::2]]
    whole = "".join(pieces)
    return spaced(whole) if language == "fr" else whole


_NARROW, _WIDE = "\u202f", "\u00a0"
# Not prose: code, Slack's tokens and addresses. A punctuation mark in them is part of a name.
NOT_PROSE = re.compile(r"(`[^`\n]*`|<[^<>\n]+>|\bhttps?://\S+)")
_THIN = re.compile(r"(?<=«) | (?=[?!;»])")
# This colon is followed by a space, by nothing, or by the end of bold text; those of 9:00 and :heart: are not.
_COLON = re.compile(r" (?=:(?:[\s*_)]|$))")


def spaced(text: str) -> str:
    """`text` with no-break spaces before ? ! ; : and inside « », as French typography asks."""
    pieces = NOT_PROSE.split(text)
    pieces[::2] = [_COLON.sub(_WIDE, _THIN.sub(_NARROW, prose)) for prose in pieces[::2]]
    return "".join(pieces)


def mend_text(text: str) -> str:
    """`text` with U+FFFD for each half of an emoji (a lone surrogate), which can be neither stored nor sent."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# A sentence ends with its mark (and the quotation mark after it) where another begins, or with its paragraph.
_END = re.compile(r"[.?!…]+(?:\s?»|[’”\"'])?(?=\s+[‘“«\"']?[A-ZÀ-ÞŒ])|(?=\s*\n\s*\n)")
# After these, a full stop ends no sentence: "d.w.z.", "e.g.", "c.-à-d."; "A. Peeters"; "bv.", "dr.", "p. ex.".
# "Enz." and "etc." are not among them: before a capital, they are the end.
_SHORTENED = re.compile(
    r"(?:\b\w\.-?\w[\w.-]*|\b[A-HJ-Z]"
    r"|\b(?i:bv|bijv|nl|ca|cf|nr|no|vs|resp|incl|excl|dhr|mevr|dr|drs|prof|ir|ing|mr|mrs|ms|st|p\.\s?ex|env|art))\.$"
)


def first_sentence(text: str) -> str:
    """The first sentence of a text. In doubt it returns one sentence too many, never half a sentence."""
    text = text.strip()
    ends = (found.end() for found in _END.finditer(text))
    return next((text[:end] for end in ends if not _SHORTENED.search(text[:end])), text)


def small_number(value: str) -> int:
    """A number that a button carries; 0 for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0
