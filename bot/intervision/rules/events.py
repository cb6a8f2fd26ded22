"""What can happen to a case: a button, a form and the clock are three ways to say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.intervision.rules.case import PASS, Pace
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.library.enums import Role


@dataclass(frozen=True)
class Joined:
    """A person offers to take a role while the case invites; a facilitator who is also peer gets both roles."""

    person: int
    role: Role = Role.PEER


@dataclass(frozen=True)
class Started:
    """The owner starts. `story` is the id of the intake; `optional` the optional steps chosen (None: the defaults).

    `beforehand` is what the intake holds for later steps: the step's key by the id of what waits for it.
    `pace` is how they go through it: writing over days, or talking now.
    """

    by: int
    story: str
    optional: frozenset[str] | None = None
    beforehand: Mapping[str, str] = field(default_factory=dict)
    pace: Pace = Pace.CALM


@dataclass(frozen=True)
class TurnCame:
    """A case that waited in its series begins, with these people to think along; the rest is as in `Started`."""

    story: str
    peers: tuple[int, ...]
    beforehand: Mapping[str, str] = field(default_factory=dict)
    pace: Pace = Pace.CALM


@dataclass(frozen=True)
class Contributed:
    """A form was sent. The same id a second time does nothing."""

    id: str
    author: int
    step: str
    kind: str
    about: str | None = None
    rating: str | None = None


@dataclass(frozen=True)
class Revised:
    """An author changes a contribution; `rating` is the new one where the step rates."""

    id: str
    author: int
    rating: str | None = None


@dataclass(frozen=True)
class Withdrawn:
    """An author takes a contribution back while its step is open. A second time does nothing."""

    id: str
    author: int


@dataclass(frozen=True)
class Passed:
    """A person has nothing to add: in the whole step, or about one contribution."""

    author: int
    step: str
    about: str | None = None

    @property
    def id(self) -> str:
        """The same pass has the same id, so that pressing twice makes one."""
        return ":".join((PASS, self.step, str(self.author), self.about or ""))


@dataclass(frozen=True)
class NextPressed:
    """Somebody presses next on the card of this step; nothing happens if that step is no longer open."""

    by: int
    step: str


@dataclass(frozen=True)
class Facilitated:
    """The facilitator skips the open step, gives it more time, goes back to the one before, or chooses another pace."""

    by: int
    step: str
    how: FacilitatorAction


@dataclass(frozen=True)
class OwnerReady:
    """The owner presses *I am ready* for what was written while away."""

    by: int
    step: str


class WakeUp(StrEnum):
    """How an owner wakes a case that lies still: go on with the step, leave it out, or end with what there is."""

    GO_ON = "go_on"
    SKIP = "skip"
    END = "end"


@dataclass(frozen=True)
class WokenUp:
    """The owner wakes a case that lies still; nothing happens if it does not."""

    by: int
    how: WakeUp


@dataclass(frozen=True)
class GroupSaidStillThere:
    """Somebody of the group says that it is still there, while the case lies still; once is enough."""

    by: int


@dataclass(frozen=True)
class MoreTimeAsked:
    """Somebody who may write in this step asks for one working day more, for everybody."""

    by: int
    step: str


@dataclass(frozen=True)
class TimePassed:
    """Time passed: what is due happens."""


@dataclass(frozen=True)
class PersonLeft:
    """A person left the case, or the workspace."""

    person: int


@dataclass(frozen=True)
class Stopped:
    """The owner or the facilitator ends the case."""

    by: int


Event = (
    Joined
    | Started
    | TurnCame
    | Contributed
    | Revised
    | Withdrawn
    | Passed
    | NextPressed
    | Facilitated
    | OwnerReady
    | WokenUp
    | GroupSaidStillThere
    | MoreTimeAsked
    | TimePassed
    | PersonLeft
    | Stopped
)
