"""One case in one transaction: its row, its circle, its people, and the value that the step machine decides on."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.orm import Session

from bot.circles.api import known_member, require_known, require_member_of
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.core.text import Language
from bot.crypto import places
from bot.intervision.rules.case import Case, CaseState, Contribution, Pace, StepState, has_fields
from bot.intervision.rules.events import Passed
from bot.intervision.rules.fields import read_field_answers
from bot.intervision.rules.naming import channel_name, plain_channel_name
from bot.intervision.views.text import Said, labelled
from bot.intervision.views.words import moment_for_readers, moment_on_page
from bot.library.enums import CasePlace as PlaceOfCase
from bot.library.enums import Role
from bot.library.protocol import FormField, Protocol, Step
from bot.outbox.queue import Destination
from bot.people.api import names_of
from bot.words import Mrkdwn, Speaker
from db.models import CaseRow, Circle, ContributionRow, Member
from db.queries import intervision as cases


@dataclass
class CaseContext:
    """A case while something happens to it. `case` is replaced when something did.

    `acting` is the person whose press or form this is, where they have a Home that must show what they did.
    """

    services: Services
    session: Session
    row: CaseRow
    circle: Circle
    case: Case
    acting: Member | None = None

    def __post_init__(self) -> None:
        """Who leaves the case now is still one of its people here."""
        authors = {each.author for each in self.case.contributions if each.author is not None}
        self._ids = self.case.people | authors | {self.row.owner_id}

    @cached_property
    def members(self) -> dict[int, Member]:
        """Everybody who has, or had, anything to do with it, by our own id; looked up where somebody is shown."""
        return cases.members_by_id(self.session, self._ids)

    @cached_property
    def names(self) -> dict[int, Mrkdwn]:
        """Everybody's name as people read it, by our own id: nobody is notified where it stands."""
        return names_of(self.services, self.members.values())

    def name_of(self, member: Member) -> Mrkdwn:
        """The name of one of its people."""
        return self.names[member.id]

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

    def card_key(self, step: str) -> str:
        """Our key for the card of a step."""
        return self.post_key(f"card:{step}")

    def upsert(self, key: str, body: Json, place: Destination) -> None:
        """Queue the latest state of a message about this case, under our `key`."""
        self.services.outbox.upsert(self.session, key, body, place, subject=self.subject)

    def post_once(self, key: str, body: Json, place: Destination) -> None:
        """Queue a message about this case that is posted once, under our `key`."""
        self.services.outbox.post_once(self.session, key, body, place, subject=self.subject)

    def slack_ids(self, *roles: Role) -> list[str]:
        """Slack's ids of the people with these roles, in the order we came to know them."""
        return [self.members[person].slack for person in sorted(self.case.holding(*roles))]

    def names_with(self, *roles: Role) -> list[Mrkdwn]:
        """The names of the people with these roles, in the order we came to know them."""
        return [self.names[person] for person in sorted(self.case.holding(*roles))]

    def reopen_state(self, step: str) -> str:
        """After the facilitator went back to a step or behind: "open", or "put_back" until it opens; else empty."""
        state = self.case.state_of(step)
        if self.case.over or not (state.reopened_at or state.is_put_back):
            return ""
        return "put_back" if state.is_put_back else "open"

    def closing_moment(self, speaker: Speaker, step: Step) -> str | None:
        """Until when people can write in this step, as a page says it; None once it is closed."""
        closes_at = self.case.state_of(step.key).closes_at
        return self.moment_on_page(speaker, closes_at) if closes_at else None

    def moment_in_message(self, speaker: Speaker, at: datetime | None) -> Mrkdwn:
        """A moment as a message says it: to each reader in their own time, where their clocks differ."""
        return moment_for_readers(speaker, at, self.circle.timezone, self.zones) if at else Mrkdwn()

    def moment_on_page(self, speaker: Speaker, at: datetime | None) -> Mrkdwn:
        """A moment as a form, a page or Home says it: with its zone, where the clocks of its people differ."""
        if at is None or self.zones <= {self.circle.timezone}:
            return speaker.moment(at, self.circle.timezone) if at else Mrkdwn()
        return moment_on_page(speaker, at, self.circle.timezone, self.zones)

    @property
    def zones(self) -> set[str]:
        """The time zones of its people."""
        return {self.members[person].timezone for person in self.case.people}

    def channel_name(self) -> str:
        """The name of its channel: theme and day, which the circle knows, and never that of another case, ever."""
        others = cases.begun_with_theme(self.session, self.row)
        taken = {plain_channel_name(*self._named_after(circle, row)) for row, circle in others}
        return channel_name(*self._named_after(self.circle, self.row), taken, self.row.series or self.row.id)

    def _named_after(self, circle: Circle, row: CaseRow) -> tuple[Language, str, date]:
        theme, language = self.services.library.themes.get(row.theme), self.services.speaker_for(circle).language
        begun = (row.started_at or row.asked_at).astimezone(ZoneInfo(circle.timezone))
        return language, theme.in_(language) if theme else "", begun.date()


