"""Who reads a Home, a page behind it or a private answer, and in which language."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circles_of
from bot.core.providers import MemberContext
from bot.core.services import Services
from db.models import Member


def load_reader(services: Services, session: Session, member: Member, now: datetime, place: str = "") -> MemberContext:
    """The member with their circles, spoken to as in the circle of the channel `place`, else as in their first one."""
    circles = circles_of(session, member)
    here = circle_at(session, place) if place else None
    speaker = services.speaker_for(here or next(iter(circles), None), member)
    return MemberContext(session, member, circles, speaker, now)
