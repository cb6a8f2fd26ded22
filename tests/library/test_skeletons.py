"""Five real methods, written down as structure only (`skeletons.yaml`), fit the format without bending it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.text import LANGUAGES, Language
from bot.library.findings import findings
from bot.library.markdown import page_as_markdown
from bot.library.pages import protocol_page as page_of
from bot.library.protocol import Protocol

SKELETONS = list(yaml.safe_load_all(Path(__file__).with_name("skeletons.yaml").read_text(encoding="utf-8")))
ANYTHING = {"nl": "iets", "en": "something", "fr": "quelque chose"}


def with_words(skeleton: dict[str, Any]) -> dict[str, Any]:
    """A skeleton leaves out what people read; give it some words everywhere."""
    steps = [{"name": ANYTHING, "ask": ANYTHING} | step for step in skeleton["steps"]]
    for asked in [*skeleton.get("fields", []), *(each for step in steps for each in step.get("fields", []))]:
        asked["label"] = ANYTHING
    return {**skeleton, "choose_when": ANYTHING, "steps": steps, "example": None}


@pytest.fixture(params=SKELETONS, ids=lambda skeleton: str(skeleton["key"]))
def protocol(request: pytest.FixtureRequest) -> Protocol:
    return Protocol.model_validate(with_words(request.param))


def test_a_method_written_as_structure_is_a_protocol(protocol: Protocol) -> None:
    assert protocol.steps
    assert 4 <= protocol.working_days <= 14


def test_a_case_can_keep_the_body_it_began_with(protocol: Protocol) -> None:
    assert Protocol.model_validate(protocol.model_dump(mode="json")) == protocol


def test_real_methods_break_no_rule_of_intervision(protocol: Protocol) -> None:
    assert findings(protocol) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_can_be_read_as_a_page(protocol: Protocol, language: Language) -> None:
    page = page_as_markdown(page_of(protocol, language))
    assert page.startswith(f"# {protocol.name.in_(language)}\n")
    assert page.count("\n### ") == len(protocol.steps)
    assert "None" not in page
