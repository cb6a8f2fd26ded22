"""What people wrote during a run, and whether they may believe that it is kept."""

from dataclasses import dataclass, field
from typing import Literal

from playground.model import Message
from playground.people import Person

# Each text begins with it, and nothing else has it.
COMMON_WORD = "zozo"
Kind = Literal["reply", "remark", "answer", "contribution", "case"]


@dataclass(eq=False)
class Writing:
    """One text of somebody, which nobody else writes. `message` is where it was typed, for a reply or a remark.

    `is_acknowledged`: the form with it was accepted. `is_replaced`: its writer wrote another in its place. A text whose
    form got no answer, or that was replaced in such a form, may be kept or not.
    """

    kind: Kind
    text: str
    writer: Person
    message: Message | None = None
    is_acknowledged: bool = False
    is_replaced: bool = False
    is_uncertain: bool = False

    @property
    def name(self) -> str:
        """The word in it that nobody else has."""
        return self.text.partition(" ")[0]

    @property
    def must_be_kept(self) -> bool:
        """Whether it is to be found in the database, once."""
        if self.message is not None:
            return not self.message.is_deleted and not self.is_replaced
        return self.is_acknowledged and not self.is_replaced and not self.is_uncertain

    @property
    def must_be_gone(self) -> bool:
        """Whether it is to be found nowhere."""
        if self.message is not None:
            return not self.must_be_kept
        return self.is_replaced and not self.is_uncertain


@dataclass
class Writings:
    """All that was written, by its text."""

    by_text: dict[str, Writing] = field(default_factory=dict)

    def add(self, kind: Kind, writer: Person, message: Message | None = None, text: str = "") -> Writing:
        """Something new; without a `text`, with one that is nobody else's."""
        text = text or self.new_text()
        self.by_text[text] = Writing(kind, text, writer, message)
        return self.by_text[text]

    def new_text(self) -> str:
        """A text that nobody wrote yet."""
        return f"{COMMON_WORD}{len(self.by_text):03d} <b>& @iedereen"
