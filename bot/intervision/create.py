"""A case that somebody brings, put in its tables, and what its owner wrote in the intake: sealed, read, taken apart."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.services import Services
from bot.crypto import places
from bot.intervision.context import CaseContext, SealedContribution, seal_contribution
from bot.intervision.rules.case import CaseState, new_case
from bot.library.enums import Role
from bot.library.protocol import Protocol
from db.models import CaseRow, Circle, Member, Participation


@dataclass(frozen=True)
class CaseIntake:
    """What the owner wrote in the intake. `fields` is what the method asks besides, by key, without what is empty."""

    title: str
    question: str
    story: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewCase:
    """What came through a form, with its id. `series` is the id of the first case of the series it joins."""

    form: str
    protocol: Protocol
    theme: str
    intake: CaseIntake
    series: str | None = None


def refuse_guest(member: Member) -> None:
    """Refuses a guest of the workspace: a case asks for people who stay."""
    if member.is_guest:
        raise Refusal("case.no_guests")


def create_case(
    services: Services, session: Session, circle: Circle, member: Member, what: NewCase, now: datetime
) -> CaseContext:
    """A new case of this member: one that invites, or one that waits for its turn in a series."""
    id, protocol = secrets.token_hex(8), what.protocol
    case = new_case(protocol, member.id, CaseState.WAITING if what.series else CaseState.INVITING)
    row = CaseRow(
        id=id,
        circle_id=circle.id,
        owner_id=member.id,
        form_token=what.form,
        protocol_key=protocol.key,
        protocol=protocol.model_dump_json(),
        theme=what.theme,
        series=what.series or (id if protocol.series else None),
        state=case.state.value,
        steps=case.steps_as_json(),
        words=seal_intake(services, id, what.intake),
        asked_at=now,
    )
    session.add(row)
    session.flush()
    session.add(Participation(case_id=id, member_id=member.id, role=Role.OWNER.value, number=1))
    session.flush()
    return CaseContext(services, session, row, circle, case)


def seal_intake(services: Services, case_id: str, intake: CaseIntake) -> bytes:
    """The intake, ready for its column."""
    return services.seal(json.dumps(vars(intake), ensure_ascii=False), places.place(places.INTAKE, case_id))


def take_contributions_out_of_intake(context: CaseContext) -> tuple[dict[str, SealedContribution], dict[str, str]]:
    """The story and what is withheld, by the id of the contribution to be; and the step that each waits for.

    What is withheld leaves the intake: from now on its owner can take it back where it appears.
    """
    intake = read_intake(context)
    texts, beforehand, left = {context.story_id: intake.story}, {}, dict(intake.fields)
    for asked in context.case.protocol.fields:
        if asked.withheld_until and asked.key in left:
            id = context.field_id(asked.key)
            texts[id], beforehand[id] = left.pop(asked.key), asked.withheld_until
    context.row.words = seal_intake(context.services, context.row.id, replace(intake, fields=left))
    sealed = {id: seal_contribution(context.services, id, text) for id, text in texts.items()}
    return {id: SealedContribution(words) for id, words in sealed.items()}, beforehand


def read_intake(context: CaseContext) -> CaseIntake:
    """The intake, opened; empty once its words are wiped."""
    row = context.row
    if row.words is None:
        return CaseIntake("", "", "")
    return CaseIntake(**json.loads(context.services.open_text(row.words, places.place(places.INTAKE, row.id))))
