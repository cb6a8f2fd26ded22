"""The dialogue in a protocol can be played as it stands; a line out of place is told by its number."""

from typing import Any

import pytest

from bot.library.findings import findings
from bot.library.protocol import Protocol
from bot.library.reading import OUR_PROTOCOLS, read_protocol

WORDS = {"nl": "iets", "en": "something", "fr": "quelque chose"}
FIVE_STEPS = read_protocol(OUR_PROTOCOLS / "vijf_stappen.yaml").model_dump(mode="json", exclude_none=True)
LAST = len(FIVE_STEPS["example"]["lines"])


def with_lines(lines: list[dict[str, Any]], **more: Any) -> Protocol:
    return Protocol.model_validate(FIVE_STEPS | {"example": FIVE_STEPS["example"] | {"lines": lines} | more})


def with_line(number: int, **changed: Any) -> Protocol:
    lines = [dict(line) for line in FIVE_STEPS["example"]["lines"]]
    lines[number - 1] |= changed
    return with_lines([{key: value for key, value in line.items() if value} for line in lines])


def without_line(number: int) -> Protocol:
    lines = FIVE_STEPS["example"]["lines"]
    return with_lines(lines[: number - 1] + lines[number:])


def said(protocol: Protocol) -> list[str]:
    return [f"{finding.field}: {finding.rule}" for finding in findings(protocol)]


BENT = [
    (with_line(1, **{"in": "elsewhere"}), 'example, line 1: there is no step "elsewhere"'),
    (with_line(1, by="Elif"), "example, line 1: Elif does not write in this step"),
    (with_line(1, by="Anna"), "example, line 1: Anna does not write in this step"),
    (with_line(1, kind="advice"), "example, line 1: advice is not given in this step"),
    (with_line(5, about="nobody"), 'example, line 5: "nobody" is not there to answer'),
    (with_line(5, about=None), "example, line 5: it answers nothing"),
    (with_line(1, about="dirk_asks"), 'example, line 1: "dirk_asks" is not there to answer'),
    (without_line(LAST), "example: Dirk says 0 of at least 1"),
    (with_line(11, does=None, kind="reframe", text=WORDS, by="Bram"), "example: Bram says 2 of at most 1"),
    (with_lines(FIVE_STEPS["example"]["lines"][-1:] + FIVE_STEPS["example"]["lines"][:-1]), "line 2"),
    (
        with_lines(
            FIVE_STEPS["example"]["lines"], people={"owner": "Anna", "peers": ["Anna", "Bram", "Céline", "Dirk"]}
        ),
        "example, people: the owner is also a peer",
    ),
    (
        with_lines(FIVE_STEPS["example"]["lines"], people={"owner": "Anna", "peers": ["Bram"]}),
        "example, people: 2 people play, where 3 to 8 may",
    ),
    (
        with_lines(
            FIVE_STEPS["example"]["lines"], intake=FIVE_STEPS["example"]["intake"] | {"fields": {"outcome": WORDS}}
        ),
        'example, intake, fields: "outcome" is in one of two places only',
    ),
]


@pytest.mark.parametrize(("bent", "finding"), BENT, ids=[finding for _, finding in BENT])
def test_a_line_out_of_place_is_told(bent: Protocol, finding: str) -> None:
    assert any(finding in line for line in said(bent)), said(bent)


def test_the_dialogue_of_our_own_method_plays() -> None:
    assert said(with_lines(FIVE_STEPS["example"]["lines"])) == []


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        (
            {"in": "core", "by": "Dirk", "does": "pass", "text": WORDS, "kind": "reframe"},
            "either says something or passes",
        ),
        ({"in": "core", "by": "Dirk"}, 'needs "kind" and "text", or "does: pass"'),
    ],
)
def test_a_line_says_something_or_passes(line: dict[str, Any], remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        with_lines([line])
