"""A text that people read, in each of the three languages."""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.rules.typography import printed

Language = Literal["nl", "en", "fr"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Shape(BaseModel):
    """The base of everything read from a data file: frozen, and a stranger's key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Text(Shape):
    """The same words in Dutch, English and French; none may be missing or empty."""

    nl: Words
    en: Words
    fr: Words

    def in_(self, language: Language) -> str:
        """The words in one language, as they are shown."""
        return printed(getattr(self, language), language)
