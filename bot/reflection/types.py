"""What rules and views of other wings may use of reflection: values, enums and pure functions."""

from bot.reflection.rules import A_YEAR, DECIDED_STATES, ask_again_at
from bot.reflection.views.answers import Question
