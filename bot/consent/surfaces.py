"""What the form of an objection knows. A button about a proposal points at it by its id alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.core.parts import Json


@dataclass(frozen=True)
class ObjectionForm:
    """The form in which a member objects to a proposal; its one field is `WORDS`, of at most `LONGEST` characters."""

    WORDS: ClassVar[str] = "words"
    LONGEST: ClassVar[int] = 1000

    proposal: str

    def to_metadata(self) -> Json:
        """What comes back with the form."""
        return {"proposal": self.proposal}

    @classmethod
    def from_metadata(cls, pointers: Json) -> "ObjectionForm":
        """What `to_metadata` wrote; a proposal that is none is refused when it is loaded."""
        return cls(str(pointers.get("proposal")))

    @classmethod
    def read_words(cls, fields: Mapping[str, Any]) -> str:
        """What the member wrote."""
        return str(fields.get(cls.WORDS) or "")
