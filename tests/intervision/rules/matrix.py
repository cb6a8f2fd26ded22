"""Every step of a method at every moment, and what the format says that each person may do and read there.

When something may be done is said in facts (`facts.py`), and nothing here asks `bot.intervision.rules.permissions`.
"""

from __future__ import annotations

from bot.intervision.rules.case import Contribution
from tests.intervision.rules.facts import FACTS, roles_of
from tests.intervision.rules.situation import Situation

WRITES = ("in the case", "takes words", "has the floor")
LEADS_ON = ("in the case", "open", "leads here", "may be over", "goes on, or owner")
LEADS_ALONE = ("open", "leads alone", "goes on, or owner")
ALLOWED: dict[str, tuple[str, ...]] = {
    "writes": (*WRITES, "has the word", "has room"),
    "changes": WRITES,
    "takes back": WRITES,
    "passes": ("open", *WRITES, "has the word", "silent so far, in talk, or asked again", "not the story"),
    "presses next": LEADS_ON,
    "skips": LEADS_ALONE,
    "gives more time": (*LEADS_ALONE, "can be longer"),
    "chooses another pace": LEADS_ALONE,
    "goes back": (*LEADS_ALONE, "something lies behind"),
    "wakes it": ("owner", "lies still"),
    "says the group is there": ("in the case", "not owner", "lies still"),
    "is ready": ("owner", "closed", "owner is away"),
    "asks for a day more": ("open", "has the floor", "can be longer", "goes on"),
    "stops": ("leads", "not over"),
    "starts": ("owner", "inviting", "enough people"),
    "joins": ("inviting", "not owner", "a seat is free"),
    "offers to lead": ("inviting", "not owner", "a seat is free", "lead is free"),
    "looks on": ("inviting", "not owner", "there are observers"),
    "comes to turn": ("in line",),
}
"""When something is done: all of these hold. What is in neither table is refused."""
DOES_NO_HARM: dict[str, tuple[tuple[str, ...], ...]] = {
    "sends another's form again": ((),),
    "sends the own form again": ((),),
    "takes back what is in another case": ((),),
    "passes": (("passed",),),
    "presses next": (("in the case", "not open"), (*LEADS_ON, "pressed already")),
    "skips": ((*LEADS_ALONE, "pressed already"),),
    "wakes it": (("owner", "goes on"),),
    "says the group is there": (("in the case", "not owner", "goes on"),),
    "is ready": (("owner", "closed", "owner is away", "all is shown"),),
    "stops": (("in the case", "over"),),
    "joins": (("inviting", "is peer"),),
    "offers to lead": (("inviting", "leads already"),),
    "looks on": (("inviting", "looks on already", "there are observers"),),
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
    closed, owner = here.case.state_of(step.key).state == "closed", "owner" in roles_of(here)
    if not roles_of(here) or (each.kind == "pass" and each.author != here.person):
        return False
    if each.author == here.person or each.revealed:
        return True
    if step.owner == "away" and step.reveal in ("immediate", "simultaneous") and not owner:
        return step.reveal == "immediate" or closed
    return step.reveal == "owner_only" and owner and closed
