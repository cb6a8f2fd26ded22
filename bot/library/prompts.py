"""The prompts: questions to reflect on, one of which a circle gets each week."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, Strict, StringConstraints

from bot.core.text import LANGUAGES, Text

# Questions of these themes are about work with students: their cards ask members to leave out recognisable details.
WITH_STUDENTS: Final = frozenset({"coaching_students", "internship_supervision", "feedback_conversations"})
# The longest text that people still read at a glance on a card, in characters.
LONGEST_PROMPT: Final = 400
Month = Annotated[int, Strict(), Field(ge=1, le=12)]
PromptKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


@dataclass(frozen=True)
class Prompt:
    """One question to reflect on. `framework` is the model of reflection that it uses.

    `months` are those in which it may come, 1 for January; empty for any.
    """

    id: str
    theme: str
    framework: str
    text: Text
    has_students: bool = False
    months: tuple[int, ...] = ()


class PromptEntry(Text):
    """A prompt in its file, where the three languages are fields like the others.

    `students` says whether answers may be about students; without it the theme decides.
    """

    id: PromptKey
    theme: PromptKey
    framework: PromptKey
    students: bool | None = None
    months: tuple[Month, ...] = ()

    def prompt(self) -> Prompt:
        """The prompt of this entry."""
        has_students = self.theme in WITH_STUDENTS if self.students is None else self.students
        text = Text(nl=self.nl, en=self.en, fr=self.fr)
        return Prompt(self.id, self.theme, self.framework, text, has_students, self.months)


def prompt_mistake(entry: PromptEntry) -> tuple[str, str] | None:
    """What is wrong with a prompt that must be one question on a card: the field and the remedy; None if nothing is."""
    for language in LANGUAGES:
        text = getattr(entry, language)
        if len(text) > LONGEST_PROMPT:
            return language, f"this has {len(text)} characters, and a card holds {LONGEST_PROMPT}; make it shorter"
        if "?" not in text:
            return language, "nothing is asked here; let it hold a question, with a question mark"
    return None
