"""What crosses from intervision to the rules and views of other wings: values, enums and pure functions."""

from bot.intervision.rules.permissions import Action, AvailableAction, available_actions, may
from bot.intervision.surfaces import STORY_FIELDS, StepButton
from bot.intervision.views.card import step_heading
from bot.intervision.views.words import confirm_dialog
