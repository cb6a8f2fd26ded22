"""Who of the cast could do what now: read from the bot's own database, and found on the cards they see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import names
from bot.intervision import context as contexts
from bot.intervision.context import CaseContext
from bot.intervision.rules.case import Case, CaseState
from bot.intervision.rules.permissions import Action, may
from bot.intervision.rules.progress import done
from db.models import Member, Round
from db.queries import intervision as cases
from db.queries import people
from db.queries import reflection as reflections
from demo.stage import Stage
from playground.forms import placed
from playground.model import Message
from playground.people import Person


@dataclass(frozen=True)
class CaseOpening:
    """Something one person could do; `value` is that of the button on `card`.

    `does` is one of step, ready (to read what was said while they were away), join, start and answer.
    In a case, `owner` is the Slack id of whose it is, and it `is_linked` when it is a later one of a series; for an
    answer, `theme` is that of the question.
    """

    person: Person
    does: str
    card: Message
    value: str
    case: Case | None = None
    owner: str = ""
    is_linked: bool = False
    theme: str = ""


class Openings:
    """Looks at a stage, and changes nothing."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def first_for(self, person: Person, beside: Person) -> CaseOpening | None:
        """The first thing that waits for this person: a step, what was said there, a case that starts or invites, …

        The weekly question comes last. `beside` is who asks; a case of this person starts once they are in it. Nothing
        for who is filling in a form.
        """
        if person.modal is not None and person.modal.submit:
            return None
        with self._stage.bot.services.database.reading() as session:
            member, other = people.find_member(session, person.id), people.find_member(session, beside.id)
            if member is None:
                return None
            return next(self._all(session, person, member, other), None)

    def _all(self, session: Session, person: Person, member: Member, other: Member | None) -> Iterator[CaseOpening]:
        own = [
            contexts.load_case(self._stage.bot.services, session, row.id, to_read=True)
            for row in cases.open_cases_of(session, member)
        ]
        for context in own:
            yield from self._steps(person, member, context)
        for context in own:
            if other and other.id in context.case.people and may(context.case, member.id, Action.START) is None:
                yield from self._at(person, "start", names.START_CASE, context)
        for card, value in buttons_seen(person, names.JOIN_CASE):
            yield from self._invitation(session, person, member, card, value)
        yield from self._question(session, person, member)

    def _steps(self, person: Person, member: Member, context: CaseContext) -> Iterator[CaseOpening]:
        case = context.case
        for step in case.open_steps:
            if may(case, member.id, Action.WRITE, step.key, self._now) is None and not done(case, member.id, step):
                yield from self._at(person, "step", names.WRITE, context, f"{context.row.id}:{step.key}")
        for step in case.protocol.steps:
            if may(case, member.id, Action.READY, step.key) is None:
                yield from self._at(person, "ready", names.OWNER_READY, context, f"{context.row.id}:{step.key}")

    def _at(
        self, person: Person, does: str, action: str, context: CaseContext, value: str = ""
    ) -> Iterator[CaseOpening]:
        for card, found in buttons_seen(person, action):
            if found == (value or context.row.id):
                yield CaseOpening(
                    person, does, card, found, context.case, context.owner.slack, is_linked=not context.is_first
                )

    def _invitation(
        self, session: Session, person: Person, member: Member, card: Message, value: str
    ) -> Iterator[CaseOpening]:
        context = contexts.load_case(self._stage.bot.services, session, value, to_read=True)
        case = context.case
        invites = case.state == CaseState.INVITING and may(case, member.id, Action.JOIN) is None
        if invites and member.id not in case.people:
            yield CaseOpening(person, "join", card, value, case, context.owner.slack)

    def _question(self, session: Session, person: Person, member: Member) -> Iterator[CaseOpening]:
        """Only the newest question a circle has; who answered it once has answered."""
        newest: dict[str, tuple[Message, str]] = {
            card.channel_id: (card, value) for card, value in buttons_seen(person, names.ANSWER)
        }
        for card, value in newest.values():
            asked = session.get(Round, int(value))
            if asked and not reflections.has_answered(session, asked, member):
                yield CaseOpening(person, "answer", card, value, theme=asked.theme)

    @property
    def _now(self) -> datetime:
        return self._stage.clock()


def buttons_seen(person: Person, action: str) -> Iterator[tuple[Message, str]]:
    """Every message in sight with this button on it, oldest first in each place, and the button's value."""
    for channel in person.channels():
        for message in person.messages(channel):
            for at in placed(message.blocks):
                if at.action_id == action:
                    yield message, str(at.element.get("value", ""))
