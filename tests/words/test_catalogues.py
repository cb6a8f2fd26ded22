"""Three languages say the same things: equal keys, arguments and plurals, and no word that commands."""

import re
import string
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.words import LANGUAGES, Html, Mrkdwn, Plain, Speakers
from bot.words.escaping import escape, unescape
from bot.words.speech import catalogue

ROOT = Path(__file__).parents[2]
SOURCES = "\n".join(
    path.read_text()
    for place in ("bot", "handlers")
    for path in (ROOT / place).rglob("*.py")
    if path.name != "places.py"
)
# Somebody who is invited is never told these.
COMMANDING = re.compile(r"\b(verplicht|te laat|ontbreekt|moet je|je moet)\b", re.IGNORECASE)


def texts(language: str) -> dict[str, tuple[str, ...]]:
    """Every text of a language by "context.key"; two where there is a plural."""
    found: Catalog = catalogue(language)
    return {f"{m.context}.{_key(m.id)}": _strings(m.string) for m in found if m.id}


def _key(identity: str | Sequence[str]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def _strings(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def arguments(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_language_has_the_same_keys_and_plurals(language: str) -> None:
    dutch, other = texts("nl"), texts(language)
    assert set(dutch) == set(other)
    assert {key for key in dutch if len(dutch[key]) != len(other[key])} == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_language_takes_the_same_arguments(language: str) -> None:
    dutch, other = texts("nl"), texts(language)
    taken = {key: set().union(*map(arguments, dutch[key])) for key in dutch}
    assert {key for key in dutch if taken[key] != set().union(*map(arguments, other[key]))} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert {key for key, said in texts(language).items() if not all(said)} == set()


# What is held to this so far.
SHORT = ("reflection.", "readers.", "invitation.", "looking_back.", "journal.", "insight.", "questions.")
MOST_CHARACTERS = 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_longer_than_one_reads(language: str) -> None:
    long = {key for key, said in texts(language).items() if max(map(len, said)) > MOST_CHARACTERS}
    assert {key for key in long if key.startswith(SHORT)} == set()


def test_every_text_is_used_and_every_text_used_is_there() -> None:
    keys = set(texts("nl"))
    contexts = {key.partition(".")[0] for key in keys}
    used = set(re.findall(rf'"((?:{"|".join(contexts)})\.[a-z0-9_.]+)"', SOURCES))
    built = set(re.findall(r'f"([a-z_]+\.[a-z0-9_.]*)\{', SOURCES))
    assert used - keys == set()
    assert {key for key in keys - used if not any(key.startswith(prefix) for prefix in built)} == set()


def test_dutch_invites_and_never_commands() -> None:
    assert {key: said for key, said in texts("nl").items() if any(map(COMMANDING.search, said))} == {}


def test_a_text_or_argument_that_is_not_there_raises() -> None:
    speaker = Speakers.load()["nl"]
    with pytest.raises(KeyError):
        speaker.plain("common.nowhere")
    with pytest.raises(KeyError):
        speaker.plain("common.moment", day="maandag")


def test_arguments_are_escaped_for_where_they_stand() -> None:
    speaker = Speakers.load()["en"]
    sly = "<!channel> & <b>"
    assert "&lt;!channel&gt; &amp; &lt;b&gt;" in speaker.mrkdwn("trouble.failed", where=sly, error="x")
    assert sly in speaker.plain("trouble.failed", where=sly, error="x")
    assert "<!channel>" in speaker.mrkdwn("trouble.failed", where=Mrkdwn("<!channel>"), error="x")
    assert "&lt;b&gt;" in speaker.html("trouble.failed", where=sly, error="x")


@pytest.mark.parametrize("form", [Mrkdwn, Html, Plain])
def test_escaping_keeps_every_character_of_meaning(form: type[str]) -> None:
    assert escape("gewoon é 🙂 \u202etekst", form) == "gewoon é 🙂 \u202etekst"


def test_what_slack_escaped_reads_again_as_typed() -> None:
    assert unescape(escape("a < b && c > d &amp;", Mrkdwn)) == "a < b && c > d &amp;"