def channel_key(row: CaseRow) -> str:
    """Our key for the place a case lives in; the cases of a series share one."""
    return f"case:{row.series or row.id}:channel"


# ------------------------------------------------------------------------------------------------ loading


def load_case(services: Services, session: Session, case_id: str, *, to_read: bool = False) -> CaseContext:
    """The case with this id, locked unless it is only read. Refuses an id that no case has."""
    found = cases.find_case(session, case_id, to_read=to_read)
    if found is None:
        raise Refusal("common.gone")
    row, circle = found
    return CaseContext(services, session, row, circle, read_case(session, row))


def load_for_participant(
    services: Services, session: Session, case_id: str, user: str, *, to_read: bool = False
) -> tuple[CaseContext, Member]:
    """The case and one of its people. Refuses everybody who has no role in it."""
    member = known_member(session, user)
    context = load_case(services, session, case_id, to_read=to_read)
    if member.id not in context.case.people:
        raise Refusal("case.refused_not_in_case")
    return context, member


def load_for_member_in_channel(
    services: Services, session: Session, case_id: str, user: str, *, to_read: bool = False
) -> tuple[CaseContext, Member]:
    """Like `load_for_participant`, but the member must still be in the circle's and the case's channel.

    Somebody can have a role and be gone, if Slack did not say that they left. Raises `NotKnownYet` for a member who is
    not in the case's channel as far as we know: Slack may not have said that they came either, so they are looked up.
    """
    context = load_case(services, session, case_id, to_read=to_read)
    found = cases.find_member_of_case(session, user, context.circle.channel_id, channel_key(context.row))
    member = require_known(user, found.Member if found else None)
    if found is None or member.id not in context.case.people:
        raise Refusal("case.refused_not_in_case")
    if context.circle.channel.left_at is None:
        require_member_of(context.circle, member, is_here=found.in_circle)
    if found.channel and not found.in_channel:
        raise NotKnownYet(user, found.channel, "case.refused_not_here")
    context.acting = member if found.has_home else None
    return context, member


def read_case(session: Session, row: CaseRow) -> Case:
    """The case as a value; ids of people are our own."""
    people, roles = cases.participations(session, row.id), defaultdict[Role, set[int]](set)
    for each in people:
        roles[Role(each.role)].add(each.member_id)
    return Case(
        protocol=parse_protocol(row.protocol),
        state=CaseState(row.state),
        roles={role: frozenset(members) for role, members in roles.items()},
        steps=tuple(StepState.from_json(kept) for kept in row.steps),
        contributions=tuple(_contribution(each) for each in cases.contributions_without_words(session, row.id)),
        opens_at=row.opens_at,
        pace=Pace(row.pace),
        arrived=tuple(dict.fromkeys(each.member_id for each in people)),
        lies_still_until=row.lies_still_until,
        is_group_there=row.is_group_there,
    )


@lru_cache(maxsize=32)
def parse_protocol(body: str) -> Protocol:
    """The protocol that a case keeps. Cases that began alike share one: it is long, and every request asks for it."""
    return Protocol.model_validate(json.loads(body))


def _contribution(row: Row[*tuple[Any, ...]]) -> Contribution:
    is_pass = row.kind == "pass" and row.member_id is not None
    id = Passed(row.member_id, row.step, row.about).id if is_pass else row.id
    revealed = row.state == "revealed"
    return Contribution(id, row.step, row.member_id, row.kind, row.about, revealed, row.written_at, row.rating)


# ------------------------------------------------------------------------------------------------ words


@dataclass(frozen=True)
class SealedContribution:
    """What a new contribution says, sealed (a rating says nothing), and the place in the form it came through."""

    words: bytes | None
    form: str | None = None
    slot: str | None = None


def seal_contribution(services: Services, id: str, text: str) -> bytes:
    """The words of a contribution, ready for their column."""
    return services.seal(text, f"{places.CONTRIBUTION}:{id}")


def read_contribution(context: CaseContext, contribution: Contribution) -> str:
    """What a contribution says, opened; empty once it is wiped."""
    row = context.session.get(ContributionRow, contribution.id)
    return context.services.open_text(row.words, f"{places.CONTRIBUTION}:{row.id}") if row else ""


def read_contribution_for(context: CaseContext, contribution: Contribution, speaker: Speaker) -> Said:
    """What a contribution says, as people read it: a text, or a set under the labels of its step."""
    text, step = read_contribution(context, contribution), context.case.step(contribution.step)
    return labelled(speaker, step.fields, read_field_answers(text)) if has_fields(step, contribution.kind) else text
