"""What every use case works with."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.core.calendar import Calendar, closed_days
from bot.crypto.vault import Vault
from bot.library.reading import Library
from bot.outbox.queue import Outbox
from bot.words import Speaker, Speakers
from db.models import Circle, Member
from db.session import Database


@dataclass(frozen=True)
class Services:
    """The tools on the desk of a use case; `language` and `timezone` stand where nobody has chosen yet."""

    database: Database
    vault: Vault
    outbox: Outbox
    speakers: Speakers
    library: Library
    language: str
    timezone: str

    def speaker_for(self, circle: Circle | None, member: Member | None = None) -> Speaker:
        """Speaks the person's own language if they chose one, else the circle's, else ours."""
        chosen = (member.language if member else None) or (circle.language if circle else None)
        return self.speakers[chosen or self.language]

    def calendar(self, circle: Circle) -> Calendar:
        """Working days and times on the wall of this circle; on its own closed days people do not work either."""
        return Calendar(circle.timezone, closed_days(circle.rhythm))

    def seal(self, text: str, place: str) -> bytes:
        """Words of a person, ready for the column at `place`."""
        return self.vault.seal(text, place=place)

    def open_text(self, sealed: bytes | None, place: str) -> str:
        """Words of a person, for who may see them; empty if they are gone."""
        return self.vault.open(sealed, place=place).reveal() if sealed else ""


def whole(session: Session, row: type, key: object) -> object:
    """The row with this key, locked until the transaction ends."""
    return session.get_one(row, key, with_for_update=True)
