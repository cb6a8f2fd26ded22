"""What the cast writes in the demo, read from a data file in three languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import yaml

from bot.core.text import FrozenModel, Language, Text
from bot.library.enums import Kind

ANSWERS = Path(__file__).parent / "answers.yaml"


class ScriptQuestion(FrozenModel):
    """A question that somebody brings to a series."""

    title: Text
    question: Text
    story: Text


class Script(FrozenModel):
    """Every text of the demo. `answers` are by theme, since the date decides which questions come.

    `words` are by kind of contribution, and fit almost any case.
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
    """The script in its file."""
    return Script.model_validate(yaml.safe_load(ANSWERS.read_text(encoding="utf-8")))


@dataclass
class ScriptTexts:
    """The texts of the script in one language; none comes twice while there are others."""

    script: Script
    language: Language
    _answers: dict[str, Iterator[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._replies = self._in_turn(self.script.replies)
        self._kept = self._in_turn(self.script.kept)

    def next_answer(self, theme: str) -> str:
        """An answer to a question of this theme; a short reply if all are used, or the theme is unknown."""
        texts = self.script.answers.get(theme, ())
        left = self._answers.setdefault(theme, iter([text.in_(self.language) for text in texts]))
        return next(left, None) or self.next_reply()

    def next_reply(self) -> str:
        """A short reply that fits any question."""
        return next(self._replies)

    def next_private_answer(self) -> str:
        """A private answer."""
        return next(self._kept)

    def in_language(self, text: Text) -> str:
        """A text in the demo's language."""
        return text.in_(self.language)

    def _in_turn(self, texts: tuple[Text, ...]) -> Iterator[str]:
        return cycle([text.in_(self.language) for text in texts])
