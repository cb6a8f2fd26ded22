"""What is wrong with a protocol that has the right shape: its steps contradict each other or the method.

The rules are those of good intervision practice: no advice before clarifying questions, a silent owner
gets the floor right after, every case ends with its owner, ratings are about questions and never about people.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from bot.rules.checks.dialogue import THE_DIALOGUE_HOLDS, THE_EXAMPLE_PLAYS
from bot.rules.checks.finding import Finding, Rule
from bot.rules.checks.names import NAMES_POINT_SOMEWHERE
from bot.rules.checks.people import PEOPLE_GET_THE_FLOOR
from bot.rules.checks.questions import QUESTIONS_COME_FIRST
from bot.rules.checks.time import STEPS_LAST_AND_END
from bot.rules.protocol import Protocol

__all__ = ["Finding", "findings"]

THE_METHOD_HOLDS: Final = (*STEPS_LAST_AND_END, *PEOPLE_GET_THE_FLOOR, *QUESTIONS_COME_FIRST)


def findings(protocol: Protocol) -> list[Finding]:
    """Every mistake in a protocol, first things first; empty when it can be played.

    Whether the method holds is looked at once all names point somewhere, and its example once it holds.
    """
    for rules in (NAMES_POINT_SOMEWHERE, THE_METHOD_HOLDS, THE_EXAMPLE_PLAYS, THE_DIALOGUE_HOLDS):
        if found := _found(rules, protocol):
            return found
    return []


def _found(rules: tuple[Rule, ...], protocol: Protocol) -> list[Finding]:
    return list(chain.from_iterable(rule(protocol) for rule in rules))
