"""French marks keep to the word before them, and nothing that only looks like one is touched."""

import re

import pytest

from bot.core.text import Text, printed, spaced
from bot.words import Speakers
from bot.words.speech import catalogue

THIN, WIDE = "\u202f", "\u00a0"
# A mark after an ordinary space, or after none: on a line of its own, or set as in English.
_LOOSE = re.compile(r"(?: |[^\W\d_])[?!;»]|« | :(?!\w)|[^\W\d_]:(?=\s|$)")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ça va ? Oui !", f"Ça va{THIN}? Oui{THIN}!"),
        ("méthode ; thème", f"méthode{THIN}; thème"),
        ("choisis « Rien à ajouter » ici", f"choisis «{THIN}Rien à ajouter{THIN}» ici"),
        ("le formulaire : un titre", f"le formulaire{WIDE}: un titre"),
        ("*Méthode :* {method}", f"*Méthode{WIDE}:* {{method}}"),
        ("Quelqu’un a écrit :", f"Quelqu’un a écrit{WIDE}:"),
        ("Vraiment ?!", f"Vraiment{THIN}?!"),
    ],
)
def test_a_mark_stays_with_its_word(typed: str, shown: str) -> None:
    assert spaced(typed) == shown
    assert spaced(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "à 9:00, ou à 17:00",
        "bravo :heart: et :+1:",
        "`/klankbord aide ; autre ?`",
        "<https://exemple.be/a?b=1;c|un lien : ici>",
        "<!date^1700000000^{date_short} : {time}|hier>",
        "https://exemple.be/?q=a:b;c!d",
        "sans marque",
    ],
)
def test_what_is_no_mark_is_left_alone(text: str) -> None:
    assert spaced(text) == text


def test_no_french_text_leaves_a_mark_alone_at_the_start_of_a_line() -> None:
    said = [text for m in catalogue("fr") if m.id for text in ([m.string] if isinstance(m.string, str) else m.string)]
    assert len(said) > 100
    assert [text for text in said if _LOOSE.search(re.sub(r"`[^`]*`", "", text))] == []


def test_a_text_from_a_file_is_set_too_and_other_languages_are_not() -> None:
    text = Text(nl="Echt ?", en="Really ?", fr="Vraiment ?")
    assert (text.in_("nl"), text.in_("en"), text.in_("fr")) == ("Echt ?", "Really ?", f"Vraiment{THIN}?")


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_an_apostrophe_is_printed_as_one_in_every_language(language: str) -> None:
    assert printed("z'n l'un n'est today's", language) == "z’n l’un n’est today’s"
    assert printed("`l'un` <https://exemple.be/l'un|l'un>", language) == "`l'un` <https://exemple.be/l'un|l'un>"


def test_no_text_of_ours_shows_a_straight_apostrophe() -> None:
    said = [str(message.string) for language in ("nl", "en", "fr") for message in catalogue(language) if message.id]
    assert [text for text in said if re.search(r"\w'\w", re.sub(r"`[^`]*`", "", text))] == []


def test_what_people_write_is_theirs() -> None:
    assert Speakers.load()["fr"].plain("reflection.shares", person="Zoé ?") == f"Zoé ? partage{WIDE}:"
    assert "L'une" in Speakers.load()["fr"].plain("reflection.shares", person="L'une")
