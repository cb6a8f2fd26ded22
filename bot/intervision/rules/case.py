"""One intervision as a value: who is in it, how far it is, what was written. Ids only, never people's words.

What can happen to it is in `events`, what follows in `effects`, who may do what in `permissions`, and the machine
itself in `machine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.library.enums import Kind, Names, Optional, OwnerMode, Reveal, Role
from bot.library.protocol import Protocol, Step

PASS: Final = "pass"  # noqa: S105
"""The kind of "nothing to add": a full contribution without words."""

BEFOREHAND: Final = "beforehand"
"""The kind of what the owner wrote in the intake for a later step: nobody else reads it before that step opens."""


# The moments of a step's state, and the name of `StepState.next_pace` in the JSON of its row.
_MOMENTS: Final = ("opened_at", "deadline", "closes_at", "closed_at", "rung_at", "turn_until", "reopened_at")
_NEXT_PACE: Final = "then"


class CaseState(StrEnum):
    """How far a case is; one that waits is in a series, and begins when its turn comes."""

    INVITING = "inviting"
    WAITING = "waiting"
    RUNNING = "running"
    CLOSED = "closed"
    STOPPED = "stopped"


class Pace(StrEnum):
    """How a group goes through a case: writing, over working days; or talking, now, while the bot keeps the time."""

    CALM = "calm"
    LIVE = "live"


class StepPhase(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"


class StopReason(StrEnum):
    """Why a case ended before its last step. One that lay still is finished with what there is; the rest stop."""

    STOPPED = "stopped"
    LAY_STILL = "lay_still"
    OWNER_LEFT = "owner_left"
    TOO_FEW = "too_few"
    QUIET = "quiet"


@dataclass(frozen=True)
class Contribution:
    """What somebody wrote in a step, without the words.

    `author` is None once the names of its step were hidden for good. `revealed` means: posted for all in the case.
    """

    id: str
    step: str
    author: int | None
    kind: str
    about: str | None
    revealed: bool
    at: datetime
    rating: str | None = None

    @property
    def is_pass(self) -> bool:
        """Whether it says "nothing to add"."""
        return self.kind == PASS

    @property
    def is_beforehand(self) -> bool:
        """Whether it waited for its step since the intake."""
        return self.kind == BEFOREHAND


@dataclass(frozen=True)
class StepState:
    """The state of one step of a case.

    `deadline` is the end of its window; `closes_at` is when it will close, which is sooner once everyone is done
    and the case waits for the working day. `extended`: a second window was given. `pressed`: somebody pressed next.
    `next_pace` is the pace that was chosen for what follows.
    Live, nothing closes by itself: `rung_at` is when the bot said that the time was over, `closes_at` when it speaks
    up next. Where people write one after the other, `turns` are those whose turn is still to come, the first of whom
    may write until `turn_until`. `wiped`: its words lived shorter than the case, and are gone. `reopened_at`: the
    facilitator went back to it then, after it had closed; `done_again` are those who wrote or passed since. That shows
    nowhere: a step in which only this differs is the same.
    """

    key: str
    state: StepPhase = StepPhase.WAITING
    opened_at: datetime | None = None
    deadline: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    extended: bool = False
    pressed: bool = False
    rung_at: datetime | None = None
    next_pace: Pace | None = None
    turns: tuple[int, ...] = ()
    turn_until: datetime | None = None
    wiped: bool = False
    reopened_at: datetime | None = None
    done_again: tuple[int, ...] = field(default=(), compare=False)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> StepState:
        """From what `to_json` gave."""
        moments = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in _MOMENTS}
        people = {name: tuple(kept[name]) for name in ("turns", "done_again")}
        pace = Pace(kept[_NEXT_PACE]) if kept[_NEXT_PACE] else None
        rest = {name: value for name, value in kept.items() if name != _NEXT_PACE}
        return cls(**{**rest, **moments, **people, "state": StepPhase(kept["state"]), "next_pace": pace})

    def to_json(self) -> dict[str, Any]:
        """As the row of the case keeps it."""
        kept = {_NEXT_PACE if name == "next_pace" else name: value for name, value in vars(self).items()}
        moments = {name: kept[name].isoformat() if kept[name] else None for name in _MOMENTS}
        return {**kept, "state": self.state.value, "turns": [*self.turns], "done_again": [*self.done_again], **moments}

    @property
    def is_put_back(self) -> bool:
        """Whether people could write here and will again: the facilitator went back to it, or behind it."""
        return self.state == StepPhase.WAITING and self.opened_at is not None


@dataclass(frozen=True)
class Case:
    """Everything the step machine knows of one case. `opens_at`: when the next step opens, if none is open now.

    `arrived` is everybody who ever joined, in that order. `lies_still_until`: its owner was silent, and it ends then
    if the owner does not wake it; `is_group_there`: meanwhile somebody said that the group still is.
    """

    protocol: Protocol
    state: CaseState
    roles: Mapping[Role, frozenset[int]]
    steps: tuple[StepState, ...]
    contributions: tuple[Contribution, ...] = ()
    opens_at: datetime | None = None
    pace: Pace = Pace.CALM
    arrived: tuple[int, ...] = ()
    lies_still_until: datetime | None = None
    is_group_there: bool = False

    @property
    def is_live(self) -> bool:
        """Whether its people talk, and the bot only keeps the time."""
        return self.pace == Pace.LIVE

    @property
    def owner(self) -> int | None:
        """The person whose case it is; None only when that person left."""
        return next(iter(self.roles.get(Role.OWNER, frozenset())), None)

    @property
    def people(self) -> frozenset[int]:
        """Everybody who has a role."""
        return frozenset().union(*self.roles.values())

    @property
    def begun(self) -> bool:
        """Whether its first card may have appeared: it runs, or it did."""
        return self.state not in (CaseState.INVITING, CaseState.WAITING)

    @property
    def group(self) -> frozenset[int]:
        """Who counts for the size a method asks: observers come along beside it."""
        return self.holding(Role.OWNER, Role.FACILITATOR, Role.PEER)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (CaseState.CLOSED, CaseState.STOPPED)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps in which people may write now."""
        return tuple(self.step(each.key) for each in self.steps if each.state == StepPhase.OPEN)

    def step(self, key: str) -> Step:
        """The step with this key, as its protocol has it; KeyError if there is none."""
        for each in self.protocol.steps:
            if each.key == key:
                return each
        raise KeyError(key)

    def is_open(self, key: str) -> bool:
        """Whether people can write in this step now."""
        return not self.over and self.state_of(key).state == StepPhase.OPEN

    def takes_words(self, key: str) -> bool:
        """Whether what somebody writes in this step counts: it is open, or put back, and then it appears later."""
        state = self.state_of(key)
        return not self.over and (state.state == StepPhase.OPEN or state.is_put_back)

    def state_of(self, key: str) -> StepState:
        """The state of the step with this key; KeyError if there is no such step."""
        for each in self.steps:
            if each.key == key:
                return each
        raise KeyError(key)

    def steps_as_json(self) -> list[Any]:
        """The states of the steps, as the row of the case keeps them."""
        return [each.to_json() for each in self.steps]

    def holding(self, *roles: Role) -> frozenset[int]:
        """The people who have at least one of these roles."""
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in roles))

    def contributions_in(self, step: str, by: int | None = None) -> tuple[Contribution, ...]:
        """The contributions of a step that are no passes, in the order they came; of one person if `by` is given."""
        return tuple(c for c in self.contributions if c.step == step and not c.is_pass and by in (None, c.author))

    def said(self, step: str, by: int) -> tuple[Contribution, ...]:
        """What one person wrote in a step itself: without what waited there since the intake."""
        return tuple(c for c in self.contributions_in(step, by) if c.kind != BEFOREHAND)

    def passes(self, step: str, by: int) -> tuple[Contribution, ...]:
        """The passes of one person in a step."""
        return tuple(c for c in self.contributions if c.step == step and c.is_pass and c.author == by)

    def contribution(self, id: str) -> Contribution | None:
        """The contribution with this id, if it is there."""
        return next((c for c in self.contributions if c.id == id), None)

    def with_steps(self, keys: frozenset[str], **changes: object) -> Case:
        """The same case with these steps changed."""
        steps = tuple(replace(s, **changes) if s.key in keys else s for s in self.steps)  # type: ignore[arg-type]
        return replace(self, steps=steps)


