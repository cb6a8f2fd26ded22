"""Checks of questions: they come before advice, and ratings are about questions."""

from collections.abc import Iterator
from typing import Final

from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.enums import QUESTIONS, Kind, Reveal, Role
from bot.library.protocol import Protocol, Step, steps_in_order, steps_together


def questions_come_before_advice(protocol: Protocol) -> Iterator[ProtocolFinding]:
    """A step with questions has closed before the first advice, in the order in which steps are played."""
    asked: set[str] = set()
    for step in steps_in_order(protocol):
        if Kind.ADVICE in step.kinds and not asked - steps_together(protocol, step.key):
            remedy = "put a step of clarifying_question before it, closed by then and never left out"
            yield ProtocolFinding(step.key, "kinds", "advice comes before anybody has asked a question", remedy)
        if Kind.CLARIFYING_QUESTION in step.kinds and not step.optional:
            asked.add(step.key)


def _ratings_are_about_questions(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        if Kind.RATING not in step.kinds:
            continue
        if step.who != (Role.OWNER,) or step.reveal is not Reveal.SIMULTANEOUS:
            remedy = 'write "who: [owner]" and "reveal: simultaneous"'
            yield ProtocolFinding(step.key, "kinds", "questions are rated by the owner, and seen as a set", remedy)
        if step.about is None or not _kinds_there(protocol, step) <= QUESTIONS:
            remedy = 'let "about" name steps of clarifying_question or probing_question only'
            yield ProtocolFinding(step.key, "about", "only questions are rated, never people or advice", remedy)


def _answers_are_to_something(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        if Kind.ANSWER in step.kinds and step.about is None:
            yield ProtocolFinding(step.key, "about", "an answer answers something", 'write "about: {steps: [KEY]}"')
        if step.about is None:
            continue
        if not set(step.about.kinds) <= _kinds_there(protocol, step):
            remedy = "name kinds that can be given there"
            yield ProtocolFinding(step.key, "about", "those steps hold no such kind", remedy)
        if step.about.rated and not any(Kind.RATING in each.kinds for each in protocol.steps):
            remedy = "add a step of rating, or leave out rated"
            yield ProtocolFinding(step.key, "about", "nothing has been rated", remedy)


def _kinds_there(protocol: Protocol, step: Step) -> set[Kind]:
    steps = step.about.steps if step.about else ()
    return {kind for key in steps for kind in protocol.step(key).kinds}


QUESTIONS_COME_FIRST: Final[tuple[Rule, ...]] = (
    questions_come_before_advice,
    _ratings_are_about_questions,
    _answers_are_to_something,
)
