"""Finds the mistakes of a protocol that has the right shape: steps that contradict each other or the method.

The rules are those of good intervision practice: no advice before clarifying questions, a silent owner speaks right
after, every case ends with its owner, ratings are about questions and never about people. A method whose sources break
one of the first three declares an exemption in its file.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from bot.library.checks.cards import CARDS_HAVE_ROOM
from bot.library.checks.dialogue import THE_DIALOGUE_HOLDS, THE_EXAMPLE_PLAYS
from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.checks.names import NAMES_POINT_SOMEWHERE
from bot.library.checks.people import PEOPLE_GET_THE_FLOOR, silence_is_followed_by_the_owner, the_owner_ends
from bot.library.checks.questions import QUESTIONS_COME_FIRST, questions_come_before_advice
from bot.library.checks.time import STEPS_LAST_AND_END
from bot.library.enums import OurRule
from bot.library.protocol import Protocol

RULES: Final[Mapping[OurRule, Rule]] = {
    OurRule.QUESTIONS_BEFORE_ADVICE: questions_come_before_advice,
    OurRule.FLOOR_AFTER_SILENCE: silence_is_followed_by_the_owner,
    OurRule.OWNER_HAS_LAST_WORD: the_owner_ends,
}
"""The rules from which a method may be exempt; the bot itself needs the others."""


def findings(protocol: Protocol) -> list[ProtocolFinding]:
    """The mistakes of a protocol; empty if it can be played.

    The method is checked once all names are right, and its example once the method is right.
    """
    for rules in (NAMES_POINT_SOMEWHERE, THE_METHOD_HOLDS, THE_EXAMPLE_PLAYS, THE_DIALOGUE_HOLDS):
        if found := _broken_rules(rules, protocol):
            return found
    return []


def findings_of_cards(protocol: Protocol) -> list[ProtocolFinding]:
    """What a card of this protocol has no room for; it can be played all the same."""
    return _broken_rules(CARDS_HAVE_ROOM, protocol)


def _broken_rules(rules: tuple[Rule, ...], protocol: Protocol) -> list[ProtocolFinding]:
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
