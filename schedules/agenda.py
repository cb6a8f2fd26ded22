"""What is coming: for whoever moves time by hand."""

from datetime import datetime

from bot.core.services import Services
from db.queries import agenda


class Agenda:
    """Looks ahead, and changes nothing."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def next_moment(self) -> datetime | None:
        """The earliest moment at which something happens by itself, which may be over; None if nothing ever will."""
        with self._services.database.reading() as session:
            return agenda.next_moment(session)

    def next_deadline(self) -> datetime | None:
        """The same, of what people see coming: a weekly question, a case that begins, a step that ends."""
        with self._services.database.reading() as session:
            return agenda.next_deadline(session)
