"""What crosses from intervision to the rules and views of other wings: values, enums and pure functions."""

from bot.intervision.rules.permissions import Action, AvailableAction, available_actions, may
from bot.intervision.views.card import step_heading
from bot.intervision.views.intake import STORY_FIELDS
from bot.intervision.views.words import confirm_dialog

__all__ = [
    "Action",
    "AvailableAction",
    "STORY_FIELDS",
    "available_actions",
    "confirm_dialog",
    "may",
    "step_heading",
]
