"""The tools of every service."""

from dataclasses import dataclass

from bot.core.calendar import Calendar, closed_days
from bot.crypto.vault import Vault
from bot.library.reading import Library
from bot.outbox.queue import Outbox
from bot.words import Speaker, Speakers
from db.models import Circle, Member
from db.session import Database


@dataclass(frozen=True)
class Services:
    """What every service works with. `language` and `timezone` are for people and circles that chose none."""

    database: Database
    vault: Vault
    outbox: Outbox
    speakers: Speakers
    library: Library
    language: str
    timezone: str

    def speaker_for(self, circle: Circle | None, member: Member | None = None) -> Speaker:
        """The texts in the language of the member, if they chose one; else of the circle, else ours."""
        chosen = (member.language if member else None) or (circle.language if circle else None)
        return self.speakers[chosen or self.language]

    def calendar(self, circle: Circle) -> Calendar:
        """The working days and hours of this circle, in its zone and without its closed days."""
        return Calendar(circle.timezone, closed_days(circle.rhythm))

    def seal(self, text: str, place: str) -> bytes:
        """Seal the words of a person for the column at `place` (see `bot.crypto.places`)."""
        return self.vault.seal(text, place=place)

    def open_text(self, sealed: bytes | None, place: str) -> str:
        """Open the words of a person, for somebody who may read them; empty if they were wiped."""
        return self.vault.open(sealed, place=place).reveal() if sealed else ""


class Service:
    """Does what members ask and what is due: each of its public methods is one transaction."""

    def __init__(self, services: Services) -> None:
        self._services = services
