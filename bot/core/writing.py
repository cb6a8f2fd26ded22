"""What people write in several fields of a form: as one text, and back."""

import re
import unicodedata
from collections.abc import Iterable

from bot.core.parts import FIELD

_BETWEEN = "\n\n"
# One empty line between two lines with text. More empty lines are spacing inside one field.
_END_OF_PARAGRAPH = re.compile(r"(?<!\n)\n\n(?!\n)")
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


def is_blank(text: str) -> bool:
    """True if nothing is visible: only spaces, line ends and marks of direction."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def join_fields(fields: Iterable[str]) -> str:
    """One text from the fields of a form, without the blank ones and without empty lines around each."""
    return _BETWEEN.join(field.strip("\n") for field in fields if not is_blank(field))


def split_into_fields(text: str, longest: int = FIELD) -> list[str]:
    """Divide the text over fields of at most `longest` characters.

    `join_fields` gives the text back, unless a paragraph is longer than a field: that one continues in the next field.
    """
    fields: list[str] = []
    for paragraph in _END_OF_PARAGRAPH.split(text):
        first, *others = _cut_paragraph(paragraph, longest)
        longer = fields[-1] + _BETWEEN + first if fields else first
        if fields and len(longer) <= longest:
            fields[-1] = longer
        else:
            fields.append(first)
        fields += others
    return fields


def _cut_paragraph(paragraph: str, longest: int) -> list[str]:
    """A paragraph in pieces that fit a field, cut at the last line end or space."""
    pieces = []
    while len(paragraph) > longest:
        at = max(paragraph.rfind("\n", 1, longest), paragraph.rfind(" ", 1, longest))
        cut = at if at > 0 else longest
        pieces.append(paragraph[:cut])
        paragraph = paragraph[cut:].lstrip()
    return [*pieces, paragraph]
