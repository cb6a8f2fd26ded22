"""The places to which sealed words are bound: they open at no other place.

These constants never change: words that were sealed under a name open only under that name, even if the table and the
column have another name today. A new column of sealed words gets a new constant here.
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
FORM_DRAFT: Final = "form_draft.words"
JOURNAL_SEARCH: Final = "journal.search"
MEMBER_NAME: Final = "member.name"
TYPED_COMMAND: Final = "command.words"


def place(column: str, *ids: object) -> str:
    """The place of one row's words: the constant of the column, and the ids of the row."""
    return ":".join((column, *map(str, ids)))
