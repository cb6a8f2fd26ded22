"""The example dialogue of a protocol: shown as help, and played in the demo and in tests."""

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.core.text import FrozenModel, Line, Text
from bot.library.enums import Kind, Rating, Role


class ExamplePeople(FrozenModel):
    """The people of the example, by role. A facilitator may be among the peers."""

    owner: Line
    facilitator: Line | None = None
    peers: tuple[Line, ...] = Field(min_length=1)
    observers: tuple[Line, ...] = ()

    def roles_of(self, name: str) -> frozenset[Role]:
        """The roles of a person; empty for somebody who is not in the example."""
        return frozenset(role for role, names in self._by_role().items() if name in names)

    def all_names(self) -> frozenset[str]:
        """The names of all people in the example."""
        return frozenset(name for names in self._by_role().values() for name in names)

    def _by_role(self) -> dict[Role, tuple[str, ...]]:
        return {
            Role.OWNER: (self.owner,),
            Role.FACILITATOR: (self.facilitator,) if self.facilitator else (),
            Role.PEER: self.peers,
            Role.OBSERVER: self.observers,
        }


class ExampleIntake(FrozenModel):
    """What the owner fills in at the start; it becomes the first `case_story`."""

    title: Text
    question: Text
    situation: Text
    fields: dict[str, Text] = Field(default_factory=dict)


class ExampleLine(FrozenModel):
    """One contribution, or one pass. `about` is the `id` of an earlier line. A rating has a `rating` and no text.

    In a step with fields, `fields` holds the text of each field that is filled in; a `text` goes into the first field.
    """

    id: Line | None = None
    in_: Line = Field(alias="in")
    by: Line
    kind: Kind | None = None
    text: Text | None = None
    fields: dict[str, Text | int] = Field(default_factory=dict)
    rating: Rating | None = None
    about: Line | None = None
    does: Literal["pass"] | None = None

    @model_validator(mode="after")
    def _contributes_or_passes(self) -> Self:
        if (self.kind is Kind.RATING) != (self.rating is not None) or (self.rating and self.text):
            raise ValueError('a line of kind "rating" has "rating: warm", "lukewarm" or "cold", and no "text"')
        if self.does == "pass" and (self.kind or self.text or self.fields):
            raise ValueError('a line either says something or passes: remove "does", or remove "kind" and "text"')
        if self.does is None and not (self.kind and (self.text or self.fields or self.rating)):
            raise ValueError('a line needs "kind" and "text", or "does: pass"')
        return self


class Example(FrozenModel):
    """A whole short dialogue."""

    people: ExamplePeople
    intake: ExampleIntake
    lines: tuple[ExampleLine, ...] = Field(min_length=1)
