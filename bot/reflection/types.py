"""What crosses from reflection to the rules and views of other wings: values, enums and pure functions."""

from bot.reflection.rules import A_YEAR, DECIDED_STATES, ask_again_at
from bot.reflection.views.answers import MOST_FIELDS, Question, field_id

__all__ = [
    "A_YEAR",
    "DECIDED_STATES",
    "MOST_FIELDS",
    "Question",
    "ask_again_at",
    "field_id",
]
