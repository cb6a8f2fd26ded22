"""What other wings may ask of questions: its services and queries. They import nothing else but `types`."""

from bot.questions.candidates import is_own, read_asked, read_question, seal_asked, theme_name
from bot.questions.page import QuestionsPage
from bot.questions.selection import select_question
from bot.questions.turn_state import place_of_turn
from db.queries.questions import (
    circles_with_season_over,
    count_proposals_open_to,
    forget_written_ahead,
    rounds_between,
    turn_of,
)

__all__ = [
    "QuestionsPage",
    "circles_with_season_over",
    "count_proposals_open_to",
    "forget_written_ahead",
    "is_own",
    "place_of_turn",
    "read_asked",
    "read_question",
    "rounds_between",
    "seal_asked",
    "select_question",
    "theme_name",
    "turn_of",
]
