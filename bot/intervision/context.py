"""One case in one transaction: its row, its circle, its people, and the value the step machine decides on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy.orm import Session

from bot.circles.api import known_member, require_in_circle
from bot.core.errors import NotKnownYet, Refusal
from bot.core.services import Services
from bot.crypto import places
from bot.intervision import repository as mapping
from bot.intervision.rules.case import Case, Contribution, StepPhase
from bot.intervision.rules.fields import answers, has_fields
from bot.intervision.views.text import Said, labelled
from bot.library.enums import CasePlace as PlaceOfCase
from bot.library.enums import Role
from bot.library.protocol import FormField
from bot.people.api import is_in
from bot.words import Speaker
from db.models import CaseRow, Circle, Member
from db.models import ContributionRow as ContributionRow
from db.queries import intervision as cases

_ROOMS = {"nl": "intervisie", "en": "intervision", "fr": "intervision"}


@dataclass(frozen=True)
class CaseIntake:
    """What the owner told at the start. `fields` is what the method asks besides, by key; nothing where left empty."""

    title: str
    question: str
    story: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass
class CaseContext:
    """A case while something happens to it. `case` is replaced when something did."""

    row: CaseRow
    circle: Circle
    case: Case
    session: Session

    def __post_init__(self) -> None:
        """Who leaves the case now is still one of its people here."""
        authors = {each.author for each in self.case.contributions if each.author is not None}
        self._ids = self.case.people | authors | {self.row.owner_id}

    @cached_property
    def members(self) -> dict[int, Member]:
        """Everybody who has, or had, anything to do with it, by our own id; looked up where somebody is shown."""
        return cases.members_by_id(self.session, self._ids)

    @property
    def subject(self) -> str:
        """What every post of this case is about."""
        return f"case:{self.row.id}"

    @property
    def story_id(self) -> str:
        """The id of the contribution that is made of the intake."""
        return f"{self.row.id}-story"

    def field_id(self, key: str) -> str:
        """The id of the contribution that is made of a field of the intake that was withheld."""
        return f"{self.row.id}-field-{key}"

    def asked_beforehand(self, contribution: Contribution) -> FormField | None:
        """The field of the intake that a contribution was made of."""
        fields = self.case.protocol.fields
        return next((asked for asked in fields if self.field_id(asked.key) == contribution.id), None)

    @property
    def owner(self) -> Member:
        """Whose case it is, also after they left it."""
        return self.members[self.row.owner_id]

    @property
    def is_pair(self) -> bool:
        """Whether it lives in the one conversation of its two people and the bot, and not in a channel of its own."""
        return self.case.protocol.place == PlaceOfCase.DIRECT

    @property
    def channel_key(self) -> str:
        """Our key for the place it lives in; the cases of a series share one."""
        return channel_key(self.row)

    @property
    def parallel_cases(self) -> int:
        """How many cases of its series run together, when they write; 0 for a case by itself."""
        series = self.case.protocol.series
        return series.at_once if series and self.row.series else 0

    @property
    def is_first(self) -> bool:
        """Whether it is no series, or the first case of one: that is the one the circle is invited to."""
        return self.row.series in (None, self.row.id)

    def post_key(self, name: str) -> str:
        """Our key for one of its posts."""
        return f"{self.subject}:{name}"

    def slack_ids(self, *roles: Role) -> list[str]:
        """Slack's ids of the people with these roles, in the order we came to know them."""
        return [self.members[person].slack for person in sorted(self.case.holding(*roles))]

    def is_open(self, step: str) -> bool:
        """Whether people can write in this step now."""
        return not self.case.over and self.case.state_of(step).state == StepPhase.OPEN

    def reopen_state(self, step: str) -> str:
        """Whether who leads went back to a step or behind it: "open", or "put_back" until it opens; else empty."""
        state = self.case.state_of(step)
        if self.case.over or not (state.reopened_at or state.is_put_back):
            return ""
        return "put_back" if state.is_put_back else "open"

    def channel_name(self) -> str:
        """The name of its channel: says nothing, is nobody else's, and differs where a narrow list shows it."""
        name, row = _ROOMS[self.circle.language], self.row
        return f"{name}-{row.series[:8]}" if row.series else f"{name}-{row.id[:8]}-{row.asked_at:%Y%m%d}"


