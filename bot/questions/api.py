"""What other wings may ask of questions: its services and queries. They import nothing else but `types`."""

from bot.questions.page import QuestionsContext, questions_page_for
from bot.questions.selection import (
    is_own_question,
    place_of_turn,
    read_asked,
    read_question,
    seal_asked,
    select_question,
    theme_name,
)
from db.queries.questions import circles_with_season_over, forget_written_ahead, rounds_between, turn_of_round
