"""The places to which sealed words are bound, so that they open nowhere else.

They are constants and never change: words that were sealed under a name open under that name alone, whatever the
table and the column are called today. New words get a new constant here.
"""

from typing import Final

INTAKE: Final = "intervision.words"
CONTRIBUTION: Final = "contribution.words"
SAVED_ADVICE: Final = "set_aside.words"
LATE_CONTRIBUTION: Final = "late_words.words"
REMARK: Final = "remark.words"
REFLECTION: Final = "reflection.words"
ASKED_QUESTION: Final = "round.words"
INSIGHT: Final = "insight.words"
OWN_QUESTION: Final = "own_question.words"
SUGGESTED_WORDING: Final = "own_question.suggestion"
VOLUNTEERS_ANSWER: Final = "turn.words"
OUTBOX_BODY: Final = "errand.body"
KEY_MARK: Final = "key_mark.sealed"
JOURNAL_SEARCH: Final = "journal.search"


def place(column: str, *ids: object) -> str:
    """The place of the words of one row: the constant of its column, and the ids that name the row."""
    return ":".join((column, *map(str, ids)))
