"""A community writes its own files; a slip of the pen gets one plain line that says where and what to do."""

from pathlib import Path

import pytest

from bot.library import OUR_PROTOCOLS, BadFile, read_protocol

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

SHAPE = [
    ("  - key: questions", "  - key: questions\n    whom: [peer]", 15, 'step "questions", whom: unknown key "whom"; did you mean "who"?'),
    ("version: 1", "version: 1\ncolour: red", 3, 'colour: unknown key "colour"; leave it out'),
    ("group: {min: 3, max: 8}", "group: 3", 6, 'group: this has parts; write them as "name: value", each on a line of its own below it'),
    ("version: 1\n", "", 1, "version: nothing is written here yet; add it"),
    ("version: 1", "version: one", 2, "version: this is a number; write it in digits, without quotes"),
    ("fr: Deux}", "}", 3, "name, fr: nothing is written here yet; add it"),
    ("fr: Deux}", 'fr: ""}', 3, "name, fr: nothing is written between the quotes; write some words"),
    ("fr: Deux}", "fr: true}", 3, 'name, fr: "true" is no text; write words, in quotes where they look like something else'),
    ("key: twee_stappen", "key: Twee Stappen", 1, "key: a key is small letters, digits and _, and begins with a letter; write it so"),
    ("who: [peer]", "who: peer", 17, 'step "questions", who: this is a list; write it as "[one, two]" or with "- " before each'),
    ("who: [peer]", "who: [pear]", 17, "step \"questions\", who, number 1: \"pear\" is no word for this; write 'owner', 'facilitator', 'peer' or 'observer'"),
    ("window: P2D", "window: 2 days", 20, 'step "questions", window: "2 days" is no length of time; write working days as "P2D" or "P0.5D", plain time as "PT48H", "PT5M" or "PT30S"'),
    ("{min: 1, max: 3}", "{min: 3, max: 1}", 19, 'step "questions", per_person: max 1 is below min 3: turn them round'),
    ("{min: 1, max: 3}", "{min: 1, max: 300}", 19, 'step "questions", per_person, max: "300" is out of bounds; write 100 or less'),
    ("    owner: listens", "    optional: maybe", 21, "step \"questions\", optional: \"maybe\" is no word for this; write false, 'included' or 'left_out'"),
]  # fmt: skip

YAML = [
    ("fr: Deux}", "fr: no}", 3, 'a bare no may be read as true or false; put it in quotes: "no"'),
    ("fr: Deux}", "fr: On}", 3, 'a bare On may be read as true or false; put it in quotes: "On"'),
    ("    owner: listens", "    yes: listens", 21, 'a bare yes may be read as true or false; put it in quotes: "yes"'),
    ("    owner: listens", "    window: P3D", 21, '"window" stands here for the second time; keep one of the two'),
    ("nl: Vraag.,", "nl: *vraag,", 16, "found undefined alias 'vraag'; check the indentation, and put a text that holds “: ” or “ #” in double quotes"),
    ("version: 1", "version: 1: 2", 2, "mapping values are not allowed here; check the indentation, and put a text that holds “: ” or “ #” in double quotes"),
    ("version: 1", "version: !!python/name:os.system 1", 2, "could not determine a constructor for the tag 'tag:yaml.org,2002:python/name:os.system'; check the indentation, and put a text that holds “: ” or “ #” in double quotes"),
]  # fmt: skip

METHOD = [
    ("part_of: questions", "part_of: qestions", 23, 'step "answers", part_of: there is no step "qestions"; name one of: story, questions, answers, ending'),
    ("{steps: [questions]}", "{steps: [story, q]}", 28, 'step "answers", about: there is no step "q"; name one of: story, questions, answers, ending'),
    ("  - key: ending", "  - key: story", 30, 'step "story", key: another step has this key; give each step a key of its own'),
    ("    window: P2D\n", "", 14, 'step "questions", window: nobody can tell how long this step lasts; give it a window, or let it go together_with a step that has one'),
    ("    window: P2D", "    window: P20D", 7, "steps: the windows add up to 23 working days; shorten or merge steps to stay within 14"),
]  # fmt: skip


def read(tmp_path: Path, text: str) -> str:
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_protocol(path)
    return str(refused.value)


def test_the_file_these_mistakes_are_made_in_is_good(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert [step.key for step in read_protocol(path).steps][:-1] == ["story", "questions", "answers", "ending"]


@pytest.mark.parametrize(("right", "wrong", "line", "said"), SHAPE + YAML + METHOD)
def test_a_slip_of_the_pen_gets_one_plain_line(tmp_path: Path, right: str, wrong: str, line: int, said: str) -> None:
    assert right in GOOD
    assert read(tmp_path, GOOD.replace(right, wrong, 1)) == f"{tmp_path}/ours.yaml, line {line}: {said}"


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
