"""The weekly question: what a prompt is, and which one comes next in a circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final, Protocol, TypeVar

from pydantic import StringConstraints

from bot.core.text import LANGUAGES, Text

# Questions of these themes are about work with students: their cards ask for no recognisable details.
WITH_STUDENTS: Final = frozenset({"coaching_students", "internship_supervision", "feedback_conversations"})
# What is still read at a glance on a card; the longest of ours has 173 characters.
LONGEST: Final = 400
PromptKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


@dataclass(frozen=True)
class Prompt:
    """One question to reflect on; `framework` names the model of reflection it draws on."""

    id: str
    theme: str
    framework: str
    text: Text
    has_students: bool = False


class Askable(Protocol):
    """Whatever can be asked: a prompt from a file, or a question of a circle's own."""

    @property
    def id(self) -> str: ...
    @property
    def theme(self) -> str: ...


A = TypeVar("A", bound=Askable)


class PromptEntry(Text):
    """A prompt as its file writes it: the three languages beside the rest.

    `students` says whether students occur in answers; without it the theme decides.
    """

    id: PromptKey
    theme: PromptKey
    framework: PromptKey
    students: bool | None = None

    def prompt(self) -> Prompt:
        """The prompt, with its texts apart."""
        has_students = self.theme in WITH_STUDENTS if self.students is None else self.students
        return Prompt(self.id, self.theme, self.framework, Text(nl=self.nl, en=self.en, fr=self.fr), has_students)


def flaw(entry: PromptEntry) -> tuple[str, str] | None:
    """What keeps a prompt from being one question on one card: the field, and one sentence with the remedy."""
    for language in LANGUAGES:
        text = getattr(entry, language)
        if len(text) > LONGEST:
            return language, f"this has {len(text)} characters, and a card holds {LONGEST}; make it shorter"
        if "?" not in text:
            return language, "nothing is asked here; let it hold a question, with a question mark"
    return None


def choose(prompts: Sequence[A], used: Sequence[str], seed: str) -> A:
    """The next prompt of a circle.

    `used` are the ids posted before, oldest first; ids that no longer exist do not matter. None comes again
    before all were used, and the theme changes where it can. The same `seed` (circle and week) always gives
    the same prompt, also in a second process. ValueError if there are no prompts.
    """
    if not prompts:
        raise ValueError("there are no prompts to choose from")
    fresh = _not_used_this_time_round(prompts, used)
    return min(_other_than_the_last(fresh, prompts, used), key=lambda prompt: _lot(seed, prompt))


def _not_used_this_time_round(prompts: Sequence[A], used: Sequence[str]) -> list[A]:
    everything = {prompt.id for prompt in prompts}
    seen: set[str] = set()
    for id_ in used:
        if id_ in seen or seen >= everything:
            seen = set()
        seen |= {id_} & everything
    return [prompt for prompt in prompts if prompt.id not in seen] or list(prompts)


def _other_than_the_last(fresh: list[A], prompts: Sequence[A], used: Sequence[str]) -> list[A]:
    last = next((prompt for id_ in reversed(used) for prompt in prompts if prompt.id == id_), None)
    if last is None:
        return fresh
    another_theme = [prompt for prompt in fresh if prompt.theme != last.theme]
    return another_theme or [prompt for prompt in fresh if prompt != last] or fresh


def _lot(seed: str, prompt: Askable) -> bytes:
    return sha256(f"{seed}\n{prompt.id}".encode()).digest()
