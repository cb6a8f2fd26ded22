"""What can be tried in a situation: fresh, stale and forged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.intervision.rules.case import Contribution
from bot.intervision.rules.events import (
    Contributed,
    Event,
    Facilitated,
    GroupSaidStillThere,
    Joined,
    MoreTimeAsked,
    NextPressed,
    OwnerReady,
    Passed,
    Revised,
    Started,
    Stopped,
    TurnCame,
    WakeUp,
    Withdrawn,
    WokenUp,
)
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.library.enums import Role
from tests.intervision.rules.situation import ELSEWHERE, Situation

Payload = Callable[[Situation], Event | None]


def _writes(here: Situation, about: str | None = None, kind: str = "", id: str = "new") -> Event:
    kind = kind or (here.step.kinds[0] if here.step.kinds else "advice")
    return Contributed(id, here.person, here.step.key, kind, about, "warm" if kind == "rating" else None)


def _right(here: Situation) -> Event:
    left = here.unanswered or here.answerable
    return _writes(here, left[0].id if left else None)


def _wrong_kind(here: Situation) -> Event:
    event = _right(here)
    assert isinstance(event, Contributed)
    return replace(event, kind="silence" if "silence" not in here.step.kinds else "choice", rating=None)


def _about(here: Situation, id: str | None) -> Event:
    return _writes(here, id)


def _another_target(here: Situation) -> Event | None:
    """About something in this case that this step is not about."""
    wrong = [each.id for each in here.case.contributions if each not in here.answerable]
    return _about(here, wrong[0]) if wrong else None


def _of(found: Contribution | None, event: Callable[[str], Event]) -> Event | None:
    return event(found.id) if found else None


def _first(found: list[Contribution]) -> Contribution | None:
    return found[0] if found else None


def _pace(here: Situation) -> str:
    """The pace of what follows, as far as was chosen."""
    chosen = [each.next_pace for each in here.case.steps if each.state == "open" and each.next_pace]
    return (chosen or [here.case.pace])[0].value


def _other_pace(here: Situation) -> str:
    return "calm" if _pace(here) == "live" else "live"


PAYLOADS: dict[str, Payload] = {
    "writes": _right,
    "writes another kind": _wrong_kind,
    "answers nothing": lambda here: _about(here, None) if here.step.about else None,
    "answers what is in another case": lambda here: _about(here, ELSEWHERE),
    "answers what the step is not about": _another_target,
    "sends another's form again": lambda here: _of(here.anothers, lambda id: _writes(here, id=id)),
    "sends the own form again": lambda here: _of(_first(here.own), lambda id: _writes(here, id=id)),
    "changes": lambda here: _of(_first(here.own), lambda id: Revised(id, here.person)),
    "changes another's": lambda here: _of(here.anothers, lambda id: Revised(id, here.person)),
    "changes what is in another case": lambda here: Revised(ELSEWHERE, here.person),
    "takes back": lambda here: _of(_first(here.own), lambda id: Withdrawn(id, here.person)),
    "takes back another's": lambda here: _of(here.anothers, lambda id: Withdrawn(id, here.person)),
    "takes back what is in another case": lambda here: Withdrawn(ELSEWHERE, here.person),
    "passes": lambda here: Passed(here.person, here.step.key),
    "passes about what is in another case": lambda here: Passed(here.person, here.step.key, ELSEWHERE),
    "presses next": lambda here: NextPressed(here.person, here.step.key),
    "skips": lambda here: Facilitated(here.person, here.step.key, FacilitatorAction.SKIP),
    "gives more time": lambda here: Facilitated(here.person, here.step.key, FacilitatorAction.MORE_TIME),
    "chooses another pace": lambda here: Facilitated(here.person, here.step.key, FacilitatorAction(_other_pace(here))),
    "chooses the pace there is": lambda here: Facilitated(here.person, here.step.key, FacilitatorAction(_pace(here))),
    "goes back": lambda here: Facilitated(here.person, here.step.key, FacilitatorAction.BACK),
    "is ready": lambda here: OwnerReady(here.person, here.step.key),
    "wakes it": lambda here: WokenUp(here.person, WakeUp.GO_ON),
    "says the group is there": lambda here: GroupSaidStillThere(here.person),
    "asks for a day more": lambda here: MoreTimeAsked(here.person, here.step.key),
    "stops": lambda here: Stopped(here.person),
    "starts": lambda here: Started(here.person, "story-2"),
    "joins": lambda here: Joined(here.person),
    "offers to lead": lambda here: Joined(here.person, Role.FACILITATOR),
    "looks on": lambda here: Joined(here.person, Role.OBSERVER),
    "comes to turn": lambda here: TurnCame("story-2", (3, 4)),
}
