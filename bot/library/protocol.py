"""A protocol as data: an ordered list of steps, with the names of its YAML file.

The shape is checked here; how steps fit together is checked in `bot.library.findings`.
"""

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

LIVE: Final = Window.parse("PT5M")
"""How long people talk in a step whose file does not say how long."""


class Origin(FrozenModel):
    """The authors of the method, and the licence of its texts. `notes`: what is disputed, and what we added."""

    credit: Line | Text
    licence: Line
    notes: Text | None = None

    def credit_in(self, language: Language) -> str:
        """The credit in a language; it may be the same text for all."""
        return self.credit if isinstance(self.credit, str) else self.credit.in_(language)


class Group(FrozenModel):
    """How many people take part in a case, with the owner."""

    min: Annotated[int, Strict(), Field(ge=2, le=50)]
    max: Annotated[int, Strict(), Field(ge=2, le=50)]

    @model_validator(mode="after")
    def _max_not_below_min(self) -> Self:
        if self.max < self.min:
            raise ValueError(f"max {self.max} is below min {self.min}: turn them round")
        return self


class Exemption(FrozenModel):
    """One of our rules that the method breaks, with the reason and its source."""

    rule: OurRule
    reason: Text
    source: Line


class SeriesRule(FrozenModel):
    """Everybody who joins brings a question: linked cases with an owner each, at most `at_once` at the same time."""

    at_once: Annotated[int, Strict(), Field(ge=1, le=10)] = 1


class FormField(FrozenModel):
    """One extra question in a form: a text, or a scale from 0 to `scale`."""

    key: Key
    label: Text
    withheld_until: Key | None = None
    scale: Annotated[int, Strict(), Field(ge=1, le=10)] | None = None
    required: bool = True


class IntakeBox(FrozenModel):
    """One box in which the owner writes a part of the story."""

    key: Key
    label: Text
    hint: Text | None = None
    required: bool = True


class Intake(FrozenModel):
    """What the owner writes to bring a case. A method that says nothing has one free box."""

    boxes: tuple[IntakeBox, ...] = Field(min_length=1, max_length=3)


class About(FrozenModel):
    """The contributions that this step answers or rates."""

    steps: tuple[Key, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = ()
    rated: tuple[Rating, ...] = ()


class PerPerson(FrozenModel):
    """How many contributions one person gives. Without `max`: as many as there are to answer."""

    min: Count = 1
    max: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _max_not_below_min(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max {self.max} is below min {self.min}: turn them round")
        return self


def _default_per_person(step: dict[str, Any]) -> PerPerson:
    """The default: one each; in a step that answers others, one for each of those."""
    return PerPerson(min=1, max=None if step.get("about") else 1)


class Step(FrozenModel):
    """One step: who may write what, how long, and when others see it. `label` is what people call what they write.

    `watch` is for who leads: what to look out for, and a sentence to bridge with.
    """

    key: Key
    name: Text
    label: Text | None = None
    ask: Text
    good: Text | None = None
    poor: Text | None = None
    watch: Text | None = None
    who: tuple[Role, ...]
    kinds: tuple[Kind, ...]
    part_of: Key | None = None
    together_with: Key | None = None
    about: About | None = None
    fields: tuple[FormField, ...] = ()
    reveal: Reveal = Reveal.SIMULTANEOUS
    names: Names = Names.SHOWN
    per_person: PerPerson = Field(default_factory=_default_per_person)
    order: Order = Order.ANY
    window: Window | None = None
    live: Window | None = None
    closes: Closes = Closes.EARLY
    owner: OwnerMode = OwnerMode.SPEAKS
    addressing: Addressing = Addressing.SECOND_PERSON
    optional: Literal[False, Optional.INCLUDED, Optional.LEFT_OUT] = False
    keep: Window | None = None
    source: Source = Source.ATTESTED

    def label_in(self, language: Language) -> str:
        """What people call what they write here; the name of the step if its file does not say."""
        return (self.label or self.name).in_(language)

    @property
    def reading_only(self) -> bool:
        """True if nobody writes here."""
        return not self.who

    @property
    def talks(self) -> bool:
        """True if people react to each other: contributions appear at once with a name, and may be several."""
        at_once = self.reveal == Reveal.IMMEDIATE and self.names == Names.SHOWN
        return at_once and self.closes == Closes.EARLY and self.per_person.max != 1


class Protocol(FrozenModel):
    """A method of intervision. `model_validate` reads what `model_dump(mode="json")` writes."""

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
    intake: Intake | None = None
    fields: tuple[FormField, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    example: Example | None = None

    def step(self, key: str) -> Step:
        """The step with this key. Raises `KeyError` if there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def window_of(self, step: Step) -> Window:
        """How long a step is open: its own window, else the window of the step that it goes together with."""
        if step.window is not None:
            return step.window
        other = self.step(step.together_with) if step.together_with else step
        return other.window or Window()

    def is_talk(self, step: Step) -> bool:
        """True if several people may react to each other in a step, or in the steps that are open with it."""
        pair = {step.key, step.together_with}
        side_by_side = [one for one in self.steps if one.talks and (one.key in pair or one.together_with == step.key)]
        roles = {role for one in side_by_side for role in one.who}
        return step.talks and (len(roles) > 1 or (Role.PEER in roles and self.group.max > 2))

    def live_of(self, step: Step) -> Window:
        """How long a step takes in a case that people hold live: as its file says, else five minutes."""
        return step.live or LIVE

    @property
    def live_minutes(self) -> int:
        """How many minutes a live case takes, with the optional steps."""
        apart = [step for step in self.steps if not step.together_with]
        return int(sum(((self.live_of(step).plain or timedelta()) for step in apart), timedelta()).total_seconds() / 60)

    def numbered(self) -> tuple[tuple[Step, ...], ...]:
        """The steps as people count them: each with its parts."""
        firsts = [step for step in self.steps if step.part_of is None]
        return tuple((first, *(part for part in self.steps if part.part_of == first.key)) for first in firsts)

    @property
    def working_days(self) -> float:
        """The sum of the windows if no step closes early, with the optional steps."""
        return sum(step.window.working_days for step in self.steps if step.window and not step.together_with)


def steps_in_order(protocol: Protocol) -> tuple[Step, ...]:
    """The steps in the order of play: that of the file, but each step is followed by its parts."""
    parts = {step.key: [part for part in protocol.steps if part.part_of == step.key] for step in protocol.steps}
    played: list[Step] = []
    ahead = [step for step in protocol.steps if step.part_of is None]
    while ahead:
        step = ahead.pop(0)
        played.append(step)
        ahead[:0] = parts[step.key]
    return tuple(played)


def steps_together(protocol: Protocol, key: str) -> frozenset[str]:
    """The keys of the steps that open and close with this one, and its own."""
    pairs = [{step.key, step.together_with} for step in protocol.steps if step.together_with]
    keys, found = frozenset[str](), frozenset({key})
    while keys != found:
        keys = found
        found = found.union(*(pair for pair in pairs if pair & keys))
    return keys
