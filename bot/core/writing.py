"""What people write in a form of several fields, as one text and back."""

import re
import unicodedata
from collections.abc import Iterable

# Slack's longest text field.
FIELD = 3000
# How many fields a form has at most for one text: 18,000 characters.
MOST_FIELDS = 6
BETWEEN = "\n\n"
# One empty line between two lines that say something. Where there are more, somebody left room within a field.
_END_OF_PARAGRAPH = re.compile(r"(?<!\n)\n\n(?!\n)")
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only spaces, line ends, and marks of direction."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def join_fields(fields: Iterable[str]) -> str:
    """One text from the fields of a form, without empty lines around each; those left blank say nothing."""
    return BETWEEN.join(field.strip("\n") for field in fields if not is_blank(field))


def split_into_fields(text: str, longest: int = FIELD) -> list[str]:
    """The text over fields of at most `longest` characters.

    `joined` gives it back, unless a paragraph is longer than a field: that one goes on in the next.
    """
    fields: list[str] = []
    for paragraph in _END_OF_PARAGRAPH.split(text):
        first, *others = _broken(paragraph, longest)
        longer = fields[-1] + BETWEEN + first if fields else first
        if fields and len(longer) <= longest:
            fields[-1] = longer
        else:
            fields.append(first)
        fields += others
    return fields


def _broken(paragraph: str, longest: int) -> list[str]:
    """A paragraph in pieces that fit a field, broken at the last line end or space there is."""
    pieces = []
    while len(paragraph) > longest:
        at = max(paragraph.rfind("\n", 1, longest), paragraph.rfind(" ", 1, longest))
        cut = at if at > 0 else longest
        pieces.append(paragraph[:cut])
        paragraph = paragraph[cut:].lstrip()
    return [*pieces, paragraph]
