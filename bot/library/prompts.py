"""The weekly question: what a prompt is, and which one comes next in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

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
