"""What is coming, for whoever moves time by hand. Nothing is changed here."""

from datetime import datetime

from bot.core.services import Services
from db.queries import agenda


def next_moment(services: Services) -> datetime | None:
    """The earliest moment at which something happens by itself, which may be past; None if nothing ever will."""
    with services.database.reading() as session:
        return agenda.next_moment(session)


def next_deadline(services: Services) -> datetime | None:
    """The earliest moment that people expect: a weekly question, the begin of a case, the end of a step."""
    with services.database.reading() as session:
        return agenda.next_deadline(session)
