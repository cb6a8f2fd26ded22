"""What one person can do in a case now, without being asked to."""

from dataclasses import dataclass
from datetime import datetime

from bot.intervision.rules.case import Case
from bot.intervision.rules.permissions import Action, may
from bot.intervision.rules.progress import done


@dataclass(frozen=True)
class AvailableAction:
    """WRITE, READY or START; `step` is the key of the step for the first two.

    `is_more`: enough was written there already, and more is welcome.
    """

    action: Action
    step: str = ""
    is_more: bool = False


def available_actions(case: Case, person: int, now: datetime) -> list[AvailableAction]:
    """What this person can do in this case at this moment, in the order of its steps."""
    if may(case, person, Action.START) is None:
        return [AvailableAction(Action.START)]
    return [*_writing(case, person, now), *_being_ready(case, person)]


def _writing(case: Case, person: int, now: datetime) -> list[AvailableAction]:
    free = (step for step in case.open_steps if may(case, person, Action.WRITE, step.key, now) is None)
    return [AvailableAction(Action.WRITE, step.key, is_more=done(case, person, step)) for step in free]


def _being_ready(case: Case, person: int) -> list[AvailableAction]:
    """Where something is still held for the owner who was away."""
    held = (each.key for each in case.steps if any(not c.revealed for c in case.contributions_in(each.key)))
    return [AvailableAction(Action.READY, key) for key in held if may(case, person, Action.READY, key) is None]