def channel_key(row: CaseRow) -> str:
    """Our key for the place a case lives in."""
    return f"case:{row.series or row.id}:channel"


def load_case(session: Session, case_id: str, *, to_read: bool = False) -> CaseContext:
    """The case with this id, locked unless it is only read. Refuses what does not exist."""
    found = cases.find_case(session, case_id, to_read=to_read)
    if found is None:
        raise Refusal("common.gone")
    row, circle = found
    return CaseContext(row, circle, mapping.read_case(session, row), session)


def load_for_participant(
    session: Session, case_id: str, user: str, *, to_read: bool = False
) -> tuple[CaseContext, Member]:
    """The case and one of its people. Refuses everybody who has no role in it."""
    member = known_member(session, user)
    context = load_case(session, case_id, to_read=to_read)
    if member.id not in context.case.people:
        raise Refusal("case.refused_not_in_case")
    return context, member


def load_for_member_in_channel(
    session: Session, case_id: str, user: str, *, to_read: bool = False
) -> tuple[CaseContext, Member]:
    """The same, for who is also still where the case and its circle are, as far as we know.

    A role outlives being there where Slack did not tell that somebody left. Refuses who is not there; who is not in
    the case's channel is looked up, for Slack may not have told that they came either.
    """
    context, member = load_for_participant(session, case_id, user, to_read=to_read)
    if context.circle.channel.left_at is None:
        require_in_circle(session, context.circle, member)
    room = cases.known_channel_of_case(session, context.channel_key)
    if room and not is_in(session, room, member):
        raise NotKnownYet(user, room.slack, "case.refused_not_here")
    return context, member


def refuse_guest(member: Member) -> None:
    """Refuses a guest of the workspace: a case asks for people who stay."""
    if member.is_guest:
        raise Refusal("case.no_guests")


def seal_intake(services: Services, case_id: str, intake: CaseIntake) -> bytes:
    """The intake, ready for its column."""
    return services.seal(json.dumps(vars(intake), ensure_ascii=False), places.place(places.INTAKE, case_id))


def take_contributions_out_of_intake(
    services: Services, context: CaseContext
) -> tuple[dict[str, mapping.SealedContribution], dict[str, str]]:
    """The story and what is withheld, by the id of the contribution to be; and the step that each waits for.

    What is withheld leaves the intake: from now on its owner can take it back where it appears.
    """
    intake = read_intake(services, context.row)
    texts, beforehand, left = {context.story_id: intake.story}, {}, dict(intake.fields)
    for asked in context.case.protocol.fields:
        if asked.withheld_until and asked.key in left:
            id = context.field_id(asked.key)
            texts[id], beforehand[id] = left.pop(asked.key), asked.withheld_until
    context.row.words = seal_intake(services, context.row.id, replace(intake, fields=left))
    return {
        id: mapping.SealedContribution(seal_contribution(services, id, text)) for id, text in texts.items()
    }, beforehand


def read_intake(services: Services, row: CaseRow) -> CaseIntake:
    """The intake, opened; empty once its words are wiped."""
    if row.words is None:
        return CaseIntake("", "", "")
    return CaseIntake(**json.loads(services.open_text(row.words, places.place(places.INTAKE, row.id))))


def seal_contribution(services: Services, id: str, text: str) -> bytes:
    """The words of a contribution, ready for their column."""
    return services.seal(text, places.place(places.CONTRIBUTION, id))


def read_contribution(services: Services, session: Session, contribution: Contribution) -> str:
    """What a contribution says, opened; empty once it is wiped."""
    row = session.get(ContributionRow, contribution.id)
    return services.open_text(row.words, places.place(places.CONTRIBUTION, row.id)) if row else ""


def read_contribution_for(
    services: Services, context: CaseContext, contribution: Contribution, speaker: Speaker
) -> Said:
    """What a contribution says, as people read it: a text, or a set under the labels of its step."""
    text, step = (
        read_contribution(services, context.session, contribution),
        context.case.protocol.step(contribution.step),
    )
    return labelled(speaker, step.fields, answers(text)) if has_fields(step, contribution.kind) else text
