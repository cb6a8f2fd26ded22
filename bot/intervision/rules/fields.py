"""What somebody writes in a step with labelled fields: one set is one contribution, kept as one body."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.intervision.rules.case import BEFOREHAND
from bot.library.enums import Kind
from bot.library.protocol import FormField, Step


def has_fields(step: Step, kind: str) -> bool:
    """Whether contributions of this kind are sets here; what the owner told in the intake is a text anywhere."""
    return bool(step.fields) and kind not in (BEFOREHAND, Kind.CASE_STORY)


def body(step: Step, answers: Mapping[str, str]) -> str:
    """The set as one text, in the order of the fields, without those left open; empty if all are."""
    given = {asked.key: answers[asked.key] for asked in step.fields if answers.get(asked.key)}
    return json.dumps(given, ensure_ascii=False) if given else ""


def answers(body: str) -> dict[str, str]:
    """What `body` was made of: by the key of the field, without those left open."""
    return dict(json.loads(body)) if body else {}


def left_open(step: Step, answers: Mapping[str, str]) -> list[FormField]:
    """The fields without which a set is not whole; none while nothing at all is filled in."""
    return [asked for asked in step.fields if asked.required and not answers.get(asked.key)] if answers else []


def on_scale(highest: int) -> list[str]:
    """What can be chosen on a scale."""
    return [str(number) for number in range(highest + 1)]
