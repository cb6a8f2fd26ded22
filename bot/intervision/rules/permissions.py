"""Who may do what in a case, and who may read what.

The views ask before they show a button, `decide` asks again before it acts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.intervision.rules.case import Case, CaseState, Contribution, StepPhase, held_for_owner
from bot.intervision.rules.progress import done, owners_own, talking, targets, turns_left, unanswered, writers
from bot.intervision.rules.readers import Visibility, visibility
from bot.library.enums import Closes, Facilitation, Kind, Order, Reveal, Role
from bot.library.protocol import Protocol, Step


class Action(StrEnum):
    """What a person can ask of a case; `may` answers for each."""

    JOIN = "join"
    OBSERVE = "observe"
    START = "start"
    WRITE = "write"
    CHANGE = "change"
    PASS = "pass"  # noqa: S105
    CLOSE_STEP = "close_step"
    READY = "ready"
    STOP = "stop"


class Reason(StrEnum):
    """Why something may not be; the words for it are in the catalogues."""

    NOT_IN_CASE = "not_in_case"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOURS = "not_yours"
    NOT_YOUR_TURN = "not_your_turn"
    NOT_RUNNING = "not_running"
    ALREADY_STARTED = "already_started"
    ALREADY_IN = "already_in"
    STEP_NOT_OPEN = "step_not_open"
    STEP_NOT_CLOSED = "step_not_closed"
    NOT_BEFORE_ITS_TIME = "not_before_its_time"
    KIND_NOT_ALLOWED = "kind_not_allowed"
    TOO_MANY = "too_many"
    RATING_MISSING = "rating_missing"
    ABOUT_MISSING = "about_missing"
    ABOUT_UNKNOWN = "about_unknown"
    ALREADY_ANSWERED = "already_answered"
    ALREADY_WROTE = "already_wrote"
    STORY_NEEDED = "story_needed"
    GROUP_TOO_SMALL = "group_too_small"
    GROUP_TOO_LARGE = "group_too_large"
    NO_FACILITATOR_HERE = "no_facilitator_here"
    NO_OBSERVER_HERE = "no_observer_here"
    FACILITATOR_TAKEN = "facilitator_taken"
    ALREADY_EXTENDED = "already_extended"
    ALREADY_SO = "already_so"
    NOTHING_BEFORE = "nothing_before"
    WORDS_GONE = "words_gone"
    ONLY_OWNER = "only_owner"
    ONLY_FACILITATOR = "only_facilitator"
    ONLY_OTHERS = "only_others"
    LIES_STILL = "lies_still"


class NotAllowed(Exception):
    """Something may not be; nothing changed. `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def may(case: Case, person: int, action: Action, step: str | None = None, now: datetime | None = None) -> Reason | None:
    """Why a person may not do this now, or None if it may be done.

    `step` is the key of the step for WRITE, CHANGE, PASS, CLOSE_STEP and READY. What depends on the contents of the
    form (kind, what it is about) is only known to `decide`. Without `now`, a window counts as not yet over.
    """
    if action in (Action.JOIN, Action.OBSERVE):
        return _coming(case, person, action)
    if person not in case.people:
        return Reason.NOT_IN_CASE
    if action == Action.START:
        return _starting(case, person)
    if action == Action.STOP:
        return Reason.NOT_RUNNING if case.over else _leading(case, person)
    if action == Action.READY:
        return _being_ready(case, person, step)
    return _in_open_step(case, person, action, step, now)


def require(case: Case, person: int, action: Action, step: str | None = None) -> None:
    """Raises `NotAllowed` with the reason where `may` gives one."""
    if reason := may(case, person, action, step):
        raise NotAllowed(reason)


def no_such_role(protocol: Protocol, role: Role) -> Reason | None:
    """Why nobody can take this role in a case of this method, or None; in a series everybody brings a question."""
    if role == Role.FACILITATOR and (protocol.series or protocol.facilitator == Facilitation.NONE):
        return Reason.NO_FACILITATOR_HERE
    observed = any(Role.OBSERVER in step.who for step in protocol.steps)
    return Reason.NO_OBSERVER_HERE if role == Role.OBSERVER and (protocol.series or not observed) else None


def may_read(case: Case, person: int, contribution: Contribution) -> bool:
    """Whether a person may read a contribution now, wherever the bot would show it."""
    if person not in case.people:
        return False
    if contribution.author == person or contribution.revealed:
        return True
    step, state = case.protocol.step(contribution.step), case.state_of(contribution.step).state
    if contribution.is_pass:
        return False
    if held_for_owner(step) and person != case.owner:
        # Where names are hidden nobody reads along: what comes when would show who wrote it.
        return visibility(step) == Visibility.ALONG or state == StepPhase.CLOSED
    return step.reveal == Reveal.OWNER_ONLY and person == case.owner and state == StepPhase.CLOSED


def _coming(case: Case, person: int, action: Action) -> Reason | None:
    """Who observes takes no place in the group: its size is that of those who think along."""
    if case.state != CaseState.INVITING:
        return Reason.NOT_RUNNING if case.over else Reason.ALREADY_STARTED
    if action == Action.OBSERVE and (reason := no_such_role(case.protocol, Role.OBSERVER)):
        return reason
    if action == Action.JOIN and person not in case.group and len(case.group) >= case.protocol.group.max:
        return Reason.GROUP_TOO_LARGE
    return Reason.ALREADY_IN if person == case.owner else None


def _starting(case: Case, person: int) -> Reason | None:
    if case.state != CaseState.INVITING:
        return Reason.NOT_RUNNING if case.over else Reason.ALREADY_STARTED
    if person != case.owner:
        return Reason.ONLY_OWNER
    if len(case.group) < case.protocol.group.min or not case.holding(Role.PEER):
        return Reason.GROUP_TOO_SMALL
    return Reason.GROUP_TOO_LARGE if len(case.group) > case.protocol.group.max else None


def _leading(case: Case, person: int) -> Reason | None:
    return None if person in case.holding(Role.OWNER, Role.FACILITATOR) else Reason.NOT_YOUR_ROLE


def _being_ready(case: Case, person: int, step: str | None) -> Reason | None:
    if person != case.owner:
        return Reason.ONLY_OWNER
    held = {s.key for s in case.protocol.steps if held_for_owner(s) and case.state_of(s.key).state == StepPhase.CLOSED}
    return None if step in held else Reason.STEP_NOT_CLOSED


def _in_open_step(case: Case, person: int, action: Action, key: str | None, now: datetime | None) -> Reason | None:
    if case.state != CaseState.RUNNING:
        return Reason.NOT_RUNNING
    # A form may have been opened in time for a step that was put back since: what it says counts.
    takes = case.takes_words if action in (Action.WRITE, Action.CHANGE) else case.is_open
    step = next((each for each in case.protocol.steps if each.key == key and takes(key)), None)
    if step is None:
        return Reason.STEP_NOT_OPEN
    return _closing(case, person, now) if action == Action.CLOSE_STEP else _writing(case, person, action, step)


def _closing(case: Case, person: int, now: datetime | None) -> Reason | None:
    """The facilitator presses next; the owner does in the owner's own steps, and where nobody facilitates.

    Next closes all that is open together, so no step among it may still keep its window, or be somebody else's.
    """
    if case.lies_still_until and person != case.owner:
        return Reason.LIES_STILL
    kept = [case.state_of(step.key).deadline for step in case.open_steps if step.closes == Closes.WINDOW]
    if any(now is None or until is None or now < until for until in kept):
        return Reason.NOT_BEFORE_ITS_TIME
    facilitators = case.holding(Role.FACILITATOR)
    if person in facilitators:
        return None
    if person == case.owner and (not facilitators or all(owners_own(step) for step in case.open_steps)):
        return None
    return Reason.ONLY_FACILITATOR if facilitators else Reason.ONLY_OWNER


def _writing(case: Case, person: int, action: Action, step: Step) -> Reason | None:
    if person not in writers(case, step):
        return Reason.NOT_YOUR_ROLE
    turns = turns_left(case, step) if step.order == Order.TURNS else ()
    if action in (Action.WRITE, Action.PASS) and turns and turns[0] != person:
        return Reason.NOT_YOUR_TURN
    said = case.said(step.key, person)
    if action == Action.WRITE:
        most = step.per_person.max
        reason = _nothing_to_answer(case, person, step) if step.about else None
        return Reason.TOO_MANY if most is not None and len(said) >= most else reason
    if action == Action.CHANGE:
        return None if case.contributions_in(step.key, person) else Reason.NOT_YOURS
    if person == case.owner and Kind.CASE_STORY in step.kinds:
        return Reason.STORY_NEEDED
    goes_on = step.about is not None or step in talking(case) or case.state_of(step.key).reopened_at
    return Reason.ALREADY_WROTE if said and not goes_on else None


def _nothing_to_answer(case: Case, person: int, step: Step) -> Reason | None:
    if unanswered(case, person, step):
        return None
    return Reason.ALREADY_ANSWERED if targets(case, step) else Reason.ABOUT_MISSING


@dataclass(frozen=True)
class AvailableAction:
    """WRITE, READY or START; `step` is the key of the step for the first two.

    `is_more`: enough was written there already, and more is welcome.
    """

    action: Action
    step: str = ""
    is_more: bool = False


def available_actions(case: Case, person: int, now: datetime) -> list[AvailableAction]:
    """What this person can do in this case at this moment, in the order of its steps."""
    if may(case, person, Action.START) is None:
        return [AvailableAction(Action.START)]
    return [*_can_write(case, person, now), *_can_be_ready(case, person)]


def _can_write(case: Case, person: int, now: datetime) -> list[AvailableAction]:
    free = (step for step in case.open_steps if may(case, person, Action.WRITE, step.key, now) is None)
    return [AvailableAction(Action.WRITE, step.key, is_more=done(case, person, step)) for step in free]


def _can_be_ready(case: Case, person: int) -> list[AvailableAction]:
    """Where something is still held for the owner who was away."""
    held = (each.key for each in case.steps if any(not c.revealed for c in case.contributions_in(each.key)))
    return [AvailableAction(Action.READY, key) for key in held if may(case, person, Action.READY, key) is None]
