"""Every step of a method at every moment, and what the words of the format say that each person may do there.

The words are looked up in the protocol and in how the case stands; nothing here asks `bot.rules.permissions`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.rules.calendar import Calendar
from bot.rules.case import Case, Contribution
from bot.rules.consultation import decide
from bot.rules.events import (
    Contributed,
    Event,
    Joined,
    Led,
    OwnerReady,
    Passed,
    Revised,
    Started,
    StepClosed,
    Stopped,
    TurnCame,
    Withdrawn,
)
from bot.rules.leading import Lead
from bot.rules.permissions import Refused
from bot.rules.protocol import Step
from bot.rules.vocabulary import Role

CALENDAR = Calendar("Europe/Brussels")
ELSEWHERE = "0123456789abcdef"
"""The id of something in another case."""


@dataclass(frozen=True)
class Situation:
    """One person before one step at one moment."""

    case: Case
    now: datetime
    step: Step
    moment: str
    person: int
    name: str
    elsewhere: str = ELSEWHERE

    @property
    def own(self) -> list[Contribution]:
        return [each for each in self.in_step if each.author == self.person]

    @property
    def in_step(self) -> list[Contribution]:
        return [each for each in self.case.contributions if each.step == self.step.key and each.kind != "pass"]

    @property
    def anothers(self) -> Contribution | None:
        """What somebody else wrote: here, or at least somewhere."""
        others = (c for c in self.case.contributions if c.author != self.person and c.kind != "pass")
        return max(others, key=lambda each: each.step == self.step.key, default=None)

    @property
    def answerable(self) -> list[Contribution]:
        """What a step that answers or rates is about."""
        about = self.step.about
        return [
            each
            for each in self.case.contributions
            if about and each.step in about.steps and each.revealed and each.kind != "pass"
            if not about.kinds or each.kind in about.kinds
            if not about.rated or {c.rating for c in self.case.contributions if c.about == each.id} & {*about.rated}
        ]

    @property
    def unanswered(self) -> list[Contribution]:
        answered = {each.about for each in self.own}
        return [each for each in self.answerable if each.id not in answered]

    def does(self, event: Event) -> str:
        """What comes of it: done, nothing (it does no harm), or refused."""
        try:
            decision = decide(self.case, event, self.now, CALENDAR)
        except Refused:
            return "refused"
        return "done" if decision.effects or decision.case != self.case else "nothing"


# ------------------------------------------------------------------------------------------------ what can be tried

Payload = Callable[[Situation], Event | None]


def _writes(here: Situation, about: str | None = None, kind: str = "", id: str = "new") -> Event:
    kind = kind or (here.step.kinds[0] if here.step.kinds else "advice")
    return Contributed(id, here.person, here.step.key, kind, about, "warm" if kind == "rating" else None)


def _right(here: Situation) -> Event:
    left = here.unanswered or here.answerable
    return _writes(here, left[0].id if left else None)


def _wrong_kind(here: Situation) -> Event:
    event = _right(here)
    assert isinstance(event, Contributed)
    return replace(event, kind="silence" if "silence" not in here.step.kinds else "choice", rating=None)


def _about(here: Situation, id: str | None) -> Event:
    return _writes(here, id)


def _another_target(here: Situation) -> Event | None:
    """About something in this case that this step is not about."""
    wrong = [each.id for each in here.case.contributions if each not in here.answerable]
    return _about(here, wrong[0]) if wrong else None


def _of(found: Contribution | None, event: Callable[[str], Event]) -> Event | None:
    return event(found.id) if found else None


def _first(found: list[Contribution]) -> Contribution | None:
    return found[0] if found else None


def _pace(here: Situation) -> str:
    """The pace of what follows, as far as was chosen."""
    chosen = [each.then for each in here.case.steps if each.state == "open" and each.then]
    return (chosen or [here.case.pace])[0].value


def _other_pace(here: Situation) -> str:
    return "calm" if _pace(here) == "live" else "live"


PAYLOADS: dict[str, Payload] = {
    "writes": _right,
    "writes another kind": _wrong_kind,
    "answers nothing": lambda here: _about(here, None) if here.step.about else None,
    "answers what is in another case": lambda here: _about(here, ELSEWHERE),
    "answers what the step is not about": _another_target,
    "sends another's form again": lambda here: _of(here.anothers, lambda id: _writes(here, id=id)),
    "sends the own form again": lambda here: _of(_first(here.own), lambda id: _writes(here, id=id)),
    "changes": lambda here: _of(_first(here.own), lambda id: Revised(id, here.person)),
    "changes another's": lambda here: _of(here.anothers, lambda id: Revised(id, here.person)),
    "changes what is in another case": lambda here: Revised(ELSEWHERE, here.person),
    "takes back": lambda here: _of(_first(here.own), lambda id: Withdrawn(id, here.person)),
    "takes back another's": lambda here: _of(here.anothers, lambda id: Withdrawn(id, here.person)),
    "takes back what is in another case": lambda here: Withdrawn(ELSEWHERE, here.person),
    "passes": lambda here: Passed(here.person, here.step.key),
    "passes about what is in another case": lambda here: Passed(here.person, here.step.key, ELSEWHERE),
    "presses next": lambda here: StepClosed(here.person, here.step.key),
    "skips": lambda here: Led(here.person, here.step.key, Lead.SKIP),
    "gives more time": lambda here: Led(here.person, here.step.key, Lead.MORE_TIME),
    "chooses another pace": lambda here: Led(here.person, here.step.key, Lead(_other_pace(here))),
    "chooses the pace there is": lambda here: Led(here.person, here.step.key, Lead(_pace(here))),
    "goes back": lambda here: Led(here.person, here.step.key, Lead.BACK),
    "is ready": lambda here: OwnerReady(here.person, here.step.key),
    "stops": lambda here: Stopped(here.person),
    "starts": lambda here: Started(here.person, "story-2"),
    "joins": lambda here: Joined(here.person),
    "offers to lead": lambda here: Joined(here.person, Role.FACILITATOR),
    "looks on": lambda here: Joined(here.person, Role.OBSERVER),
    "comes to turn": lambda here: TurnCame("story-2", (3, 4)),
}

# ------------------------------------------------------------------------------------------------ the words


def _roles(here: Situation) -> set[str]:
    return {role.value for role, people in here.case.roles.items() if here.person in people}


def _open(here: Situation) -> bool:
    return here.case.state == "running" and here.case.standing(here.step.key).state == "open"


def _has_room(here: Situation) -> bool:
    most = here.step.per_person.max
    said = [each for each in here.own if each.kind != "beforehand"]
    return (most is None or len(said) < most) and (here.step.about is None or bool(here.unanswered))


def _may_be_over(here: Situation) -> bool:
    """No step that is open keeps its window until the end."""
    standing = [here.case.standing(step.key) for step in here.case.open_steps if step.closes == "window"]
    return all(each.deadline is not None and each.deadline <= here.now for each in standing)


def _leads_here(here: Situation) -> bool:
    leads = "facilitator" in _roles(here)
    nobody_leads = not here.case.roles.get(Role.FACILITATOR)
    owners = all({*step.who} == {"owner"} for step in here.case.open_steps)
    return leads or ("owner" in _roles(here) and (nobody_leads or owners))


def _leads_alone(here: Situation) -> bool:
    return ("facilitator" if here.case.roles.get(Role.FACILITATOR) else "owner") in _roles(here)


def _can_be_longer(here: Situation) -> bool:
    """Once, while its time runs, and not where each has a turn of their own."""
    open_now = [here.case.standing(step.key) for step in here.case.open_steps]
    had = any(each.extended or each.pressed or each.rung_at for each in open_now)
    return not had and all(step.order == "any" for step in here.case.open_steps)


def _takes_words(here: Situation) -> bool:
    """Open; or put back, for who had its form already."""
    state = here.case.standing(here.step.key)
    return _open(here) or (here.case.state == "running" and state.state == "waiting" and state.opened_at is not None)


def _lies_behind(here: Situation) -> bool:
    """Whether a step in which people write closed: with the story, or after it once that was told."""
    closed = [each for each in here.case.protocol.steps if here.case.standing(each.key).state == "closed" and each.who]
    opened = {each.key: here.case.standing(each.key).opened_at or here.now for each in closed}
    told = next((each.key for each in closed if "case_story" in each.kinds), None)
    return any(opened[key] >= opened.get(told or "", opened[key]) for key in opened if key != told)


def _lead_is_free(here: Situation) -> bool:
    others = here.case.roles.get(Role.FACILITATOR, frozenset()) - {here.person}
    return here.case.protocol.facilitator != "none" and not here.case.protocol.series and not others


def _has_the_word(here: Situation) -> bool:
    """Whether it is one's turn, or all who may write have had theirs."""
    writing = {person for role in here.step.who for person in here.case.roles.get(role, ())}
    to_come = [person for person in here.case.standing(here.step.key).turns if person in writing]
    return here.step.order == "any" or to_come[:1] in ([], [here.person])


