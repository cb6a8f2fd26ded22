"""A case that somebody brought, put in its tables: the words sealed, its owner in it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import repository as mapping
from bot.intervision.context import CaseContext, CaseIntake, seal_intake
from bot.intervision.rules.case import CaseState, new_case
from bot.library.enums import Role
from bot.library.protocol import Protocol
from db.models import CaseRow, Circle, Member, Participation


@dataclass(frozen=True)
class NewCase:
    """What came through a form, with its id. `series` is the id of the first case of the series it joins."""

    form: str
    protocol: Protocol
    theme: str
    intake: CaseIntake
    series: str | None = None


def create_case(
    session: Session, services: Services, circle: Circle, member: Member, what: NewCase, now: datetime
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
        steps=mapping.steps_as_json(case),
        words=seal_intake(services, id, what.intake),
        asked_at=now,
    )
    session.add(row)
    session.flush()
    session.add(Participation(case_id=id, member_id=member.id, role=Role.OWNER.value, number=1))
    session.flush()
    return CaseContext(row, circle, case, session)
