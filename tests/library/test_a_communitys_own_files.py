"""A community adds its own methods and prompts in folders of its own."""

from pathlib import Path

import pytest

from bot.library.reading import OUR_PROMPTS, OUR_PROTOCOLS, BadFile, check_prompts, load_library

TROIKA = """\
key: onze_troika
version: 1
name: {nl: Onze troika, en: Our troika, fr: Notre troïka}
origin: {credit: Liberating Structures, licence: CC BY-SA 4.0}
choose_when: {nl: snel, en: fast, fr: vite}
group: {min: 3, max: 4}
facilitator: none
steps:
  - key: story
    name: {nl: Verhaal, en: Story, fr: Récit}
    ask: {nl: Vertel., en: Tell., fr: Raconte.}
    who: [owner]
    kinds: [case_story]
    window: P1D
"""
PROMPT = """\
- id: ours_1
  theme: dialogue
  framework: kolb
  nl: Wat verraste je?
  en: What surprised you?
  fr: Qu'est-ce qui t'a surpris ?
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_their_method_stands_beside_ours(folder: Path) -> None:
    library = load_library(protocols_dir=write(folder, "troika.yaml", TROIKA))
    assert set(library.protocols) == set(load_library().protocols) | {"onze_troika"}


def test_a_method_has_the_steps_of_its_file_and_no_other(folder: Path) -> None:
    ours = load_library(write(folder, "troika.yml", TROIKA)).protocols["onze_troika"]
    assert [step.key for step in ours.steps] == ["story"]


def test_a_variant_names_a_method_that_is_there(folder: Path) -> None:
    write(folder, "troika.yaml", TROIKA + "variant_of: vijf_stappen\n")
    assert load_library(folder).protocols["onze_troika"].variant_of == "vijf_stappen"
    write(folder, "troika.yaml", TROIKA + "variant_of: zes_stappen\n")
    with pytest.raises(
        BadFile, match=r'troika.yaml: variant_of: no protocol "zes_stappen"; name one of: .*vijf_stappen, '
    ):
        load_library(folder)


def test_two_methods_cannot_share_a_key(folder: Path) -> None:
    ours = (OUR_PROTOCOLS / "vijf_stappen.yaml").read_text(encoding="utf-8")
    with pytest.raises(
        BadFile, match=r'copy.yaml: key: .*vijf_stappen.yaml has "vijf_stappen" too; choose another key'
    ):
        load_library(write(folder, "copy.yaml", ours))


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    write(folder, "notes.txt", "not: [yaml")
    assert set(load_library(folder, folder).protocols) == set(load_library().protocols)


def test_their_prompts_come_after_ours(folder: Path) -> None:
    prompts = load_library(prompts_dir=write(folder, "ours.yaml", PROMPT)).prompts
    assert (len(prompts), prompts[-1].id, prompts[-1].text.en) == (81, "ours_1", "What surprised you?")


def test_they_can_name_a_theme_of_their_own_and_rename_one_of_ours(folder: Path) -> None:
    write(
        folder,
        "themes.yaml",
        "wonder: {nl: Wonder, en: Wonder, fr: Merveille}\ndialogue: {nl: Praat, en: Talk, fr: Parole}",
    )
    write(folder, "ours.yaml", PROMPT.replace("theme: dialogue", "theme: wonder"))
    library = load_library(prompts_dir=folder)
    assert library.themes["wonder"].fr == "Merveille"
    assert library.themes["dialogue"].nl == "Praat"


SLIPS = {
    "theme": (
        PROMPT.replace("dialogue", "wonder"),
        'line 1: prompt ours_1, theme: "wonder" has no name; add it to themes.yaml beside this file',
    ),
    "id": (PROMPT + PROMPT, "line 7: prompt ours_1, id: another prompt has it too; choose another id"),
    "our id": (
        PROMPT.replace("ours_1", "p001"),
        "line 1: prompt p001, id: another prompt has it too; choose another id",
    ),
    "language": (PROMPT[: PROMPT.index("  fr:")], "line 1: prompt ours_1, fr: nothing is written here yet; add it"),
    "key": (
        PROMPT.replace("framework", "frame"),
        'line 3: prompt ours_1, frame: unknown key "frame"; did you mean "framework"?',
    ),
    "length": (
        PROMPT.replace("Wat verraste je?", "Wat verraste je? " * 30),
        "line 4: prompt ours_1, nl: this has 509 characters, and a card holds 400; make it shorter",
    ),
    "question": (
        PROMPT.replace("What surprised you?", "Tell us."),
        "line 5: prompt ours_1, en: nothing is asked here; let it hold a question, with a question mark",
    ),
    "list": ("prompts: 3", 'line 1: this file is a list; begin each with "- id: …"'),
}


def test_files_are_checked_with_what_lies_beside_them(folder: Path) -> None:
    write(folder, "ours.yaml", PROMPT.replace("theme: dialogue", "theme: wonder"))
    with pytest.raises(BadFile, match='"wonder" has no name'):
        check_prompts([folder / "ours.yaml"])
    write(folder, "themes.yaml", "wonder: {nl: Wonder, en: Wonder, fr: Merveille}")
    write(folder, "more.yaml", PROMPT)
    assert check_prompts([folder / "ours.yaml", folder / "themes.yaml"]) == {
        folder / "ours.yaml": 1,
        folder / "themes.yaml": 1,
    }
    with pytest.raises(BadFile, match="another prompt has it too"):
        check_prompts([folder / "ours.yaml", folder / "more.yaml"])
    assert check_prompts([OUR_PROMPTS / "dialogue.yaml"]) == {OUR_PROMPTS / "dialogue.yaml": 8}


def test_whether_students_occur_is_said_by_the_theme_or_by_the_file(folder: Path) -> None:
    said = PROMPT.replace("ours_1", "ours_2") + "  students: true\n"
    coaching = PROMPT.replace("ours_1", "ours_3").replace("dialogue", "coaching_students")
    prompts = load_library(prompts_dir=write(folder, "ours.yaml", PROMPT + said + coaching)).prompts
    assert [one.has_students for one in prompts[-3:]] == [False, True, True]


THEME_SLIPS = {
    "names": ("- dialogue", 'line 1: this file is names with texts; write "key: {nl: …, en: …, fr: …}"'),
    "texts": (
        "wonder: Wonder",
        'line 1: wonder: this has parts; write them as "name: value", each on a line of its own below it',
    ),
}


def refusal(folder: Path) -> str:
    with pytest.raises(BadFile) as refused:
        load_library(prompts_dir=folder)
    return str(refused.value)


@pytest.mark.parametrize(("text", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_prompt_gets_one_plain_line(folder: Path, text: str, said: str) -> None:
    assert refusal(write(folder, "ours.yaml", text)) == f"{folder}/ours.yaml, {said}"


@pytest.mark.parametrize(("text", "said"), THEME_SLIPS.values(), ids=THEME_SLIPS)
def test_a_slip_in_a_theme_gets_one_plain_line(folder: Path, text: str, said: str) -> None:
    assert refusal(write(folder, "themes.yaml", text)) == f"{folder}/themes.yaml, {said}"


def test_a_folder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(BadFile, match=r"/nowhere: there is no such folder; make it, or name another one$"):
        load_library(folder / "nowhere")
