"""What is wrong with a protocol that has the right shape: its steps contradict each other or the method.

The rules are those of good intervision practice: no advice before clarifying questions, a silent owner
gets the floor right after, every case ends with its owner, ratings are about questions and never about people. A
method whose sources do otherwise is exempt from the first three by saying so in its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from bot.library.checks.dialogue import THE_DIALOGUE_HOLDS, THE_EXAMPLE_PLAYS
from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.checks.names import NAMES_POINT_SOMEWHERE
from bot.library.checks.people import PEOPLE_GET_THE_FLOOR, silence_is_followed_by_the_owner, the_owner_ends
from bot.library.checks.questions import QUESTIONS_COME_FIRST, questions_come_before_advice
from bot.library.checks.time import STEPS_LAST_AND_END
from bot.library.enums import OurRule
from bot.library.protocol import Protocol

__all__ = ["ProtocolFinding", "findings"]


RULES: Final[Mapping[OurRule, Rule]] = {
    OurRule.QUESTIONS_BEFORE_ADVICE: questions_come_before_advice,
    OurRule.FLOOR_AFTER_SILENCE: silence_is_followed_by_the_owner,
    OurRule.OWNER_HAS_LAST_WORD: the_owner_ends,
}
"""What a method may be exempt from; the others are what the bot itself rests on."""


def findings(protocol: Protocol) -> list[ProtocolFinding]:
    """Every mistake in a protocol, first things first; empty when it can be played.

    Whether the method holds is looked at once all names point somewhere, and its example once it holds.
    """
    for rules in (NAMES_POINT_SOMEWHERE, THE_METHOD_HOLDS, THE_EXAMPLE_PLAYS, THE_DIALOGUE_HOLDS):
        if found := _found(rules, protocol):
            return found
    return []


def _found(rules: tuple[Rule, ...], protocol: Protocol) -> list[ProtocolFinding]:
    exempt = [RULES[each.rule] for each in protocol.exempt]
    return list(chain.from_iterable(rule(protocol) for rule in rules if rule not in exempt))


def _exemptions_are_needed(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for each in protocol.exempt:
        if not any(RULES[each.rule](protocol)):
            yield ProtocolFinding(None, "exempt", f'the method keeps to "{each.rule}"', "leave the exemption out")


THE_METHOD_HOLDS: Final[tuple[Rule, ...]] = (
    *STEPS_LAST_AND_END,
    *PEOPLE_GET_THE_FLOOR,
    *QUESTIONS_COME_FIRST,
    _exemptions_are_needed,
)
