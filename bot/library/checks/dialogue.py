"""Checks of the example: the right people write in the right steps, the right number of times."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.enums import Kind, Optional
from bot.library.example import Example, ExampleLine
from bot.library.protocol import Protocol, Step


def _lines_fit_their_step(protocol: Protocol) -> Iterator[ProtocolFinding]:
    steps = {step.key: step for step in protocol.steps}
    for number, line in enumerate(_lines(protocol), start=1):
        where = f"example, line {number}"
        if line.in_ not in steps:
            yield ProtocolFinding(None, where, f'there is no step "{line.in_}"', f"name one of: {', '.join(steps)}")
        elif protocol.example and not protocol.example.people.roles_of(line.by) & set(steps[line.in_].who):
            rule = f"{line.by} does not write in this step"
            yield ProtocolFinding(line.in_, where, rule, "give the line to somebody who does")
        elif line.kind and line.kind not in steps[line.in_].kinds:
            remedy = f"write one of: {', '.join(steps[line.in_].kinds)}"
            yield ProtocolFinding(line.in_, where, f"{line.kind} is not given in this step", remedy)
        elif unknown := sorted(set(line.fields) - {field.key for field in steps[line.in_].fields}):
            remedy = 'name fields of the step, or write "text"'
            yield ProtocolFinding(line.in_, where, f'this step asks no "{unknown[0]}"', remedy)


def _lines_come_in_order(protocol: Protocol) -> Iterator[ProtocolFinding]:
    places = {step.key: place for place, step in enumerate(protocol.steps)}
    for number, (line, after) in enumerate(pairwise(_lines(protocol)), start=2):
        together = _side_by_side(protocol.step(line.in_), protocol.step(after.in_))
        if places[after.in_] < places[line.in_] and not together:
            rule = f'"{line.in_}" has already begun'
            yield ProtocolFinding(after.in_, f"example, line {number}", rule, "put the lines in the order of the steps")


def _the_story_is_given(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for number, line in enumerate(_lines(protocol), start=1):
        if line.does and Kind.CASE_STORY in protocol.step(line.in_).kinds:
            rule = "everybody may pass, but there is no case without its story"
            yield ProtocolFinding(
                line.in_, f"example, line {number}", rule, "leave the line out, as the intake tells it"
            )


def _answers_find_their_line(protocol: Protocol) -> Iterator[ProtocolFinding]:
    given: dict[str, ExampleLine] = {}
    for number, line in enumerate(_lines(protocol), start=1):
        about = protocol.step(line.in_).about
        there = given.get(line.about or "")
        if line.about and (about is None or there is None or there.in_ not in about.steps):
            remedy = "name the id of an earlier line in a step that this one is about"
            yield ProtocolFinding(line.in_, f"example, line {number}", f'"{line.about}" is not there to answer', remedy)
        if about and not line.about and not line.does:
            yield ProtocolFinding(line.in_, f"example, line {number}", "it answers nothing", 'write "about: ID"')
        if line.id:
            given[line.id] = line


def _everybody_contributes_enough(protocol: Protocol) -> Iterator[ProtocolFinding]:
    if protocol.example is None:
        return
    for step in protocol.steps:
        if step.optional is Optional.LEFT_OUT or Kind.CASE_STORY in step.kinds:
            continue
        yield from _contributes_enough(protocol.example, step)


def _contributes_enough(example: Example, step: Step) -> Iterator[ProtocolFinding]:
    given = Counter(line.by for line in example.lines if line.in_ == step.key and not line.does)
    passed = {line.by for line in example.lines if line.in_ == step.key and line.does}
    for name in sorted(_people_writing_in(example, step)):
        fewest, most = step.per_person.min, step.per_person.max
        if name not in passed and given[name] < fewest:
            rule = f"{name} says {given[name]} of at least {fewest}"
            yield ProtocolFinding(step.key, "example", rule, 'add a line, or one with "does: pass"')
        if most is not None and given[name] > most:
            rule = f"{name} says {given[name]} of at most {most}"
            yield ProtocolFinding(step.key, "example", rule, "leave out a line")


def _intake_fills_the_fields(protocol: Protocol) -> Iterator[ProtocolFinding]:
    if protocol.example is None:
        return
    for key in sorted({field.key for field in protocol.fields} ^ set(protocol.example.intake.fields)):
        remedy = 'let "fields" of the protocol and of its example name the same ones'
        yield ProtocolFinding(None, "example, intake, fields", f'"{key}" is in one of two places only', remedy)


def _the_cast_fits_the_group(protocol: Protocol) -> Iterator[ProtocolFinding]:
    if protocol.example is None:
        return
    people = protocol.example.people
    cast = people.all_names() - set(people.observers)
    if not protocol.group.min <= len(cast) <= protocol.group.max:
        rule = f"{len(cast)} people play, where {protocol.group.min} to {protocol.group.max} may"
        yield ProtocolFinding(None, "example, people", rule, "change the cast")
    if people.owner in people.peers:
        yield ProtocolFinding(None, "example, people", "the owner is also a peer", "take the owner out of the peers")


def _people_writing_in(example: Example, step: Step) -> set[str]:
    return {name for name in example.people.all_names() if example.people.roles_of(name) & set(step.who)}


def _side_by_side(one: Step, other: Step) -> bool:
    return one.together_with == other.key or other.together_with == one.key


def _lines(protocol: Protocol) -> tuple[ExampleLine, ...]:
    return protocol.example.lines if protocol.example else ()


THE_EXAMPLE_PLAYS: Final[tuple[Rule, ...]] = (_the_cast_fits_the_group, _intake_fills_the_fields, _lines_fit_their_step)
THE_DIALOGUE_HOLDS: Final[tuple[Rule, ...]] = (
    _lines_come_in_order,
    _the_story_is_given,
    _answers_find_their_line,
    _everybody_contributes_enough,
)
