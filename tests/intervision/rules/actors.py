"""People around a table, for stories about the step machine: Anna brings a case, the others think along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, Contribution, new_case
from bot.intervision.rules.effects import CaseStopped, Effect, Revealed, StepClosed, StepOpened
from bot.intervision.rules.events import (
    Contributed,
    Event,
    Joined,
    NextPressed,
    OwnerReady,
    Passed,
    PersonLeft,
    Revised,
    Started,
    Stopped,
    TimePassed,
    Withdrawn,
)
from bot.intervision.rules.machine import decide, next_due_at
from bot.intervision.rules.permissions import Action, NotAllowed, may, may_read
from bot.library.enums import Facilitation, Role
from bot.library.protocol import Protocol

WORDS = {"nl": "iets", "en": "something", "fr": "quelque chose"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def step(key: str, who: str, kinds: str = "", **more: Any) -> dict[str, Any]:
    """One step of a made-up method; roles and kinds as words in a row."""
    return {"key": key, "name": WORDS, "ask": WORDS, "who": who.split(), "kinds": kinds.split(), "window": "P1D"} | more


STORY = step("story", "owner", "case_story", reveal="immediate")
QUESTIONS = step("questions", "peer", "clarifying_question", window="P2D", per_person={"min": 1, "max": 3})
ANSWERS = step("answers", "owner", "answer", about={"steps": ["questions"]}, reveal="immediate")
ADVICE = step("advice", "peer", "advice", window="P2D", owner="listens")
CLOSING = step("closing", "owner", "commitment", reveal="immediate")


def method(*steps: dict[str, Any], **more: Any) -> Protocol:
    """A made-up method with these steps; without any, a small whole one."""
    body = {
        "key": "made_up",
        "version": 1,
        "name": WORDS,
        "origin": {"credit": "nobody", "licence": "own wording"},
        "choose_when": WORDS,
        "group": {"min": 3, "max": 8},
        "steps": list(steps or (STORY, QUESTIONS, ANSWERS, ADVICE, CLOSING)),
    }
    return Protocol.model_validate(body | more)


def on(day: str, clock: str = "10:00", week: int = 0) -> datetime:
    """A moment in Brussels in the quiet week of Monday 16 November 2026, or some weeks later."""
    midnight = datetime(2026, 11, 16, tzinfo=ZoneInfo("Europe/Brussels"))
    hours, minutes = map(int, clock.split(":"))
    date = midnight.date() + timedelta(days=DAYS.index(day), weeks=week)
    return datetime(date.year, date.month, date.day, hours, minutes, tzinfo=midnight.tzinfo).astimezone(UTC)


class Person:
    """One person at the table; each method is something people do."""

    def __init__(self, table: Table, number: int) -> None:
        self.table, self.number = table, number

    def joins(self, role: str = "peer") -> None:
        self.table.happens(Joined(self.number, Role(role)))

    def starts(self, optional: set[str] | None = None) -> None:
        self.table.happens(Started(self.number, "story-1", None if optional is None else frozenset(optional)))

    def writes(self, step: str, kind: str, *, id: str | None = None, **more: Any) -> str:
        id = id or f"{step}-{len(self.table.case.contributions)}"
        self.table.happens(Contributed(id, self.number, step, kind, **more))
        return id

    def asks(self, **more: Any) -> str:
        return self.writes("questions", "clarifying_question", **more)

    def answers(self, about: str | None, **more: Any) -> str:
        return self.writes("answers", "answer", about=about, **more)

    def advises(self, **more: Any) -> str:
        return self.writes("advice", "advice", **more)

    def revises(self, id: str, **more: Any) -> None:
        self.table.happens(Revised(id, self.number, **more))

    def withdraws(self, id: str) -> None:
        self.table.happens(Withdrawn(id, self.number))

    def passes(self, step: str, about: str | None = None) -> None:
        self.table.happens(Passed(self.number, step, about))

    def presses_next(self, step: str) -> None:
        self.table.happens(NextPressed(self.number, step))

    def is_ready(self, step: str) -> None:
        self.table.happens(OwnerReady(self.number, step))

    def leaves(self) -> None:
        self.table.happens(PersonLeft(self.number))

    def stops(self) -> None:
        self.table.happens(Stopped(self.number))

    def may(self, action: str, step: str | None = None) -> str | None:
        return may(self.table.case, self.number, Action(action), step, self.table.now)

    def reads(self) -> list[str]:
        case = self.table.case
        return [each.id for each in case.contributions if may_read(case, self.number, each)]


class Table:
    """A case, a calendar and a clock that is moved by hand."""

    def __init__(self, protocol: Protocol) -> None:
        self.now, self.calendar = on("Mon"), Calendar("Europe/Brussels")
        self.case: Case = new_case(protocol, owner=1)
        self.anna, self.bram, self.céline, self.dirk = (Person(self, number) for number in (1, 2, 3, 4))
        self.effects: list[Effect] = []
        self.latest: tuple[Effect, ...] = ()

    def happens(self, event: Event) -> None:
        decision = decide(self.case, event, self.now, self.calendar)
        self.case, self.latest = decision.case, decision.effects
        self.effects.extend(decision.effects)

    def comes(self, day: str, clock: str = "10:00", week: int = 0) -> None:
        """Time goes on to this moment, with a tick whenever something is due."""
        moment = on(day, clock, week)
        before = len(self.effects)
        while (next_due := next_due_at(self.case)) and next_due <= moment:
            self.now = max(next_due, self.now)
            self.happens(TimePassed())
        self.now = moment
        self.happens(TimePassed())
        self.latest = tuple(self.effects[before:])

    def waits(self) -> None:
        """Nobody does anything until something is due."""
        self.now = next_due_at(self.case) or self.now
        self.happens(TimePassed())

    def sleeps_until(self, day: str, clock: str = "10:00", week: int = 0) -> None:
        """The bot was down: time goes on, with one tick at the end."""
        self.now = on(day, clock, week)
        self.happens(TimePassed())

    @property
    def open(self) -> list[str]:
        return [each.key for each in self.case.open_steps]

    @property
    def posted(self) -> list[str]:
        """All that was revealed, in order; nothing is revealed twice."""
        ids = [id for effect in self.effects if isinstance(effect, Revealed) for id in effect.ids]
        assert len(ids) == len(set(ids))
        return ids

    @property
    def cards(self) -> list[str]:
        return [effect.step for effect in self.effects if isinstance(effect, StepOpened)]

    @property
    def ended(self) -> list[str]:
        return [effect.step for effect in self.effects if isinstance(effect, StepClosed)]

    @property
    def stopped_because(self) -> str | None:
        return next((e.reason for e in self.effects if isinstance(e, CaseStopped)), None)

    def closes_at(self, step: str) -> datetime | None:
        return self.case.state_of(step).closes_at

    def wrote(self, step: str) -> tuple[Contribution, ...]:
        return self.case.contributions_in(step)


@contextmanager
def refused(reason: str) -> Iterator[None]:
    """This may not be, for this reason."""
    with pytest.raises(NotAllowed) as heard:
        yield
    assert heard.value.reason == reason


def gathered(protocol: Protocol | None = None, facilitator: bool = True) -> Table:
    """Anna's case with Bram (the facilitator too, unless another is given), Céline and Dirk in it, on Monday at 10.

    As many of them as the method takes, others too where it wants more, and nobody keeps time where it wants nobody to.
    """
    table = Table(protocol or method())
    asked = table.case.protocol
    leads = facilitator and asked.facilitator != Facilitation.NONE
    table.bram.joins("facilitator" if leads else "peer")
    for number in range(3, min(max(asked.group.min, 4), asked.group.max) + 1):
        Person(table, number).joins()
    return table


def started(protocol: Protocol | None = None, facilitator: bool = True) -> Table:
    """The same, started."""
    table = gathered(protocol, facilitator)
    table.anna.starts()
    return table