def new_case(protocol: Protocol, owner: int, state: CaseState = CaseState.INVITING) -> Case:
    """A case that invites or waits: its owner alone, every step waiting, steps left out by default skipped."""
    steps = tuple(
        StepState(s.key, StepPhase.SKIPPED if s.optional == Optional.LEFT_OUT else StepPhase.WAITING)
        for s in protocol.steps
    )
    return Case(protocol, state, {Role.OWNER: frozenset({owner})}, steps, arrived=(owner,))


def with_options(case: Case, chosen: frozenset[str] | None) -> Case:
    """The same case before its first card, with these of the steps that may be left out; None for the defaults."""
    if chosen is None:
        return case
    optional = frozenset(step.key for step in case.protocol.steps if step.optional)
    left_out = case.with_steps(optional, state=StepPhase.SKIPPED)
    return left_out.with_steps(optional & chosen, state=StepPhase.WAITING)


def held_for_owner(step: Step) -> bool:
    """Whether the owner is away: others read along in their form, nothing is posted before the owner is ready."""
    return step.owner == OwnerMode.AWAY and step.reveal in (Reveal.IMMEDIATE, Reveal.SIMULTANEOUS)


def story_step(protocol: Protocol) -> Step | None:
    """The first step that holds the owner's story: it is filled from the intake."""
    return next((s for s in protocol.steps if Kind.CASE_STORY in s.kinds), None)


def shown_at_once(step: Step) -> bool:
    """Whether a contribution is posted as soon as it is written."""
    return step.reveal == Reveal.IMMEDIATE and step.names == Names.SHOWN and not held_for_owner(step)


def has_fields(step: Step, kind: str) -> bool:
    """Whether contributions of this kind are sets here; what the owner wrote in the intake is a text anywhere."""
    return bool(step.fields) and kind not in (BEFOREHAND, Kind.CASE_STORY)
