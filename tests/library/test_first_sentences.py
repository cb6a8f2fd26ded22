"""A card shows the first sentence of an instruction: it says alone what is asked, in a few words."""

import re
from pathlib import Path

import pytest

from bot.core.text import LANGUAGES, Language, first_sentence
from bot.library.reading import OUR_PROTOCOLS, BadFile, Library, check_protocol, load_library
from tests.library.test_bad_files import GOOD

EIGHTEEN = "Demande ce que tu veux savoir : un fait, un lieu, un mot, un jour ou encore un nom ?"
NINETEEN = EIGHTEEN.replace("un nom", "même un nom")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def own_file(tmp_path: Path, asked: str) -> Path:
    path = tmp_path / "ours.yaml"
    path.write_text(GOOD.replace("fr: Demande.", f'fr: "{asked} Prends ton temps."'), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(OUR_PROTOCOLS.iterdir()), ids=lambda path: path.stem)
def test_each_of_our_files_passes_the_check(path: Path) -> None:
    assert check_protocol(path).key == path.stem


def test_a_sentence_of_eighteen_words_passes_and_marks_that_stand_alone_are_no_words(tmp_path: Path) -> None:
    assert check_protocol(own_file(tmp_path, EIGHTEEN)).key == "twee_stappen"


def test_one_word_more_is_said_with_its_place_its_language_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        check_protocol(own_file(tmp_path, NINETEEN))
    assert str(refused.value) == (
        f'{tmp_path}/ours.yaml, line 16: step "questions", ask, fr: the first sentence has 19 words; '
        "say in at most 18 what is asked, and the rest in the sentences after it"
    )


def test_a_bot_that_starts_takes_a_longer_sentence_of_a_file_that_it_had(tmp_path: Path) -> None:
    assert "twee_stappen" in load_library(protocols_dir=own_file(tmp_path, NINETEEN).parent).protocols


# How an instruction began that first said where people are, who is away, or what to read, and only then what to do.
SETS_THE_SCENE = {
    "nl": "De inbrenger|De hypothesen|Jij |Nu |We |Hier geldt|In deze methode|Stel je voor|Lees eerst",
    "en": "The case owner|The hypotheses|You |Now |We |One simple rule|In this method|Imagine|First ",
    "fr": "La personne|Les hypothèses|C'est toi|Maintenant|Nous|Une seule règle|Dans cette méthode|Imagine|Lis d'abord",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_first_sentence_only_sets_the_scene(library: Library, language: Language) -> None:
    firsts = {
        (protocol.key, step.key): first_sentence(step.ask.in_(language))
        for protocol in library.protocols.values()
        for step in protocol.steps
    }
    assert {place: said for place, said in firsts.items() if re.match(SETS_THE_SCENE[language], said)} == {}
