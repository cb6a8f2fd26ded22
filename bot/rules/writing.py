"""What people write in a form of several fields, as one text and back."""

import unicodedata
from collections.abc import Iterable

# Slack's longest text field.
FIELD = 3000
BETWEEN = "\n\n"
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only spaces, line ends, and marks of direction."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def joined(fields: Iterable[str]) -> str:
    """One text from the fields of a form; those left blank say nothing."""
    return BETWEEN.join(field for field in fields if not is_blank(field))


def fields_of(text: str, longest: int = FIELD) -> list[str]:
    """The text over fields of at most `longest` characters, so that `joined` gives it back."""
    fields: list[str] = []
    for paragraph in text.split(BETWEEN):
        longer = fields[-1] + BETWEEN + paragraph if fields else paragraph
        if fields and len(longer) <= longest:
            fields[-1] = longer
        else:
            fields.append(paragraph)
    return fields
