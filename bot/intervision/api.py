"""What other wings may ask of cases: its services and queries. They import nothing else."""

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision.context import load_for_participant
from db.models import Circle, Member


def load_ended_case(services: Services, session: Session, case_id: str, user: str) -> tuple[Circle, Member]:
    """The circle of a case that began and is over, and this person, who was in it to the end. Refuses all others."""
    context, member = load_for_participant(services, session, case_id, user, to_read=True)
    if not context.case.over or context.row.started_at is None:
        raise Refusal("ending.not_over")
    return context.circle, member
