"""Checks of time: every step has a length and an end, and all together are not too long."""

from collections.abc import Iterator
from typing import Final

from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.enums import Closes, Facilitation, Optional
from bot.library.protocol import Protocol

MOST_WORKING_DAYS: Final = 14
"""Almost three calendar weeks. In a longer written intervision, people drop out."""


def _steps_last(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        partner = protocol.step(step.together_with) if step.together_with else None
        if step.window is None and (partner is None or partner.window is None):
            remedy = "give it a window, or let it go together_with a step that has one"
            yield ProtocolFinding(step.key, "window", "nobody can tell how long this step lasts", remedy)
        if partner is not None and partner.together_with:
            remedy = "name the step whose window counts"
            yield ProtocolFinding(step.key, "together_with", f'"{partner.key}" itself goes with another step', remedy)


def _not_too_long(protocol: Protocol) -> Iterator[ProtocolFinding]:
    if protocol.working_days > MOST_WORKING_DAYS:
        rule = f"the windows add up to {protocol.working_days:g} working days"
        yield ProtocolFinding(None, "steps", rule, f"shorten or merge steps to stay within {MOST_WORKING_DAYS}")


def _somebody_can_close_it(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        if step.closes is Closes.FACILITATOR and protocol.facilitator is Facilitation.NONE:
            rule = "this protocol has no facilitator to close the step"
            yield ProtocolFinding(step.key, "closes", rule, 'write "closes: early" or "closes: window"')


def _something_stays_in(protocol: Protocol) -> Iterator[ProtocolFinding]:
    if all(step.optional is Optional.LEFT_OUT for step in protocol.steps):
        yield ProtocolFinding(None, "steps", "every step is left out", "leave at least one step in")


STEPS_LAST_AND_END: Final[tuple[Rule, ...]] = (_steps_last, _not_too_long, _somebody_can_close_it, _something_stays_in)
