"""One person before one step at one moment, as the format can be asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, Contribution
from bot.intervision.rules.events import Event
from bot.intervision.rules.machine import decide
from bot.intervision.rules.permissions import NotAllowed
from bot.library.protocol import Step

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
        except NotAllowed:
            return "refused"
        return "done" if decision.effects or decision.case != self.case else "nothing"
