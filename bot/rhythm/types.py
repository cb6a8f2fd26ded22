"""What crosses from rhythm to the rules and views of other wings: values, enums and pure functions."""

from bot.rhythm.rules.rhythm import PlanSlot
from bot.rhythm.views.set_up import own_language_block

__all__ = [
    "PlanSlot",
    "own_language_block",
]
