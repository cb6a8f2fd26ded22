"""What an invitation says of a case that did not start: what a colleague is asked, how often, and how long it takes."""

from datetime import datetime
from typing import Final

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case
from bot.intervision.rules.progress import window_end
from bot.library.enums import QUESTIONS, Kind, Optional, Role
from bot.library.protocol import Protocol, Step, steps_in_order, steps_together

MOST_ASKED: Final = 3
"""So many kinds of contributions are named: more would not be remembered."""


SELF_EVIDENT: Final = {
    Kind.CASE_STORY,
    Kind.ANSWER,
    Kind.RATING,
    Kind.COMMITMENT,
    Kind.META_EVALUATION,
    Kind.CHOICE,
    Kind.SUMMARY,
    Kind.SILENCE,
}
"""Nobody decides to join for the sake of these."""

# Whoever thinks of joining wants to know this first.
_DECISIVE: Final = {Kind.CLARIFYING_QUESTION, Kind.ADVICE, Kind.POSITION}
# Named where a method asks little else.
_LESSER: Final = {Kind.RECOGNITION, Kind.TAKE_AWAY, Kind.REACTION, Kind.REFLECTION}


def asked_of_peers(protocol: Protocol) -> tuple[Kind, ...]:
    """What a colleague who thinks along is asked for: the kinds that matter most, in the order of the steps.

    Both kinds of questions are one here.
    """
    kinds = (kind for step in _played(protocol) if Role.PEER in step.who for kind in step.kinds)
    asked = dict.fromkeys(Kind.CLARIFYING_QUESTION if kind in QUESTIONS else kind for kind in kinds)
    named = [kind for kind in asked if kind not in SELF_EVIDENT]
    weighed = sorted(named, key=lambda kind: (kind not in _DECISIVE) + (kind in _LESSER))
    return tuple(sorted(weighed[:MOST_ASKED], key=named.index))


def times_of_peers(protocol: Protocol) -> int:
    """In how many of the numbered steps a colleague writes."""
    played = _played(protocol)
    return sum(any(Role.PEER in step.who and step in played for step in parts) for parts in protocol.numbered())


def planned_end(case: Case, begins: datetime, calendar: Calendar) -> datetime:
    """When a case that starts at this moment is over, if every step takes its time and none takes longer."""
    ahead, at = list(_played(case.protocol)), calendar.next_presentable(begins)
    while ahead:
        together = steps_together(case.protocol, ahead[0].key)
        at = max(window_end(case, step, calendar.next_presentable(at), calendar) for step in _those(ahead, together))
        ahead = [step for step in ahead if step.key not in together]
    return at


def _those(steps: list[Step], keys: frozenset[str]) -> list[Step]:
    return [step for step in steps if step.key in keys]


def _played(protocol: Protocol) -> tuple[Step, ...]:
    """The steps, without those that the method proposes to leave out, and the story: that is written beforehand."""
    all_steps = steps_in_order(protocol)
    return tuple(s for s in all_steps if s.optional != Optional.LEFT_OUT and Kind.CASE_STORY not in s.kinds)
