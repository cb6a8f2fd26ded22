"""What the form of a case knows, and what came back in it. It may be forged: it is checked where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.core.common_fields import LANGUAGE_FIELD as LANGUAGE
from bot.core.errors import Refusal
from bot.core.parts import Json, join_fields
from bot.intervision.form_surfaces import FORM_TOKEN, clean_text, new_form_token
from bot.intervision.rules.fields import numbers_on_scale
from bot.library.protocol import FormField, Protocol

STORY_FIELDS: Final = ("story_happened", "story_did", "story_tried")
METHOD: Final = "method"
TITLE_LENGTH: Final = 120


def intake_field_id(key: str) -> str:
    """The name of a field that a method asks."""
    return f"field:{key}"


def method_field(wish: str) -> str:
    """The name of the field for the method. It differs for each wish: a field that keeps its name keeps its choice."""
    return f"{METHOD}:{wish}" if wish else METHOD


_KNOWN: Final = ("series", "method", "theme", "wish", "wide")


@dataclass(frozen=True)
class IntakeFormState:
    """A form to bring a case: for which circle, by our id, and in which `series`, by the id of its first case.

    The second form knows what was chosen in the first: the method and the theme, and what led to that method. It is
    `wide` ("yes", else empty) once there is room for a longer story than the method's boxes hold.
    """

    circle: int
    form: str = field(default_factory=new_form_token)
    series: str = ""
    method: str = ""
    theme: str = ""
    wish: str = ""
    wide: str = ""

    @classmethod
    def from_metadata(cls, pointers: Json) -> IntakeFormState:
        """From what came back with the form; refuses what no form of ours says."""
        circle, form = pointers.get("circle"), str(pointers.get("form"))
        if type(circle) is not int or not FORM_TOKEN.fullmatch(form):
            raise Refusal("common.outdated")
        return cls(circle, form, **{name: str(pointers.get(name) or "") for name in _KNOWN})

    def to_metadata(self) -> Json:
        """What travels with the form."""
        more = {name: getattr(self, name) for name in _KNOWN if getattr(self, name)}
        return {"circle": self.circle, "form": self.form, **more}

    @property
    def place_of_draft(self) -> str:
        """Where a draft of this form is kept."""
        return f"intake:{self.circle}:{self.series}" if self.series else f"intake:{self.circle}"

    def with_choices(self, asked: IntakeAnswers) -> IntakeFormState:
        """This form, which knows what was chosen."""
        return replace(self, method=asked.method, theme=asked.theme, wish=asked.wish)


@dataclass(frozen=True)
class IntakeAnswers:
    """What the intake form says. `fields` is all of it by the names of its fields."""

    title: str = ""
    question: str = ""
    theme: str = ""
    wish: str = ""
    method: str = ""
    language: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> IntakeAnswers:
        """From the fields of the form, of which the open one may lack some."""
        given = {name: str(value or "") for name, value in fields.items()}
        plain = {name: given.get(name, "") for name in ("title", "question", "theme", "wish")}
        method, language = given.get(method_field(plain["wish"]), ""), given.get(LANGUAGE, "")
        return cls(**plain, method=method, language=language, fields=given)

    def with_choices(self, form: IntakeFormState) -> IntakeAnswers:
        """These answers, with what was chosen in the form before."""
        chosen = {name: getattr(self, name) or getattr(form, name) for name in ("method", "theme", "wish")}
        return replace(self, **chosen)

    @property
    def texts(self) -> dict[str, str]:
        """What was written, without what was chosen or left open."""
        asked = ("title", "question", *STORY_FIELDS)
        return {
            name: text
            for name, text in self.fields.items()
            if (name in asked or name.startswith(intake_field_id(""))) and clean_text(text)
        }

    @property
    def one_story(self) -> str:
        """The story, in one piece."""
        return join_fields(clean_text(self.fields.get(name)) for name in STORY_FIELDS)

    def was_asked(self, *names: str) -> bool:
        """Whether the form had these fields; one that was sent while its method changed may have had others."""
        return set(names) <= set(self.fields)

    def answers_for(self, protocol: Protocol) -> dict[str, str]:
        """What was answered to the fields of a method, by key; nothing where there is nothing to read."""
        answers = {asked.key: self._answer(asked) for asked in protocol.fields}
        return {key: text for key, text in answers.items() if text}

    def _answer(self, asked: FormField) -> str:
        text = clean_text(self.fields.get(intake_field_id(asked.key)))
        return text if asked.scale is None or text in numbers_on_scale(asked.scale) else ""