def _in_talk(here: Situation) -> bool:
    """Whether several people show each other at once what they say here, and may say more."""
    lasting = [step for step in here.case.open_steps if step.closes == "early" and step.per_person.max != 1]
    talk = [step for step in lasting if step.reveal == "immediate" and step.names == "shown"]
    people = {person for step in talk for role in step.who for person in here.case.roles.get(role, ())}
    return len(people) > 1 and here.step.key in {step.key for step in talk}


def _seated(here: Situation) -> int:
    """How many are in the group; who observes comes along beside it."""
    return len({person for role, people in here.case.roles.items() if role != "observer" for person in people})


Fact = Callable[[Situation], bool]
FACTS: dict[str, Fact] = {
    "in the case": lambda here: bool(_roles(here)),
    "owner": lambda here: "owner" in _roles(here),
    "not owner": lambda here: "owner" not in _roles(here),
    "leads": lambda here: bool(_roles(here) & {"owner", "facilitator"}),
    "leads here": _leads_here,
    "leads alone": _leads_alone,
    "can be longer": _can_be_longer,
    "something lies behind": _lies_behind,
    "lead is free": _lead_is_free,
    "there are observers": lambda here: (
        not here.case.protocol.series and any("observer" in step.who for step in here.case.protocol.steps)
    ),
    "looks on already": lambda here: _roles(here) == {"observer"},
    "is peer": lambda here: _roles(here) == {"peer"},
    "leads already": lambda here: "facilitator" in _roles(here),
    "a seat is free": lambda here: bool(_roles(here) - {"observer"}) or _seated(here) < here.case.protocol.group.max,
    "enough people": lambda here: _seated(here) >= here.case.protocol.group.min,
    "inviting": lambda here: here.case.state == "inviting",
    "over": lambda here: here.case.state in ("closed", "stopped"),
    "not over": lambda here: here.case.state in ("inviting", "waiting", "running"),
    "in line": lambda here: here.case.state == "waiting",
    "not in line": lambda here: here.case.state != "waiting",
    "open": _open,
    "takes words": _takes_words,
    "not open": lambda here: not _open(here),
    "closed": lambda here: here.case.standing(here.step.key).state == "closed",
    "may be over": _may_be_over,
    "pressed already": lambda here: here.case.standing(here.step.key).pressed,
    "has the floor": lambda here: bool(_roles(here) & {*here.step.who}),
    "has the word": _has_the_word,
    "has room": _has_room,
    "silent so far, or in talk": lambda here: (
        here.step.about is not None or not [each for each in here.own if each.kind != "beforehand"] or _in_talk(here)
    ),
    "not the story": lambda here: not ("case_story" in here.step.kinds and "owner" in _roles(here)),
    "passed": lambda here: any(
        (each.kind, each.step, each.author, each.about) == ("pass", here.step.key, here.person, None)
        for each in here.case.contributions
    ),
    "owner is away": lambda here: here.step.owner == "away" and here.step.reveal in ("immediate", "simultaneous"),
    "all is shown": lambda here: all(each.revealed for each in here.in_step),
}
WRITES = ("in the case", "takes words", "has the floor")
LEADS_ON = ("in the case", "open", "leads here", "may be over")
ALLOWED: dict[str, tuple[str, ...]] = {
    "writes": (*WRITES, "has the word", "has room"),
    "changes": WRITES,
    "takes back": WRITES,
    "passes": ("open", *WRITES, "has the word", "silent so far, or in talk", "not the story"),
    "presses next": LEADS_ON,
    "skips": ("open", "leads alone"),
    "gives more time": ("open", "leads alone", "can be longer"),
    "chooses another pace": ("open", "leads alone"),
    "goes back": ("open", "leads alone", "something lies behind"),
    "is ready": ("owner", "closed", "owner is away"),
    "stops": ("leads", "not over"),
    "starts": ("owner", "inviting", "enough people"),
    "joins": ("inviting", "not owner", "a seat is free"),
    "offers to lead": ("inviting", "not owner", "a seat is free", "lead is free"),
    "looks on": ("inviting", "not owner", "a seat is free", "there are observers"),
    "comes to turn": ("in line",),
}
"""When something is done: all of these hold. What stands in neither table is refused."""
DOES_NO_HARM: dict[str, tuple[tuple[str, ...], ...]] = {
    "sends another's form again": ((),),
    "sends the own form again": ((),),
    "takes back what is in another case": ((),),
    "passes": (("passed",),),
    "presses next": (("in the case", "not open"), (*LEADS_ON, "pressed already")),
    "skips": (("open", "leads alone", "pressed already"),),
    "is ready": (("owner", "closed", "owner is away", "all is shown"),),
    "stops": (("in the case", "over"),),
    "joins": (("inviting", "is peer"),),
    "offers to lead": (("inviting", "leads already"),),
    "looks on": (("inviting", "looks on already", "there are observers", "a seat is free"),),
    "comes to turn": (("not in line",),),
}
"""When nothing comes of it, and nobody is told off either: all of one of these rows hold."""


def expected(here: Situation, payload: str) -> str:
    """What the format says of one cell."""
    if any(_hold(facts, here) for facts in DOES_NO_HARM.get(payload, ())):
        return "nothing"
    return "done" if payload in ALLOWED and _hold(ALLOWED[payload], here) else "refused"


def _hold(facts: tuple[str, ...], here: Situation) -> bool:
    return all(FACTS[fact](here) for fact in facts)


def readable(here: Situation, each: Contribution) -> bool:
    """Whether this person may read a contribution, as `reveal`, `owner` and `names` say."""
    step = here.case.protocol.step(each.step)
    closed, owner = here.case.standing(step.key).state == "closed", "owner" in _roles(here)
    if not _roles(here) or (each.kind == "pass" and each.author != here.person):
        return False
    if each.author == here.person or each.revealed:
        return True
    if step.owner == "away" and step.reveal in ("immediate", "simultaneous") and not owner:
        return step.reveal == "immediate" or closed
    return step.reveal == "owner_only" and owner and closed
