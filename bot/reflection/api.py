"""What other wings may ask of reflection: its services and queries. They import nothing else but `types`."""

from bot.reflection.answer_context import AnswerContext, answers_page_for, load_own_answer, place_of_reflection
from bot.reflection.answer_visibility import AnswerVisibility
from bot.reflection.round_cards import question_of, round_theme_name
