"""The words in which the format says who may do what, looked up in the protocol and in the state of the case.

Nothing here asks `bot.intervision.rules.permissions`.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.intervision.rules.case import Contribution
from bot.library.enums import Role
from tests.intervision.rules.situation import Situation


def roles_of(here: Situation) -> set[str]:
    """The roles this person has."""
    return {role.value for role, people in here.case.roles.items() if here.person in people}


def _open(here: Situation) -> bool:
    return here.case.state == "running" and here.case.state_of(here.step.key).state == "open"


def _has_room(here: Situation) -> bool:
    most = here.step.per_person.max
    return (most is None or len(_said(here)) < most) and (here.step.about is None or bool(here.unanswered))


def _may_be_over(here: Situation) -> bool:
    """No step that is open keeps its window until the end."""
    standing = [here.case.state_of(step.key) for step in here.case.open_steps if step.closes == "window"]
    return all(each.deadline is not None and each.deadline <= here.now for each in standing)


def _leads_here(here: Situation) -> bool:
    leads = "facilitator" in roles_of(here)
    nobody_leads = not here.case.roles.get(Role.FACILITATOR)
    owners = all({*step.who} == {"owner"} for step in here.case.open_steps)
    return leads or ("owner" in roles_of(here) and (nobody_leads or owners))


def _leads_alone(here: Situation) -> bool:
    return ("facilitator" if here.case.roles.get(Role.FACILITATOR) else "owner") in roles_of(here)


def _can_be_longer(here: Situation) -> bool:
    """Once, while its time runs, and not where each has a turn of their own."""
    open_now = [here.case.state_of(step.key) for step in here.case.open_steps]
    had = any(each.extended or each.pressed or each.rung_at for each in open_now)
    return not had and all(step.order == "any" for step in here.case.open_steps)


def _takes_words(here: Situation) -> bool:
    """Open; or put back, for who had its form already."""
    state = here.case.state_of(here.step.key)
    return _open(here) or (here.case.state == "running" and state.state == "waiting" and state.opened_at is not None)


def _lies_behind(here: Situation) -> bool:
    """Whether a step in which people write closed: with the story, or after it."""
    closed = [each for each in here.case.protocol.steps if here.case.state_of(each.key).state == "closed" and each.who]
    opened = {each.key: here.case.state_of(each.key).opened_at or here.now for each in closed}
    told = next((each.key for each in closed if "case_story" in each.kinds), None)
    return any(opened[key] >= opened.get(told or "", opened[key]) for key in opened if key != told)


def _lead_is_free(here: Situation) -> bool:
    others = here.case.roles.get(Role.FACILITATOR, frozenset()) - {here.person}
    return here.case.protocol.facilitator != "none" and not here.case.protocol.series and not others


def _has_the_word(here: Situation) -> bool:
    """Whether it is one's turn, or all who may write have had theirs."""
    writing = {person for role in here.step.who for person in here.case.roles.get(role, ())}
    to_come = [person for person in here.case.state_of(here.step.key).turns if person in writing]
    return here.step.order == "any" or to_come[:1] in ([], [here.person])


def _said(here: Situation) -> list[Contribution]:
    """One's own words here, without what waited since the intake."""
    return [each for each in here.own if each.kind != "beforehand"]


def _is_open_again(here: Situation) -> bool:
    return here.case.state_of(here.step.key).reopened_at is not None


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
    "in the case": lambda here: bool(roles_of(here)),
    "owner": lambda here: "owner" in roles_of(here),
    "not owner": lambda here: "owner" not in roles_of(here),
    "leads": lambda here: bool(roles_of(here) & {"owner", "facilitator"}),
    "leads here": _leads_here,
    "leads alone": _leads_alone,
    "can be longer": _can_be_longer,
    "something lies behind": _lies_behind,
    "lead is free": _lead_is_free,
    "there are observers": lambda here: (
        not here.case.protocol.series and any("observer" in step.who for step in here.case.protocol.steps)
    ),
    "looks on already": lambda here: roles_of(here) == {"observer"},
    "is peer": lambda here: roles_of(here) == {"peer"},
    "leads already": lambda here: "facilitator" in roles_of(here),
    "a seat is free": lambda here: bool(roles_of(here) - {"observer"}) or _seated(here) < here.case.protocol.group.max,
    "enough people": lambda here: _seated(here) >= here.case.protocol.group.min,
    "inviting": lambda here: here.case.state == "inviting",
    "over": lambda here: here.case.state in ("closed", "stopped"),
    "not over": lambda here: here.case.state in ("inviting", "waiting", "running"),
    "lies still": lambda here: here.case.lies_still_until is not None,
    "goes on": lambda here: here.case.lies_still_until is None,
    "goes on, or owner": lambda here: here.case.lies_still_until is None or "owner" in roles_of(here),
    "in line": lambda here: here.case.state == "waiting",
    "not in line": lambda here: here.case.state != "waiting",
    "open": _open,
    "takes words": _takes_words,
    "not open": lambda here: not _open(here),
    "closed": lambda here: here.case.state_of(here.step.key).state == "closed",
    "may be over": _may_be_over,
    "pressed already": lambda here: here.case.state_of(here.step.key).pressed,
    "has the floor": lambda here: bool(roles_of(here) & {*here.step.who}),
    "has the word": _has_the_word,
    "has room": _has_room,
    "silent so far, in talk, or asked again": lambda here: (
        here.step.about is not None or not _said(here) or _in_talk(here) or _is_open_again(here)
    ),
    "not the story": lambda here: not ("case_story" in here.step.kinds and "owner" in roles_of(here)),
    "passed": lambda here: any(
        (each.kind, each.step, each.author, each.about) == ("pass", here.step.key, here.person, None)
        for each in here.case.contributions
    ),
    "owner is away": lambda here: here.step.owner == "away" and here.step.reveal in ("immediate", "simultaneous"),
    "all is shown": lambda here: all(each.revealed for each in here.in_step),
}
