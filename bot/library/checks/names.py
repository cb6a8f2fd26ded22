"""Checks of names: every name in a protocol refers to something that exists."""

from collections.abc import Iterator
from typing import Final

from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.enums import Kind
from bot.library.protocol import Protocol, Step


def _keys_are_unique(protocol: Protocol) -> Iterator[ProtocolFinding]:
    seen: set[str] = set()
    for step in protocol.steps:
        if step.key in seen:
            yield ProtocolFinding(step.key, "key", "another step has this key", "give each step a key of its own")
        seen.add(step.key)


def _steps_exist(protocol: Protocol) -> Iterator[ProtocolFinding]:
    known = {step.key for step in protocol.steps}
    for step, field, key in _references(protocol):
        if key not in known:
            remedy = f"name one of: {', '.join(each.key for each in protocol.steps)}"
            yield ProtocolFinding(step, field, f'there is no step "{key}"', remedy)


def _references(protocol: Protocol) -> Iterator[tuple[str | None, str, str]]:
    for field in protocol.fields:
        if field.withheld_until:
            yield None, f'fields "{field.key}", withheld_until', field.withheld_until
    for step in protocol.steps:
        if step.part_of:
            yield step.key, "part_of", step.part_of
        if step.together_with:
            yield step.key, "together_with", step.together_with
        for key in step.about.steps if step.about else ():
            yield step.key, "about", key


def _parts_follow_their_step(protocol: Protocol) -> Iterator[ProtocolFinding]:
    earlier: dict[str, Step] = {}
    for step in protocol.steps:
        whole = earlier.get(step.part_of or "")
        if step.part_of and (whole is None or whole.part_of):
            remedy = "name an earlier step that is no part"
            yield ProtocolFinding(step.key, "part_of", "a part comes after the whole step", remedy)
        earlier[step.key] = step


def _fields_are_their_steps(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        keys = [field.key for field in step.fields]
        if len(keys) != len(set(keys)):
            yield ProtocolFinding(step.key, "fields", "two fields have one key", "give each field a key of its own")
        if any(field.withheld_until for field in step.fields):
            rule = "what is written in a step is shown with it"
            yield ProtocolFinding(step.key, "fields", rule, 'use "reveal" for the step, or ask it in the intake')
        if step.fields and not {Kind.CASE_STORY, Kind.RATING}.isdisjoint(step.kinds):
            rule = "a story is told in the intake, and a rating is a choice"
            yield ProtocolFinding(
                step.key, "fields", rule, 'leave out "fields"; a method\'s own "fields" are asked in the intake'
            )


NAMES_POINT_SOMEWHERE: Final[tuple[Rule, ...]] = (
    _keys_are_unique,
    _steps_exist,
    _parts_follow_their_step,
    _fields_are_their_steps,
)
