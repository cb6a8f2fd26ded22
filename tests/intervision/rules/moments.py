"""Every moment of a method: how a case comes before each step, and what its people did there by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.intervision.rules.case import Case, CaseState, new_case
from bot.intervision.rules.events import (
    Contributed,
    Event,
    Facilitated,
    Joined,
    NextPressed,
    OwnerReady,
    Passed,
    PersonLeft,
    Started,
    Stopped,
    TimePassed,
)
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.machine import decide, next_due_at
from bot.intervision.rules.permissions import NotAllowed
from bot.library.enums import Order, Role
from bot.library.protocol import Protocol, Step
from tests.intervision.rules.actors import on
from tests.intervision.rules.facts import FACTS
from tests.intervision.rules.payloads import PAYLOADS
from tests.intervision.rules.situation import CALENDAR, Situation

OWNER, FACILITATOR, PEER, OTHER_PEER, OBSERVER, GONE, STRANGER = 1, 2, 3, 4, 5, 6, 9
PEOPLE = {
    "owner": OWNER,
    "facilitator": FACILITATOR,
    "peer": PEER,
    "observer": OBSERVER,
    "who left": GONE,
    "a stranger": STRANGER,
}
Course = list[tuple[Case, datetime]]


def situations(protocol: Protocol) -> Iterator[Situation]:
    """Each person before each step, at each moment there is."""
    inviting, in_line = _gathered(protocol), new_case(protocol, OWNER, CaseState.WAITING)
    course = _course(_happens(inviting, Started(OWNER, "story-1", _every_option(protocol)), on("Mon")))
    for step in protocol.steps:
        for name, person in PEOPLE.items():
            yield Situation(inviting, on("Mon"), step, "inviting", person, name)
            yield Situation(in_line, on("Mon"), step, "in line", person, name)
            if person != GONE or GONE in inviting.people:
                yield from _in_play(course, step, name, person)


def _in_play(course: Course, step: Step, name: str, person: int) -> Iterator[Situation]:
    def here(case: Case, now: datetime, moment: str) -> Situation:
        gone = _happens(case, PersonLeft(GONE), now) if person == GONE else case
        return Situation(gone, now, step, moment, person, name)

    if course[0][0].state_of(step.key).state == "waiting":
        yield here(*course[0], "before")
    case, now = _once_not(course, step, "waiting")
    if case.state_of(step.key).state == "open":
        for then, night, moment in _while_open(case, _at_night(now), step, person):
            yield here(then, night, moment)
        if back := _goes_back(case, now):
            yield here(back, now, "put back")
        yield from (here(*still, "lies still") for still in _lies_still(case, now))
    case, now = _once_not(course, step, "waiting", "open")
    yield here(case, now, "closed")
    if back := _goes_back(case, now):
        yield here(back, now, "open again")
    if shown := _tries(case, OwnerReady(OWNER, step.key), now):
        yield here(shown, now, "shown")
    yield here(*course[-1], "over")


def _while_open(case: Case, now: datetime, step: Step, person: int) -> Iterator[tuple[Case, datetime, str]]:
    """In an evening: the others have written, and this person passes, or writes until there is no room left."""
    case = _happens(case, TimePassed(), now)
    if step.order == Order.TURNS:
        yield case, now, "before anybody spoke"
    fresh = _all_write(case, now, step, case.people - {person})
    leader = _leader(case)
    yield fresh, now, "open"
    for event, moment in ((Passed(person, step.key), "passed"), (NextPressed(leader, step.key), "pressed")):
        if after := _tries(fresh, event, now):
            yield after, now, moment
    yield _happens(fresh, Stopped(OWNER), now), now, "stopped"
    while more := _writes_one(fresh, now, step, person):
        fresh = more
        yield fresh, now, "written"


def _lies_still(case: Case, now: datetime) -> Iterator[tuple[Case, datetime]]:
    """Where nobody does anything until the case lies still; nothing where its step ends by itself."""
    steps = case.open_steps
    while case.open_steps == steps and not case.lies_still_until and not case.over:
        now = max(now, next_due_at(case) or now)
        case = _happens(case, TimePassed(), now)
    if case.lies_still_until and case.open_steps == steps:
        yield case, now


def _goes_back(case: Case, now: datetime) -> Case | None:
    return (
        _tries(case, Facilitated(_leader(case), case.open_steps[0].key, FacilitatorAction.BACK), now)
        if case.open_steps
        else None
    )


def _leader(case: Case) -> int:
    return FACILITATOR if case.holding(Role.FACILITATOR) else OWNER


def _gathered(protocol: Protocol) -> Case:
    case = new_case(protocol, OWNER)
    wanted = {
        FACILITATOR: Role.FACILITATOR,
        PEER: Role.PEER,
        OTHER_PEER: Role.PEER,
        OBSERVER: Role.OBSERVER,
        GONE: Role.PEER,
    }
    for person, role in wanted.items():
        case = _tries(case, Joined(person, role), on("Mon")) or case
    for more in range(protocol.group.min - len(case.group)):
        case = _happens(case, Joined(STRANGER + 1 + more, Role.PEER), on("Mon"))
    return case


def _every_option(protocol: Protocol) -> frozenset[str]:
    return frozenset(step.key for step in protocol.steps if step.optional)


def _course(begun: Case) -> Course:
    """How it goes from its start to its end, if everybody does what is asked."""
    course = [(begun, on("Mon"))]
    while not course[-1][0].over:
        course.append(_moves_on(*course[-1]))
    return course


def _once_not(course: Course, step: Step, *states: str) -> tuple[Case, datetime]:
    """The first moment at which the step is in none of these states, or else the end."""
    return next((each for each in course if each[0].state_of(step.key).state not in states), course[-1])


def _moves_on(case: Case, now: datetime) -> tuple[Case, datetime]:
    now = max(now, next_due_at(case) or now)
    for step in case.open_steps:
        case = _all_write(case, now, step, case.people)
    return _happens(case, TimePassed(), now), now


def _all_write(case: Case, now: datetime, step: Step, people: frozenset[int]) -> Case:
    for person in sorted(people):
        case = _writes_one(case, now, step, person) or case
    return case


def _writes_one(case: Case, now: datetime, step: Step, person: int) -> Case | None:
    """One more contribution of what the step asks; None if there is no room for it, or ten are enough."""
    here = Situation(case, now, step, "open", person, "")
    needs = ("open", "has the floor", "has the word", "has room")
    if not all(FACTS[fact](here) for fact in needs) or len(here.own) > 9:
        return None
    event = PAYLOADS["writes"](here)
    assert isinstance(event, Contributed)
    return _happens(case, replace(event, id=f"words-{len(case.contributions)}-{person}"), now)


def _at_night(now: datetime) -> datetime:
    """That evening, so that a step in which all is said waits for the morning."""
    return now.astimezone(ZoneInfo("Europe/Brussels")).replace(hour=21, minute=0)


def _happens(case: Case, event: Event, now: datetime) -> Case:
    return decide(case, event, now, CALENDAR).case


def _tries(case: Case, event: Event, now: datetime) -> Case | None:
    try:
        return _happens(case, event, now)
    except NotAllowed:
        return None
