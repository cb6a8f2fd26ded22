"""The page for who writes a method: its file can be used, and it names every line that a file may have."""

import re
from pathlib import Path

import pytest

from bot.library import enums as vocabulary
from bot.library import example, protocol
from bot.library.reading import read_protocol

PAGE = (Path(__file__).parents[2] / "docs" / "writing-a-method.md").read_text(encoding="utf-8")
READING, EXAMPLE = PAGE.index("## What each line means"), PAGE.index("### The example")


def test_the_file_on_the_page_can_be_used_as_it_stands(tmp_path: Path) -> None:
    (found,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "drie_vragen.yaml"
    file.write_text(found, encoding="utf-8")
    assert read_protocol(file).name.en == "Three questions"


@pytest.mark.parametrize(
    ("shape", "part"),
    [
        (protocol.Protocol, PAGE[READING:EXAMPLE]),
        (protocol.Origin, PAGE[READING:EXAMPLE]),
        (protocol.Exemption, PAGE[READING:EXAMPLE]),
        (protocol.FormField, PAGE[READING:EXAMPLE]),
        (protocol.Step, PAGE[READING:EXAMPLE]),
        (protocol.About, PAGE[READING:EXAMPLE]),
        (example.ExamplePeople, PAGE[EXAMPLE:]),
        (example.ExampleIntake, PAGE[EXAMPLE:]),
        (example.ExampleLine, PAGE[EXAMPLE:]),
    ],
)
def test_every_line_that_a_file_may_have_is_explained(shape: type[protocol.Protocol], part: str) -> None:
    names = {field.alias or name for name, field in shape.model_fields.items()}
    assert [name for name in sorted(names) if not re.search(rf"`{name}\b", part)] == []


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.Kind,
        vocabulary.Role,
        vocabulary.Reveal,
        vocabulary.Closes,
        vocabulary.OwnerMode,
        vocabulary.Need,
        vocabulary.Addressing,
        vocabulary.Facilitation,
        vocabulary.Source,
        vocabulary.OurRule,
        vocabulary.Optional,
    ],
)
def test_every_word_that_a_line_may_hold_is_there(words: type[vocabulary.Kind]) -> None:
    assert [word.value for word in words if f"`{word.value}`" not in PAGE] == []
