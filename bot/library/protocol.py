"""A protocol as data: an ordered list of steps, exactly as its YAML file names things.

Shape is checked here; what steps may ask of each other is checked in `bot.library.findings`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, Strict, StringConstraints, model_validator

from bot.core.text import FrozenModel, Language, Line, Text
from bot.core.window import Window
from bot.library.enums import (
    Addressing,
    CasePlace,
    Closes,
    Facilitation,
    Kind,
    Names,
    Need,
    Optional,
    Order,
    OurRule,
    OwnerMode,
    Rating,
    Reveal,
    Role,
    Source,
)
from bot.library.example import Example

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Count = Annotated[int, Strict(), Field(ge=0, le=100)]

ADDED_STEP: Final = "klankbord_evaluation"
"""The key of the step that Klankbord adds where a method has no evaluation of its own."""

LIVE: Final = Window.parse("PT5M")
"""How long people talk in a step whose file does not say so."""


class Origin(FrozenModel):
    """Whom the method owes, and under which licence its texts are here; `notes`: what is disputed, and what is ours."""

    credit: Line | Text
    licence: Line
    notes: Text | None = None

    def credit_in(self, language: Language) -> str:
        """Names are the same everywhere; words around them may be in each language."""
        return self.credit if isinstance(self.credit, str) else self.credit.in_(language)


class Group(FrozenModel):
    """How many people a case needs, the owner among them."""

    min: Annotated[int, Strict(), Field(ge=2, le=50)]
    max: Annotated[int, Strict(), Field(ge=2, le=50)]

    @model_validator(mode="after")
    def _max_not_below_min(self) -> Self:
        if self.max < self.min:
            raise ValueError(f"max {self.max} is below min {self.min}: turn them round")
        return self


class Exemption(FrozenModel):
    """One of our rules that the method breaks: why, and who says so."""

    rule: OurRule
    reason: Text
    source: Line


class SeriesRule(FrozenModel):
    """Everybody who joins brings a question: linked cases, each with another owner, `at_once` of them at a time."""

    at_once: Annotated[int, Strict(), Field(ge=1, le=10)] = 1


class FormField(FrozenModel):
    """One extra question in a form: a text, or a scale from 0 to `scale`."""

    key: Key
    label: Text
    withheld_until: Key | None = None
    scale: Annotated[int, Strict(), Field(ge=1, le=10)] | None = None
    required: bool = True


class About(FrozenModel):
    """Which contributions this step answers or rates."""

    steps: tuple[Key, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = ()
    rated: tuple[Rating, ...] = ()


class PerPerson(FrozenModel):
    """How many contributions one person gives; no `max` means as many as there are to answer."""

    min: Count = 1
    max: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _max_not_below_min(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max {self.max} is below min {self.min}: turn them round")
        return self


def _per_person(step: dict[str, Any]) -> PerPerson:
    """One each, unless the step answers others: then one for each of those."""
    return PerPerson(min=1, max=None if step.get("about") else 1)


class Step(FrozenModel):
    """One step: who may write what, until when, and when the others see it."""

    key: Key
    name: Text
    ask: Text
    good: Text | None = None
    poor: Text | None = None
    who: tuple[Role, ...]
    kinds: tuple[Kind, ...]
    part_of: Key | None = None
    together_with: Key | None = None
    about: About | None = None
    fields: tuple[FormField, ...] = ()
    reveal: Reveal = Reveal.SIMULTANEOUS
    names: Names = Names.SHOWN
    per_person: PerPerson = Field(default_factory=_per_person)
    order: Order = Order.ANY
    window: Window | None = None
    live: Window | None = None
    closes: Closes = Closes.EARLY
    owner: OwnerMode = OwnerMode.SPEAKS
    addressing: Addressing = Addressing.SECOND_PERSON
    optional: Literal[False, Optional.INCLUDED, Optional.LEFT_OUT] = False
    keep: Window | None = None
    source: Source = Source.ATTESTED

    @property
    def reading_only(self) -> bool:
        """Whether nobody writes here."""
        return not self.who

    @property
    def talks(self) -> bool:
        """Whether several people here build on each other: all show what they say at once, and may say more."""
        at_once = self.reveal == Reveal.IMMEDIATE and self.names == Names.SHOWN
        return at_once and self.closes == Closes.EARLY and self.per_person.max != 1

    @property
    def added_by_klankbord(self) -> bool:
        """Whether the step is no part of the method, and must be shown so."""
        return self.key == ADDED_STEP


class Protocol(FrozenModel):
    """A method of intervision. `model_dump(mode="json")` gives what `model_validate` takes."""

    key: Key
    version: Annotated[int, Strict(), Field(ge=1)]
    name: Text
    origin: Origin
    choose_when: Text
    avoid_when: Text | None = None
    needs: tuple[Need, ...] = ()
    group: Group
    facilitator: Facilitation = Facilitation.ALSO_PEER
    place: CasePlace = CasePlace.CHANNEL
    series: SeriesRule | None = None
    variant_of: Key | None = None
    fields: tuple[FormField, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    example: Example | None = None

    def step(self, key: str) -> Step:
        """The step with this key; KeyError if there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def window_of(self, step: Step) -> Window:
        """How long a step is open: its own window, else that of the step it goes together with."""
        if step.window is not None:
            return step.window
        other = self.step(step.together_with) if step.together_with else step
        return other.window or Window()

    def is_talk(self, step: Step) -> bool:
        """Whether several people may build on each other in a step, and those that go together with it."""
        pair = {step.key, step.together_with}
        side_by_side = [one for one in self.steps if one.talks and (one.key in pair or one.together_with == step.key)]
        roles = {role for one in side_by_side for role in one.who}
        return step.talks and (len(roles) > 1 or (Role.PEER in roles and self.group.max > 2))

    def live_of(self, step: Step) -> Window:
        """How long a step takes where people talk: what its file says, else five minutes."""
        return step.live or LIVE

    @property
    def live_minutes(self) -> int:
        """How long the whole takes where people talk, optional steps included."""
        apart = [step for step in self.steps if not step.together_with]
        return int(sum(((self.live_of(step).plain or timedelta()) for step in apart), timedelta()).total_seconds() / 60)

    def numbered(self) -> tuple[tuple[Step, ...], ...]:
        """The steps as people count them: each with its parts after it."""
        firsts = [step for step in self.steps if step.part_of is None]
        return tuple((first, *(part for part in self.steps if part.part_of == first.key)) for first in firsts)

    @property
    def working_days(self) -> float:
        """The sum of the windows if nothing closes early, optional steps included."""
        return sum(step.window.working_days for step in self.steps if step.window and not step.together_with)


def steps_in_order(protocol: Protocol) -> tuple[Step, ...]:
    """The steps as they are played: in the order of the file, each with its parts right after it."""
    parts = {step.key: [part for part in protocol.steps if part.part_of == step.key] for step in protocol.steps}
    played: list[Step] = []
    ahead = [step for step in protocol.steps if step.part_of is None]
    while ahead:
        step = ahead.pop(0)
        played.append(step)
        ahead[:0] = parts[step.key]
    return tuple(played)


def steps_together(protocol: Protocol, key: str) -> frozenset[str]:
    """The keys of the steps that open and close with this one, itself among them."""
    pairs = [{step.key, step.together_with} for step in protocol.steps if step.together_with]
    keys, found = frozenset[str](), frozenset({key})
    while keys != found:
        keys = found
        found = found.union(*(pair for pair in pairs if pair & keys))
    return keys
