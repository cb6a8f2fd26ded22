"""A series: linked cases of one group, each with another owner, in the order in which people joined."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intervision.rules.case import CaseState, Pace
from bot.library.protocol import Protocol


def parallel_cases(protocol: Protocol, pace: Pace) -> int:
    """How many cases of a series run at the same time; people who talk do one thing at a time."""
    return protocol.series.at_once if protocol.series and pace == Pace.CALM else 1


def may_begin(states: Sequence[CaseState], place: int, most: int) -> bool:
    """Whether the turn of the case at this place has come: nobody waits before it, and fewer than `most` run.

    `states` are those of the whole series, in its order; while the first still invites, nobody's turn comes.
    """
    before = states[:place]
    if states[place] != CaseState.WAITING or CaseState.INVITING in before or CaseState.WAITING in before:
        return False
    return states.count(CaseState.RUNNING) < most
