"""What intervision tells the digest: the names of methods."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.core.text import Text
from bot.intervision.context import parse_protocol
from db.models import CaseRow


def method_name(services: Services, session: Session, circle_id: int, protocol_key: str) -> Text:
    """The name of a method that a case of this circle used; one that is in no file any more, as the case keeps it."""
    if protocol := services.library.protocols.get(protocol_key):
        return protocol.name
    kept = select(CaseRow.protocol).where(CaseRow.circle_id == circle_id, CaseRow.protocol_key == protocol_key)
    return parse_protocol(session.scalars(kept.order_by(CaseRow.asked_at.desc()).limit(1)).one()).name
