"""What the cast writes in the demo: read from a data file, each line in three languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import yaml

from bot.core.text import FrozenModel, Language, Text
from bot.library.enums import Kind

ANSWERS = Path(__file__).parent / "answers.yaml"


class ScriptQuestion(FrozenModel):
    """What somebody brings to a series."""

    title: Text
    question: Text
    story: Text


class Script(FrozenModel):
    """Every line of the demo. `answers` are by theme, since only the date decides which questions come.

    `words` fit almost any case, by the kind of contribution.
    """

    answers: Mapping[str, tuple[Text, ...]]
    replies: tuple[Text, ...]
    kept: tuple[Text, ...]
    proposal: Text
    fresh: Text
    opening: Text
    answered: Text
    contact: Text
    questions: tuple[ScriptQuestion, ...]
    words: Mapping[Kind, tuple[Text, ...]]


def read_script() -> Script:
    """The script as its file has it."""
    return Script.model_validate(yaml.safe_load(ANSWERS.read_text(encoding="utf-8")))


@dataclass
class Prompter:
    """Hands out the lines in one language, none twice as long as there are others."""

    script: Script
    language: Language
    _answers: dict[str, Iterator[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._replies = self._in_turn(self.script.replies)
        self._kept = self._in_turn(self.script.kept)

    def answer(self, theme: str) -> str:
        """An answer to a question of this theme; a short reply once they were all given, or the theme is not ours."""
        texts = self.script.answers.get(theme, ())
        left = self._answers.setdefault(theme, iter([text.in_(self.language) for text in texts]))
        return next(left, None) or self.reply()

    def reply(self) -> str:
        """A short word that fits any question."""
        return next(self._replies)

    def kept(self) -> str:
        """Something for oneself."""
        return next(self._kept)

    def line(self, text: Text) -> str:
        """One line, in the demo's language."""
        return text.in_(self.language)

    def _in_turn(self, texts: tuple[Text, ...]) -> Iterator[str]:
        return cycle([text.in_(self.language) for text in texts])
