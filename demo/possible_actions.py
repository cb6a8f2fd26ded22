"""What each person of the cast could do now: read from the bot's database, and found on the cards that they see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import names
from bot.core.text import LANGUAGES, Language
from bot.intervision import context as contexts
from bot.intervision.context import CaseContext
from bot.intervision.create import read_intake
from bot.intervision.rules.case import Case, CaseState
from bot.intervision.rules.permissions import Action, may
from bot.intervision.rules.progress import done
from db.models import Circle, Member, Round
from db.queries import intervision as cases
from db.queries import people
from db.queries import reflection as reflections
from demo.world import DemoWorld
from playground.forms import placed
from playground.model import Message
from playground.people import Person

# In this order things wait for somebody. What is not of a case is done only where whoever asks can see it.
_OF_A_CASE = ("step", "ready", "start")
_ORDER = (*_OF_A_CASE, "join", "answer")


@dataclass(frozen=True)
class PossibleAction:
    """Something that one person could do with the button on `card`; `value` is the value of that button.

    `kind` is step, ready (to read what others wrote while the owner was away), join, start or answer. In a case,
    `owner` is its owner's Slack id, `is_linked` is true for the later cases of a series, and `title` and `question` are
    what its owner wrote (empty for an invitation, which does not say it). For an answer, `theme` is the theme of the
    question. `language` is that of the circle.
    """

    person: Person
    kind: str
    card: Message
    value: str
    case: Case | None = None
    owner: str = ""
    is_linked: bool = False
    title: str = ""
    question: str = ""
    theme: str = ""
    language: Language = "nl"


class PossibleActions:
    """Looks at a world without changing it."""

    def __init__(self, world: DemoWorld) -> None:
        self._world = world

    def first_action_of(self, person: Person, beside: Person, place: str = "") -> PossibleAction | None:
        """The first thing that waits for this person; None if a form is open for them.

        First comes the case whose channel is `place` (Slack's id), which `beside`, who asks, has in view; then other
        steps, then cases that start or invite, and the weekly question last. A case of this person starts once
        `beside` is in it.
        """
        if person.modal is not None and person.modal.submit:
            return None
        with self._world.bot.services.database.reading() as session:
            member, other = people.find_member(session, person.id), people.find_member(session, beside.id)
            if member is None:
                return None
            shared = {channel.id for channel in beside.channels()}
            found = [
                one
                for one in self._all(session, person, member, other)
                if one.kind in _OF_A_CASE or one.card.channel_id in shared
            ]
            return min(found, key=lambda one: _rank(one, place), default=None)

    def _all(self, session: Session, person: Person, member: Member, other: Member | None) -> Iterator[PossibleAction]:
        own = [
            contexts.load_case(self._world.bot.services, session, row.id, to_read=True)
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

    def _steps(self, person: Person, member: Member, context: CaseContext) -> Iterator[PossibleAction]:
        case = context.case
        for step in case.open_steps:
            if may(case, member.id, Action.WRITE, step.key, self._now) is None and not done(case, member.id, step):
                yield from self._at(person, "step", names.WRITE, context, f"{context.row.id}:{step.key}")
        for step in case.protocol.steps:
            if may(case, member.id, Action.READY, step.key) is None:
                yield from self._at(person, "ready", names.OWNER_READY, context, f"{context.row.id}:{step.key}")

    def _at(
        self, person: Person, does: str, action: str, context: CaseContext, value: str = ""
    ) -> Iterator[PossibleAction]:
        for card, found in buttons_seen(person, action):
            if found == (value or context.row.id):
                intake, language = read_intake(context), spoken_in(context.circle)
                yield PossibleAction(
                    person,
                    does,
                    card,
                    found,
                    context.case,
                    context.owner.slack,
                    is_linked=not context.is_first,
                    title=intake.title,
                    question=intake.question,
                    language=language,
                )

    def _invitation(
        self, session: Session, person: Person, member: Member, card: Message, value: str
    ) -> Iterator[PossibleAction]:
        context = contexts.load_case(self._world.bot.services, session, value, to_read=True)
        case = context.case
        invites = case.state == CaseState.INVITING and may(case, member.id, Action.JOIN) is None
        if invites and member.id not in case.people:
            yield PossibleAction(
                person, "join", card, value, case, context.owner.slack, language=spoken_in(context.circle)
            )

    def _question(self, session: Session, person: Person, member: Member) -> Iterator[PossibleAction]:
        """The newest question of each circle, unless this person answered it."""
        newest: dict[str, tuple[Message, str]] = {
            card.channel_id: (card, value) for card, value in buttons_seen(person, names.ANSWER)
        }
        for card, value in newest.values():
            round_ = session.get(Round, int(value))
            if round_ and not reflections.has_answered(session, round_, member):
                language = spoken_in(session.get_one(Circle, round_.circle_id))
                yield PossibleAction(person, "answer", card, value, theme=round_.theme, language=language)

    @property
    def _now(self) -> datetime:
        return self._world.clock()


def _rank(action: PossibleAction, place: str) -> tuple[bool, int, bool]:
    """First the case in view, then as things wait for somebody; of what is alike, first what is in view."""
    is_in_view = action.card.channel_id == place
    is_case_in_view = is_in_view and action.kind in ("step", "ready")
    order = 0 if action.kind == "ready" else _ORDER.index(action.kind)
    return not is_case_in_view, order, not is_in_view


def buttons_seen(person: Person, action: str) -> Iterator[tuple[Message, str]]:
    """Every message that a person sees with this button, and the value of the button; oldest first in each channel."""
    for channel in person.channels():
        for message in person.messages(channel):
            for at in placed(message.blocks):
                if at.action_id == action:
                    yield message, str(at.element.get("value", ""))


def spoken_in(circle: Circle) -> Language:
    """The language of a circle."""
    return next(one for one in LANGUAGES if one == circle.language)
