"""What somebody writes in a step with labelled fields: one set is one contribution, kept as one text."""

import json
from collections.abc import Mapping

from bot.library.protocol import FormField, Step


def field_set(step: Step, answers: Mapping[str, str]) -> str:
    """The set as one text, in the order of the fields, without those left open; empty if all are."""
    given = {asked.key: answers[asked.key] for asked in step.fields if answers.get(asked.key)}
    return json.dumps(given, ensure_ascii=False) if given else ""


def read_field_answers(text: str) -> dict[str, str]:
    """What `field_set` was made of: by the key of the field, without those left open."""
    return dict(json.loads(text)) if text else {}


def fields_left_open(step: Step, answers: Mapping[str, str]) -> list[FormField]:
    """The fields without which a set is not whole; none while nothing at all is filled in."""
    return [asked for asked in step.fields if asked.required and not answers.get(asked.key)] if answers else []


def numbers_on_scale(highest: int) -> list[str]:
    """What can be chosen on a scale."""
    return [str(number) for number in range(highest + 1)]
