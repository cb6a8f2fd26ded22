"""What crosses from rhythm to the rules and views of other wings: values, enums and pure functions."""

from bot.rhythm.rules.rhythm import PlanSlot
