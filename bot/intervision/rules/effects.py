"""What follows from an event: what is kept, what appears, and when something happens by itself next."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, Contribution, StopReason


@dataclass(frozen=True)
class CaseStarted:
    """The case runs; `opens_at` is when its first card appears, or None if it appears now."""

    opens_at: datetime | None


@dataclass(frozen=True)
class RolesChanged:
    """Somebody came, left or got another role."""


@dataclass(frozen=True)
class ContributionKept:
    """A contribution or a pass is new."""

    contribution: Contribution


@dataclass(frozen=True)
class ContributionChanged:
    """Its words or its rating changed; if it was revealed, what is posted must follow."""

    id: str
    revealed: bool


@dataclass(frozen=True)
class ContributionRemoved:
    """It was taken back; if it was revealed, what is posted must go."""

    id: str
    revealed: bool


@dataclass(frozen=True)
class StepOpened:
    """A card appears."""

    step: str
    closes_at: datetime


@dataclass(frozen=True)
class StepSkipped:
    """There is nothing to do in this step: nothing to answer, or nobody with its role."""

    step: str


@dataclass(frozen=True)
class StepExtended:
    """More time for this step: `by_itself`, as its owner wrote nothing yet, or since somebody asked for it."""

    step: str
    closes_at: datetime
    by_itself: bool = False


@dataclass(frozen=True)
class CaseLiesStill:
    """The owner was silent in this step: nothing happens before the owner wakes the case, or `until` it ends."""

    step: str
    until: datetime


@dataclass(frozen=True)
class GroupIsStillThere:
    """Somebody said, while the case lies still in this step, that the group is still there."""

    step: str


@dataclass(frozen=True)
class CaseWokeUp:
    """Its owner woke the case, which lay still in this step."""

    step: str


@dataclass(frozen=True)
class TimeIsUp:
    """Live: the time of this step is over. It stays open until somebody presses next."""

    step: str


@dataclass(frozen=True)
class TurnPassed:
    """It is now the turn of this person; the first turn is part of the opening of the step."""

    step: str
    person: int


@dataclass(frozen=True)
class StepClosed:
    """Nobody writes in this step any more."""

    step: str


@dataclass(frozen=True)
class Revealed:
    """These contributions are posted for all, in this order; shuffled first where names are hidden."""

    step: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class RevealedToOwner:
    """The owner alone may read these now."""

    step: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class HeldForOwner:
    """These are posted when the owner says to be ready; the others may read them in their form."""

    step: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class AuthorsForgotten:
    """The link between these contributions and who wrote them is to be destroyed, passes included."""

    step: str


@dataclass(frozen=True)
class DueChanged:
    """When something happens by itself next; None: never."""

    at: datetime | None


@dataclass(frozen=True)
class CaseClosed:
    """The case is finished: its last step closed, or it ended with what there is, for this reason."""

    reason: StopReason | None = None


@dataclass(frozen=True)
class CaseStopped:
    """The case ended before its last step."""

    reason: StopReason


Effect = (
    CaseStarted
    | RolesChanged
    | ContributionKept
    | ContributionChanged
    | ContributionRemoved
    | StepOpened
    | StepSkipped
    | StepExtended
    | CaseLiesStill
    | GroupIsStillThere
    | CaseWokeUp
    | TimeIsUp
    | TurnPassed
    | StepClosed
    | Revealed
    | RevealedToOwner
    | HeldForOwner
    | AuthorsForgotten
    | DueChanged
    | CaseClosed
    | CaseStopped
)


@dataclass(frozen=True)
class Decision:
    """The case as it is now, and what must follow, in order."""

    case: Case
    effects: tuple[Effect, ...] = ()


@dataclass
class CaseRun:
    """A decision in the making: the case as it becomes, and what follows so far. `calendar` is that of the circle."""

    case: Case
    now: datetime
    calendar: Calendar
    effects: list[Effect] = field(default_factory=list)
