"""Small checks a block's fields are made of. Each answers with problems in Slack's words and a JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playground.model import Json

Problem = str
Rule = Callable[[Any, str], Iterator[Problem]]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def problem(text: str, pointer: str) -> Problem:
    return f"{text} [json-pointer:{pointer}]"


@dataclass(frozen=True)
class BlockField:
    """How one property of an object is checked."""

    rule: Rule
    is_required: bool = False


def required(rule: Rule) -> BlockField:
    return BlockField(rule, is_required=True)


def optional(rule: Rule) -> BlockField:
    return BlockField(rule)


def string_of(longest: int, shortest: int = 0) -> Rule:
    """A string within lengths (counted in characters)."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield problem("must be a string", at)
        elif len(value) > longest:
            yield problem(f"must be less than {longest + 1} characters", at)
        elif len(value) < shortest:
            yield problem(f"must be more than {shortest - 1} characters", at)

    return check


def boolean(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield problem("must be a boolean", at)


def integer(least: int, most: int) -> Rule:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield problem("must be an integer", at)
        elif not least <= value <= most:
            yield problem(f"must be between {least} and {most}", at)

    return check


def one_of(*allowed: str) -> Rule:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if value not in allowed:
            yield problem(f"must be one of {', '.join(allowed)}", at)

    return check


def matching(pattern: re.Pattern[str], what: str) -> Rule:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield problem(f"must be {what}", at)

    return check


iso_date = matching(_DATE, "a date as YYYY-MM-DD")
clock_time = matching(_TIME, "a time as HH:mm")
identifier = string_of(255, 1)


def any_value(value: Any, at: str) -> Iterator[Problem]:
    """Left to others to check."""
    return iter(())


def _check_object(fields: dict[str, BlockField], value: Any, at: str) -> Iterator[Problem]:
    """An object with these properties and no others."""
    if not isinstance(value, dict):
        yield problem("must be an object", at)
        return
    for name, rule in fields.items():
        if value.get(name) is not None:
            yield from rule.rule(value[name], f"{at}/{name}")
        elif rule.is_required:
            yield problem(f"missing required field: {name}", at)
    for name in value.keys() - fields.keys() - {"type"}:
        yield problem(f"invalid additional property: {name}", at)


def text_object(longest: int, *, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Rule:
    """A text object; never empty."""
    fields = {
        "text": required(string_of(longest, 1)),
        "emoji": optional(boolean),
        "verbatim": optional(boolean),
    }

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            yield problem(f"must be a {' or '.join(kinds)} object", at)
            return
        yield from _check_object(fields, value, at)

    return check


def plain_text_object(longest: int) -> Rule:
    return text_object(longest, kinds=("plain_text",))


def list_of(rule: Rule, least: int, most: int) -> Rule:
    """A list within lengths, each item by the same rule."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield problem("must be an array", at)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", at)
        if len(value) < least:
            yield problem(f"no fewer than {least} items allowed", at)
        for index, item in enumerate(value):
            yield from rule(item, f"{at}/{index}")

    return check


def object_with(fields: dict[str, BlockField]) -> Rule:
    return lambda value, at: _check_object(fields, value, at)


def by_type(kinds: dict[str, Rule]) -> Rule:
    """An object that says by its `type` which rule holds."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in kinds:
            yield problem(f"unsupported type: {kind}", f"{at}/type")
            return
        yield from kinds[kind](value, at)

    return check


def followed_by(rule: Rule, *others: Callable[[Json, str], Iterator[Problem]]) -> Rule:
    """A rule, and if that holds, others that look at several properties together."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        found = list(rule(value, at))
        yield from found
        if not found:
            for other in others:
                yield from other(value, at)

    return check
