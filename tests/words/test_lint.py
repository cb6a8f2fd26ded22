"""Words of the catalogues: short, one term for one thing, and no sentence that people stumbled over."""

import re

import pytest

from bot.words import LANGUAGES
from tests.words.test_catalogues import texts

MOST_CHARACTERS = 300
MOST_WORDS_OF_HELP = 40
HELP = ("case.help", "digest.help", "help.klankbord", "reflection.help")
# What nobody says, or says otherwise here; and what is said instead.
FORBIDDEN = {
    "nl": {
        r"\benkel\b": "alleen",
        r"\b(kunt|wilt)\b": "kan, wil",
        r"\bhoud\b": "hou",
        r"\bwou\b": "wilde",
        r"\bongedaan gemaakt worden\b": "je kan dit niet ongedaan maken",
        r"\b(raad|tips?)\b": "advies",
        r"\bschrijvend\b": "schriftelijk",
        r"\blijn \{": "regel",
        r"\bdank (je )?(om|dat)\b": "bedankt dat",
        r"\b[Éé]én iemand\b": "één persoon",
        r"\bmeer acties\b": "More actions: Slack has no Dutch menus",
    },
    "en": {
        r"\bstands? (in|there|under|with|twice)\b": "is",
        r"(^|[.:] )here comes?\b": "will appear here",
        r"\bthe word (goes on|is yours)\b": "your turn",
        r"(^|[.:] )(only )?who (objected|made|wants|would)\b[^?]*\.": "the person who, anyone who",
        r"\bkeep this no more\b": "stop keeping this",
        r"\bcan this not work\b": "does this not work",
    },
    "fr": {
        r"\bne sait encore\b": "plus personne ne sait",
        r"\bprises? de conscience\b": "enseignement",
        r"\bdès que [^.]*rai(en)?t\b": "dès que and the present or future",
        r"\bl'étape [^.]*est passée\b": "est sautée",
        r"\bil n'y a que toi\b": "toi seul·e",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_longer_than_people_read_at_once(language: str) -> None:
    too_long = {key: len(text) for key, said in texts(language).items() for text in said if len(text) > MOST_CHARACTERS}
    assert too_long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_a_few_lines(language: str) -> None:
    for key in HELP:
        words = re.findall(r"[\w'/-]*\w", " ".join(texts(language)[key]))
        assert len(words) <= MOST_WORDS_OF_HELP, f"{key}: {len(words)} words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_what_people_stumbled_over(language: str) -> None:
    found = [
        f"{key}: {text} (say: {better})"
        for key, said in texts(language).items()
        for text in said
        for bad, better in FORBIDDEN[language].items()
        if re.search(bad, text, re.IGNORECASE)
    ]
    assert found == [], "\n".join(found)
