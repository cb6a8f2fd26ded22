"""What somebody typed in a channel, as people read it there: with the names of those it mentions."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.people.names import names_of
from bot.words import Speaker
from bot.words.escaping import unescape
from bot.words.typed import as_read, people_in
from db.models import Member, Workspace


@dataclass(frozen=True)
class TypedWords:
    """Reads texts for one person, in one transaction; each name is looked up once."""

    services: Services
    session: Session
    speaker: Speaker
    _names: dict[str, str] = field(default_factory=dict, repr=False)

    def as_read(self, text: str) -> str:
        """The text with names, and with marked links (see `bot.words.typed`)."""
        if "<" not in text:
            return text
        self._look_up(people_in(text) - self._names.keys())
        return as_read(text, self._names, self.speaker.plain("common.somebody"))

    def _look_up(self, users: set[str]) -> None:
        if not users:
            return
        members = list(self.session.scalars(select(Member).where(Member.slack.in_(users))))
        shown = names_of(self.services, (one for one in members if one.name))
        self._names.update(dict.fromkeys(users, ""))
        self._names.update({one.slack: unescape(shown[one.id]) for one in members if one.name})
        ours = self.session.scalar(select(Workspace.bot_user))
        if ours in users:
            self._names[ours] = self.speaker.plain("common.bot_name")
