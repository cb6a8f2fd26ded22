"""YAML read strictly: words stay words, and everything has a line."""

import pytest

from bot.library.yaml_files import BadYaml, read_yaml


@pytest.mark.parametrize("word", ["'no'", '"yes"', "none", "nope", "offer", "y", "n"])
def test_a_word_stays_a_word(word: str) -> None:
    assert read_yaml(f"facilitator: {word}").value == {"facilitator": word.strip("'\"")}


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("False", False)])
def test_true_and_false_are_the_only_booleans(written: str, meant: bool) -> None:
    assert read_yaml(f"required: {written}").value == {"required": meant}


@pytest.mark.parametrize("word", ["no", "No", "NO", "yes", "on", "off", "OFF"])
def test_a_bare_yes_or_no_is_refused_with_its_line(word: str) -> None:
    with pytest.raises(BadYaml, match="put it in quotes") as refused:
        read_yaml(f"names:\n  - Anna\n  - {word}\n")
    assert refused.value.line == 3


def test_a_no_inside_a_longer_text_is_just_a_word() -> None:
    assert read_yaml("poor: |\n  no\nask: say no").value == {"poor": "no\n", "ask": "say no"}


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: 2\na: 3", 3), ("- {x: 1, x: 2}", 1), ("deep:\n  - a: 1\n    a: 2", 3)]
)
def test_a_key_stands_once(text: str, line: int) -> None:
    with pytest.raises(BadYaml, match="for the second time") as refused:
        read_yaml(text)
    assert refused.value.line == line


def test_only_plain_data_is_read() -> None:
    with pytest.raises(BadYaml, match="could not determine a constructor"):
        read_yaml("!!python/object/apply:os.system [ls]")


def test_every_place_has_a_line() -> None:
    document = read_yaml("key: a\nsteps:\n  - key: one\n    who: [peer]\n  - key: two\n")
    assert document.line_of(("steps", 1, "key")) == 5
    assert document.line_of(("steps", 0, "who", 0)) == 4
    assert document.line_of(("steps", 1, "who")) == 5
    assert document.line_of(("nowhere",)) == 1
    assert document.line_of(()) == 1


def test_an_empty_file_says_nothing() -> None:
    assert read_yaml("# nothing yet\n").value is None
