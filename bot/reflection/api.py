"""What other wings may ask of reflection: its services and queries. They import nothing else but `types`."""

from bot.reflection.answer_context import (
    AnswerContext,
    answers_page_for,
    load_own_answer,
    place_of_reflection,
    read_answer,
)
from bot.reflection.answer_visibility import AnswerVisibility
from bot.reflection.answers import Answers
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
    "LIVING_STATES",
    "AnswerContext",
    "AnswerVisibility",
    "Answers",
    "answers_page_for",
    "drafts_of",
    "find_reflection_by_message",
    "has_answered",
    "is_looking_back",
    "latest_round",
    "load_own_answer",
    "own_answers",
    "place_of_reflection",
    "question_of",
    "read_answer",
    "theme_name",
]
