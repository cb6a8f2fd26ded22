"""A community writes its own files; a slip of the pen gets one plain line that says where and what to do."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.library.reading import OUR_PROTOCOLS, BadFile, read_protocol

GOOD = """\
key: twee_stappen
version: 1
name: {nl: Twee, en: Two, fr: Deux}
origin: {credit: us, licence: MIT}
choose_when: {nl: vaak, en: often, fr: souvent}
group: {min: 3, max: 8}
steps:
  - key: story
    name: {nl: Verhaal, en: Story, fr: Histoire}
    ask: {nl: Vertel., en: Tell., fr: Raconte.}
    who: [owner]
    kinds: [case_story]
    window: P1D
  - key: questions
    name: {nl: Vragen, en: Questions, fr: Questions}
    ask: {nl: Vraag., en: Ask., fr: Demande.}
    who: [peer]
    kinds: [clarifying_question]
    per_person: {min: 1, max: 3}
    window: P2D
    owner: listens
  - key: answers
    part_of: questions
    name: {nl: Antwoorden, en: Answers, fr: Réponses}
    ask: {nl: Antwoord., en: Answer., fr: Réponds.}
    who: [owner]
    kinds: [answer]
    about: {steps: [questions]}
    window: P1D
  - key: ending
    name: {nl: Slot, en: End, fr: Fin}
    ask: {nl: Rond af., en: Close., fr: Conclus.}
    who: [owner]
    kinds: [commitment]
    window: P1D
"""

SLIPS, NINE_RULES = (
    yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("slips.yaml", "nine_rules.yaml")
)


def read(tmp_path: Path, text: str) -> str:
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_protocol(path)
    return str(refused.value)


def test_the_file_these_mistakes_are_made_in_is_good(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert [step.key for step in read_protocol(path).steps] == ["story", "questions", "answers", "ending"]


@pytest.mark.parametrize("slip", [*SLIPS, *NINE_RULES], ids=lambda slip: str(slip.get("rule", slip["said"][:60])))
def test_a_slip_of_the_pen_gets_one_plain_line(tmp_path: Path, slip: dict[str, Any]) -> None:
    assert slip["right"] in GOOD
    said = read(tmp_path, GOOD.replace(slip["right"], slip["wrong"], 1))
    assert said == f"{tmp_path}/ours.yaml, line {slip['line']}: {slip['said']}"


def test_each_of_the_nine_rules_is_broken_by_some_file() -> None:
    assert {slip["rule"][0] for slip in NINE_RULES} == set("123456789")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'line 1: this has parts; write them as "name: value", each on a line of its own below it'),
        (GOOD[: GOOD.index("steps:")] + "steps: []\n", "line 7: steps: this list is empty; add at least one"),
        ("key: a\x07b", "line 1: a character here is no text; save the file as UTF-8"),
    ],
)
def test_a_file_without_what_makes_a_protocol(tmp_path: Path, text: str, said: str) -> None:
    assert read(tmp_path, text) == f"{tmp_path}/ours.yaml, {said}"


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_bytes("name: Céline".encode("latin-1"))
    with pytest.raises(BadFile, match=r"ours.yaml: this is no UTF-8 text; save it as UTF-8$"):
        read_protocol(tmp_path / "ours.yaml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"ours.yaml: No such file or directory; look at its name"):
        read_protocol(tmp_path / "ours.yaml")


@pytest.mark.parametrize("cut", range(40, 2600, 160))
def test_whatever_is_cut_from_our_own_file_never_gives_more_than_a_line(tmp_path: Path, cut: int) -> None:
    ours = (OUR_PROTOCOLS / "vijf_stappen.yaml").read_text(encoding="utf-8")
    said = read(tmp_path, ours[: len(ours) * cut // 2700])
    assert said.startswith(f"{tmp_path}/ours.yaml, line ")
    assert "\n" not in said
