"""What other wings may ask of reflection: its services and queries. They import nothing else but `types`."""

from bot.reflection.answer_modal import AnswerContext, AnswerModal, place_of_reflection
from bot.reflection.answer_visibility import AnswerVisibility
from bot.reflection.answers import AnswerDraft, Answers
from bot.reflection.round_cards import is_looking_back, question_of, theme_name
from db.queries.reflection import (
    LIVING_STATES,
    drafts_of,
    find_reflection_by_message,
    has_answered,
    latest_round,
    own_answers,
)

__all__ = [
    "AnswerContext",
    "AnswerDraft",
    "AnswerModal",
    "AnswerVisibility",
    "Answers",
    "LIVING_STATES",
    "drafts_of",
    "find_reflection_by_message",
    "has_answered",
    "is_looking_back",
    "latest_round",
    "own_answers",
    "place_of_reflection",
    "question_of",
    "theme_name",
]
